import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { OutboxItem } from '../../src/model/index.js';
import { DeskStorage, KEPT_FOR, databaseName } from '../../src/platform/storage.js';

const ANA = { issuer: 'https://desk.example', agent: 'ana' };
const BEN = { issuer: 'https://desk.example', agent: 'ben' };

const item = (clientId: string, overrides: Partial<OutboxItem> = {}): OutboxItem => ({
  clientId,
  interaction: 'interaction-1',
  contact: 'contact-1',
  content: { kind: 'text', text: `Text of ${clientId}` },
  createdAt: 1,
  state: 'queued',
  error: null,
  ...overrides,
});

async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not reject.');
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
    for (const id of ['z', 'a', 'm']) await storage.enqueue(item(id), 'keep');
    storage.close();
    const later = await open();
    expect((await later.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['z', 'a', 'm']);
    expect((await later.outbox())[0]).to.deep.equal(item('z'));
  });

  it('tells of a transaction that breaks by its promise alone', async () => {
    const storage = await open();
    await storage.enqueue(item('a'), 'keep');
    const unhandled: unknown[] = [];
    const hear = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      unhandled.push(event.reason);
    };
    const put: (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey> =
      // oxlint-disable-next-line typescript/unbound-method -- It is called on the store that it is called on.
      IDBObjectStore.prototype.put;
    window.addEventListener('unhandledrejection', hear);
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      this.transaction.abort();
      return request;
    };
    try {
      await rejection(storage.updateOutbox(item('a', { state: 'failed' })));
      // Whoever is told of unhandled rejections has been told when the next transaction is over.
      expect(await storage.outbox()).to.deep.equal([item('a')]);
    } finally {
      IDBObjectStore.prototype.put = put;
      window.removeEventListener('unhandledrejection', hear);
    }
    expect(unhandled).to.deep.equal([]);
  });

  it('changes a message in its place', async () => {
    const storage = await open();
    for (const id of ['z', 'a', 'm']) await storage.enqueue(item(id), 'keep');
    const failed = item('a', { state: 'failed', error: { kind: 'invalid', sentence: 'No.' } });
    await storage.updateOutbox(failed);
    expect(await storage.outbox()).to.deep.equal([item('z'), failed, item('m')]);
  });

  it('does not bring back a message that is gone', async () => {
    const storage = await open();
    await storage.enqueue(item('a'), 'keep');
    await storage.deleteFromOutbox('a');
    await storage.deleteFromOutbox('a');
    await storage.updateOutbox(item('a', { state: 'failed' }));
    expect(await storage.outbox()).to.deep.equal([]);
  });

  it('forgets the draft with the storing of its message, or keeps it', async () => {
    const storage = await open();
    await storage.saveDraft('interaction-1', 'Hello');
    await storage.enqueue(item('a'), 'keep');
    expect((await storage.drafts()).get('interaction-1')).to.equal('Hello');
    await storage.enqueue(item('b'), 'forget');
    expect(await storage.drafts()).to.deep.equal(new Map());
  });

  it('keeps the draft of a message that could not be stored', async () => {
    const storage = await open();
    await storage.enqueue(item('a'), 'keep');
    const { text } = item('a').content;
    await storage.saveDraft('interaction-1', text);
    const error = await rejection(storage.enqueue(item('a'), 'forget'));
    expect(error.name).to.equal('ConstraintError');
    expect((await storage.drafts()).get('interaction-1')).to.equal(text);
    expect(await storage.outbox()).to.have.length(1);
  });

  it('keeps drafts and what was seen, by interaction', async () => {
    const storage = await open();
    await storage.saveDraft('interaction-1', 'H');
    await storage.saveDraft('interaction-1', 'Hello');
    await storage.saveDraft('interaction-2', 'Gone');
    await storage.saveDraft('interaction-2', '');
    await storage.saveSeen('interaction-1', { since: 1, count: 2 });
    storage.close();
    const later = await open();
    expect(await later.drafts()).to.deep.equal(new Map([['interaction-1', 'Hello']]));
    expect(await later.seen()).to.deep.equal(new Map([['interaction-1', { since: 1, count: 2 }]]));
    await later.forget('interaction-1');
    expect(await later.drafts()).to.deep.equal(new Map());
    expect(await later.seen()).to.deep.equal(new Map());
  });

  it('is the same for two tabs, and another for another agent', async () => {
    const [one, two, other] = [await open(), await open(), await open(BEN)];
    await one.enqueue(item('a'), 'keep');
    await two.enqueue(item('b'), 'keep');
    expect(await one.outbox()).to.have.length(2);
    expect(await other.outbox()).to.deep.equal([]);
    expect(databaseName({ issuer: 'a"', agent: 'b' })).not.to.equal(
      databaseName({ issuer: 'a', agent: '"b' }),
    );
  });

  it('forgets what was not touched for a long time, and never a message', async () => {
    const storage = await open();
    await storage.enqueue(item('a', { createdAt: 1 }), 'keep');
    await storage.saveDraft('interaction-2', 'New');
    storage.close();
    const db = await openDB(databaseName(ANA));
    const at = Date.now() - KEPT_FOR - 1;
    await db.put('drafts', { interaction: 'interaction-1', text: 'Old', at });
    await db.put('seen', { interaction: 'interaction-1', pendency: { since: 1, count: 1 }, at });
    db.close();
    const later = await open();
    expect(await later.drafts()).to.deep.equal(new Map([['interaction-2', 'New']]));
    expect(await later.seen()).to.deep.equal(new Map());
    expect(await later.outbox()).to.have.length(1);
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

  it('rejects when the browser does not answer in time, and holds nothing that comes later', async () => {
    // A deletion that another tab holds up holds up all openings behind it.
    const holding = await openDB(databaseName(ANA), 1);
    const deleted = deleteDB(databaseName(ANA));
    const error = await rejection(DeskStorage.open(ANA, 20));
    expect(error.message).to.contain('in time');
    holding.close();
    await deleted;
    await deleteDB(databaseName(ANA));
  });

  it('rejects where a later version has been at work, and does not stand in its way', async () => {
    const storage = await open();
    const later = await openDB(databaseName(ANA), 99);
    await rejection(storage.outbox());
    later.close();
    expect((await rejection(DeskStorage.open(ANA))).name).to.equal('VersionError');
  });
});
