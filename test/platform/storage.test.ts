import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { COPY_KEPT_FOR, textDraft } from '../../src/model/index.js';
import type { Draft, OutboxItem } from '../../src/model/index.js';
import { databaseName } from '../../src/platform/desk-database.js';
import { DeskStorage } from '../../src/platform/storage.js';
import { anOutboxItem } from '../support/builders.js';
import { rejection } from '../support/rejection.js';
import { waitUntil } from '../support/wait-until.js';

const ANA = { issuer: 'https://desk.example', agent: 'ana' };
const BEN = { issuer: 'https://desk.example', agent: 'ben' };

const item = (clientId: string, overrides: Partial<OutboxItem> = {}): OutboxItem =>
  anOutboxItem({ clientId, body: { kind: 'text', text: `Text of ${clientId}` }, ...overrides });

const REFUSED = { at: 'failed', cause: 'refusal', kind: 'invalid', sentence: 'No.' } as const;
const refused = (one: OutboxItem): OutboxItem => ({ ...one, step: REFUSED });
const MASHA = 'interaction-1';

function hearUnhandledRejections(): { readonly heard: readonly unknown[]; readonly stop: () => void } {
  const heard: unknown[] = [];
  const hear = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    // Or the page takes it for an error of the tests.
    event.stopImmediatePropagation();
    heard.push(event.reason);
  };
  window.addEventListener('unhandledrejection', hear, { capture: true });
  return { heard, stop: () => window.removeEventListener('unhandledrejection', hear, { capture: true }) };
}

/** Breaks off the transaction of one call of `add`, counted from now. @returns Whether that has come. */
function breakAdd(which: number): () => boolean {
  const { prototype } = IDBObjectStore;
  const add = Reflect.get(prototype, 'add');
  let calls = 0;
  prototype.add = function (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['add']>) {
    const request = add.apply(this, args);
    if (++calls === which) this.transaction.abort();
    return request;
  };
  return () => calls >= which;
}

describe('the storage of a desk', () => {
  const opened: DeskStorage[] = [];

  async function open(identity = ANA): Promise<DeskStorage> {
    const storage = await DeskStorage.open(identity);
    opened.push(storage);
    return storage;
  }

  afterEach(async () => {
    for (const storage of opened.splice(0)) storage.close();
    await Promise.all([ANA, BEN].map((identity) => deleteDB(databaseName(identity))));
  });

  it('is empty at first', async () => {
    const storage = await open();
    expect(await storage.outbox()).to.deep.equal([]);
    expect(await storage.drafts()).to.deep.equal(new Map());
    expect(await storage.seen()).to.deep.equal(new Map());
  });

  it('keeps messages in the order of storing, whatever their ids, over a reload', async () => {
    const storage = await open();
    for (const id of ['z', 'a', 'm']) await storage.enqueue([item(id)]);
    storage.close();
    const later = await open();
    expect((await later.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['z', 'a', 'm']);
    expect((await later.outbox())[0]).to.deep.equal(item('z'));
  });

  describe('the copy of the desk', () => {
    const age = async (identity: typeof ANA, by: number): Promise<void> => {
      const db = await openDB(databaseName(identity));
      const copy = await db.get('desk', 'copy');
      await db.put('desk', { ...copy, at: copy.at - by });
      const page = await db.get('transcripts', MASHA);
      await db.put('transcripts', { ...page, at: page.at - by });
      db.close();
    };
    const pages = (...ids: readonly string[]): Map<string, unknown> => new Map(ids.map((id) => [id, { id }]));

    it('is there after a reload, with the pages that were added and not removed', async () => {
      const storage = await open();
      expect(await storage.copy()).to.equal(null);
      await storage.saveCopy({ at: 1 }, pages(MASHA, 'other', 'third'));
      await storage.saveCopy({ at: 2 }, new Map([['other', null]]));
      await storage.forget('third');
      storage.close();
      const copy = await (await open()).copy();
      expect(copy?.desk).to.deep.equal({ at: 2 });
      expect(copy?.pages).to.deep.equal(pages(MASHA));
    });

    it('is removed after a day, and what the agent has written is not', async () => {
      const storage = await open();
      await storage.saveCopy({}, pages(MASHA));
      await storage.saveDraft(MASHA, textDraft('Half'));
      storage.close();
      await age(ANA, COPY_KEPT_FOR - 60_000);
      const later = await open();
      expect((await later.copy())?.pages.size).to.equal(1);
      later.close();
      await age(ANA, 120_000);
      const last = await open();
      expect(await last.copy()).to.equal(null);
      await last.saveCopy({}, new Map());
      expect((await last.copy())?.pages.size).to.equal(0);
      expect((await last.drafts()).size).to.equal(1);
    });

    it('is removed when another agent signs in, and what the agent has written is not', async () => {
      const storage = await open();
      await storage.saveCopy({}, pages(MASHA));
      await storage.saveDraft(MASHA, textDraft('Half'));
      await open(BEN);
      await waitUntil(async () => (await storage.copy()) === null, 'is removed');
      expect((await storage.drafts()).size).to.equal(1);
    });

    it('is removed when it is not wanted', async () => {
      const storage = await open();
      await storage.saveCopy({}, pages(MASHA));
      await storage.remember('failures', () => ['one']);
      await storage.forgetCopy();
      expect(await storage.copy()).to.equal(null);
      expect((await storage.remembered('failures'))?.value).to.deep.equal(['one']);
    });
  });

  it('changes single things in one transaction, also those of two tabs', async () => {
    const [one, two] = [await open(), await open()];
    expect(await one.remembered('count')).to.equal(null);
    const add = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : 1);
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).remember('count', add)));
    expect((await two.remembered('count'))?.value).to.equal(20);
    await one.remember('count', () => null);
    expect(await two.remembered('count')).to.equal(null);
  });

  it('tells of a transaction that breaks by its promise alone', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    const rejections = hearUnhandledRejections();
    const update: (this: IDBCursor, value: unknown) => IDBRequest<IDBValidKey> =
      // oxlint-disable-next-line typescript/unbound-method -- It is called on the cursor that it is called on.
      IDBCursor.prototype.update;
    IDBCursor.prototype.update = function (value) {
      const request = update.call(this, value);
      request.transaction?.abort();
      return request;
    };
    try {
      await rejection(storage.updateOutbox('a', refused));
      // Whoever is told of unhandled rejections has been told when the next transaction is over.
      expect(await storage.outbox()).to.deep.equal([item('a')]);
    } finally {
      IDBCursor.prototype.update = update;
      rejections.stop();
    }
    expect(rejections.heard).to.deep.equal([]);
  });

  it('tells of an upgrade that breaks by the opening alone', async () => {
    const old = await openDB(databaseName(ANA), 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { autoIncrement: true });
        for (const name of ['drafts', 'seen']) db.createObjectStore(name, { keyPath: 'interaction' });
      },
    });
    await old.add('outbox', null);
    old.close();
    const rejections = hearUnhandledRejections();
    try {
      expect((await rejection(DeskStorage.open(ANA))).name).to.equal('AbortError');
      // Whoever is told of unhandled rejections has been told when the next database is open.
      (await openDB(databaseName(BEN), 1)).close();
    } finally {
      rejections.stop();
    }
    expect(rejections.heard).to.deep.equal([]);
  });

  it('changes a message in its place', async () => {
    const storage = await open();
    for (const id of ['z', 'a', 'm']) await storage.enqueue([item(id)]);
    await storage.updateOutbox('a', refused);
    expect(await storage.outbox()).to.deep.equal([item('z'), refused(item('a')), item('m')]);
  });

  it('does not bring back a message that is gone', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    await storage.updateOutbox('a', () => null);
    await storage.updateOutbox('a', () => null);
    await storage.updateOutbox('a', refused);
    expect(await storage.outbox()).to.deep.equal([]);
  });

  it('changes what is stored, and not what a tab believed', async () => {
    const [one, two] = [await open(), await open()];
    await one.enqueue([item('a')]);
    const seen: OutboxItem[] = [];
    const wait = two.updateOutbox('a', refused);
    await one.updateOutbox('a', (stored) => {
      seen.push(stored);
      return stored;
    });
    await wait;
    expect(seen).to.deep.equal([refused(item('a'))]);
  });

  it('forgets the draft with the storing of its message, and keeps one that says something else', async () => {
    const storage = await open();
    const isSent = ({ text }: Draft): boolean => 'Text of a'.startsWith(text);
    const sent = { interaction: MASHA, isSent };
    await storage.saveDraft(MASHA, textDraft('Something else'));
    await storage.enqueue([item('a')], { draft: sent });
    expect((await storage.drafts()).get(MASHA)?.text).to.equal('Something else');
    await storage.saveDraft(MASHA, textDraft('Text o'));
    await storage.enqueue([item('b')], { draft: sent });
    expect(await storage.drafts()).to.deep.equal(new Map());
  });

  it('keeps the draft of a message that could not be stored', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    const draft = textDraft('Text of a');
    await storage.saveDraft(MASHA, draft);
    const error = await rejection(
      storage.enqueue([item('b'), item('a')], { draft: { interaction: MASHA, isSent: () => true } }),
    );
    expect(error.name).to.equal('ConstraintError');
    expect((await storage.drafts()).get(MASHA)).to.deep.equal(draft);
    expect(await storage.outbox()).to.deep.equal([item('a')]);
  });

  for (const broken of [1, 2]) {
    it(`keeps the order of what is stored at the same moment when write ${broken} is broken off and tried again`, async () => {
      const storage = await open();
      const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add');
      const broke = breakAdd(broken);
      try {
        const writes = ['a', 'b', 'c'].map((id) => () => storage.enqueue([item(id)]));
        // As the workspace does, at once.
        await Promise.all(writes.map((write) => write().catch(write)));
      } finally {
        if (real) Object.defineProperty(IDBObjectStore.prototype, 'add', real);
      }
      expect(broke()).to.equal(true);
      expect((await storage.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['a', 'b', 'c']);
      // Nothing is taken for stored that was only once.
      await storage.updateOutbox('a', () => null);
      await storage.enqueue([item('a')]);
      expect((await storage.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['b', 'c', 'a']);
    });
  }

  it('does not store anew, with the next one, what was removed or changed while it was being stored', async () => {
    const storage = await open();
    await Promise.all([
      storage.enqueue([item('a')]),
      storage.enqueue([item('b')]),
      storage.updateOutbox('a', () => null),
      storage.updateOutbox('b', refused),
      storage.enqueue([item('c')]),
    ]);
    expect(await storage.outbox()).to.deep.equal([refused(item('b')), item('c')]);
  });

  it('puts a message that is sent anew behind all others, once', async () => {
    const storage = await open();
    await storage.enqueue([refused(item('a')), item('b')]);
    await storage.enqueue([item('c')], { message: 'a' });
    await storage.enqueue([item('d')], { message: 'a' });
    expect((await storage.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['b', 'c']);
  });

  it('stores a draft with the removal of the messages whose words it has, and answers what stood there', async () => {
    const storage = await open();
    await storage.enqueue([refused(item('a')), refused(item('b'))]);
    const draft = textDraft('Text of a');
    expect(await storage.saveDraft(MASHA, draft, ['a', 'gone'])).to.deep.equal({
      before: undefined,
      gone: ['gone'],
    });
    expect(await storage.outbox()).to.deep.equal([refused(item('b'))]);
    expect((await storage.drafts()).get(MASHA)).to.deep.equal(draft);
    expect(await storage.saveDraft(MASHA, null, ['b'])).to.deep.equal({ before: draft, gone: [] });
    expect(await storage.outbox()).to.deep.equal([]);
    expect(await storage.drafts()).to.deep.equal(new Map());
    expect(await storage.saveDraft(MASHA, draft)).to.deep.equal({ before: undefined, gone: [] });
  });

  it('neither sends anew nor takes back what was accepted, or is sent again, meanwhile', async () => {
    const storage = await open();
    const accepted = { at: 'accepted', cursor: { epoch: 'e1', seq: 7 } } as const;
    const items = [item('a', { step: accepted }), item('b', { step: { at: 'queued' } })];
    await storage.enqueue(items);
    for (const message of ['a', 'b']) await storage.enqueue([item('c')], { message });
    expect((await storage.saveDraft(MASHA, textDraft('Text'), ['a', 'b'])).gone).to.deep.equal(['a', 'b']);
    expect(await storage.outbox()).to.deep.equal(items);
  });

  it('keeps drafts and what was seen, by interaction', async () => {
    const storage = await open();
    await storage.saveDraft('interaction-1', textDraft('H'));
    await storage.saveDraft('interaction-1', textDraft('Hello'));
    await storage.saveDraft('interaction-2', textDraft('Gone'));
    await storage.saveDraft('interaction-2', null);
    await storage.saveSeen('interaction-1', { since: 1, count: 2 });
    // Of another tab, late.
    await storage.saveSeen('interaction-1', { since: 1, count: 1 });
    storage.close();
    const later = await open();
    expect(await later.drafts()).to.deep.equal(new Map([[MASHA, textDraft('Hello')]]));
    expect(await later.seen()).to.deep.equal(new Map([['interaction-1', { since: 1, count: 2 }]]));
    await later.forget('interaction-1');
    expect(await later.drafts()).to.deep.equal(new Map());
    expect(await later.seen()).to.deep.equal(new Map());
  });

  it('is the same for two tabs, and another for another agent', async () => {
    const [one, two, other] = [await open(), await open(), await open(BEN)];
    await one.enqueue([item('a')]);
    await two.enqueue([item('b')]);
    expect(await one.outbox()).to.have.length(2);
    expect(await other.outbox()).to.deep.equal([]);
    expect(databaseName({ issuer: 'a"', agent: 'b' })).not.to.equal(
      databaseName({ issuer: 'a', agent: '"b' }),
    );
  });

  it('rejects when the browser refuses', async () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    const refuse = (): never => {
      throw new DOMException('Not here.', 'SecurityError');
    };
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: { open: refuse } });
    const error = await rejection(DeskStorage.open(ANA));
    if (original) Object.defineProperty(globalThis, 'indexedDB', original);
    expect(error.name).to.equal('SecurityError');
  });

  it('opens when the browser answers at last', async () => {
    // A deletion that another tab holds up holds up all openings behind it.
    const holding = await openDB(databaseName(ANA), 1);
    const deleted = deleteDB(databaseName(ANA));
    const opening = DeskStorage.open(ANA);
    holding.close();
    await deleted;
    const storage = await opening;
    opened.push(storage);
    expect(await storage.outbox()).to.deep.equal([]);
  });

  it('closes for a later version when what was asked is done, and says so', async () => {
    const storage = await open();
    let asked: Promise<unknown> | undefined;
    storage.outdated$.subscribe(() => {
      asked = storage.saveDraft(MASHA, textDraft('Typed last'));
    });
    const later = await openDB(databaseName(ANA), 99);
    await asked;
    expect(await later.get('drafts', MASHA)).to.include({ text: 'Typed last' });
    await rejection(storage.outbox());
    later.close();
    expect((await rejection(DeskStorage.open(ANA))).name).to.equal('VersionError');
  });

  it('keeps the messages and drafts of version 1', async () => {
    const old = await openDB(databaseName(ANA), 1, {
      upgrade(db) {
        db.createObjectStore('outbox', { autoIncrement: true }).createIndex('clientId', 'clientId', {
          unique: true,
        });
        for (const name of ['drafts', 'seen'])
          db.createObjectStore(name, { keyPath: 'interaction' }).createIndex('at', 'at');
      },
    });
    const { createdAt } = anOutboxItem();
    const stored = { interaction: MASHA, contact: 'contact-1', createdAt };
    const content = (clientId: string): unknown => ({ kind: 'text', text: `Text of ${clientId}` });
    const unavailable = { kind: 'unavailable', sentence: 'Busy.' };
    const invalid = { kind: 'invalid', sentence: 'No.' };
    const fresh = { ...stored, error: null };
    await old.add('outbox', { ...fresh, clientId: 'z', content: content('z'), state: 'sending' });
    await old.add('outbox', {
      ...stored,
      clientId: 'a',
      content: content('a'),
      state: 'failed',
      error: invalid,
    });
    await old.add('outbox', {
      ...stored,
      clientId: 'm',
      content: content('m'),
      state: 'failed',
      error: unavailable,
    });
    await old.put('drafts', { interaction: MASHA, text: 'Half', at: Date.now() });
    await old.put('seen', { interaction: MASHA, pendency: { since: 1, count: 2 }, at: Date.now() });
    old.close();
    const storage = await open();
    const doubt = { at: 'failed', cause: 'doubt', kind: 'unavailable', sentence: 'Busy.' } as const;
    expect(await storage.outbox()).to.deep.equal([item('z'), refused(item('a')), item('m', { step: doubt })]);
    expect(await storage.drafts()).to.deep.equal(new Map([[MASHA, textDraft('Half')]]));
    expect(await storage.seen()).to.deep.equal(new Map([[MASHA, { since: 1, count: 2 }]]));
  });
});
