import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import type { IDBPDatabase } from 'idb';
import { textDraft } from '../../src/model/index.js';
import type { OutboxItem } from '../../src/model/index.js';
import { databaseName } from '../../src/platform/desk-database.js';
import { DeskStorage } from '../../src/platform/storage.js';
import { anOutboxItem } from '../support/builders.js';
import { rejection } from '../support/rejection.js';

const ANA = { issuer: 'https://desk.example', agent: 'ana' };
const MASHA = 'interaction-1';

const item = (clientId: string): OutboxItem => anOutboxItem({ clientId });
const REFUSED = { at: 'failed', cause: 'refusal', kind: 'invalid', sentence: 'No.' } as const;
const refused = (one: OutboxItem): OutboxItem => ({ ...one, step: REFUSED });

/** Each transaction of Ana's database that is begun while `act` runs is handed to `begun`. Others are looked through meanwhile for copies to forget. */
async function onTransaction(
  begun: (transaction: IDBTransaction) => void,
  act: () => Promise<unknown>,
): Promise<void> {
  type Begin = (this: IDBDatabase, ...args: Parameters<IDBDatabase['transaction']>) => IDBTransaction;
  // oxlint-disable-next-line typescript/unbound-method -- It is called on the connection that it is called on.
  const begin: Begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = begin.apply(this, args);
    if (this.name === databaseName(ANA)) begun(transaction);
    return transaction;
  };
  try {
    await act();
  } finally {
    IDBDatabase.prototype.transaction = begin;
  }
}

/** Keeps a transaction at work until a later version wants the database. */
function lastUntilOutdated(transaction: IDBTransaction): void {
  let outdated = false;
  transaction.db.addEventListener('versionchange', () => (outdated = true));
  const goOn = (): void => {
    if (!outdated) transaction.objectStore('desk').get('nothing').onsuccess = goOn;
  };
  goOn();
}

/** What the browser does when it cleans up, or when its storage breaks: nothing more can be asked of the connection. */
async function end(storage: DeskStorage): Promise<void> {
  await onTransaction(
    ({ db }) => db.close(),
    () => storage.drafts(),
  );
}

describe('storage whose connection the browser ends', () => {
  const opened: DeskStorage[] = [];

  async function open(): Promise<DeskStorage> {
    const storage = await DeskStorage.open(ANA);
    opened.push(storage);
    return storage;
  }

  afterEach(async () => {
    for (const storage of opened.splice(0)) storage.close();
    await deleteDB(databaseName(ANA));
  });

  it('opens another one, and does there what is asked', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    await end(storage);
    await Promise.all([storage.enqueue([item('b')]), storage.saveDraft(MASHA, textDraft('Half'))]);
    expect((await storage.outbox()).map(({ clientId }) => clientId)).to.deep.equal(['a', 'b']);
    await end(storage);
    expect((await storage.drafts()).get(MASHA)?.text).to.equal('Half');
  });

  it('does again what the end has broken off', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    const put: (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey> =
      // oxlint-disable-next-line typescript/unbound-method -- It is called on the store that it is called on.
      IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      IDBObjectStore.prototype.put = put;
      const request = put.apply(this, args);
      this.transaction.abort();
      this.transaction.db.close();
      return request;
    };
    await storage.updateOutbox('a', refused);
    expect(await storage.outbox()).to.deep.equal([refused(item('a'))]);
  });

  it('takes no empty database for the one that it had', async () => {
    const storage = await open();
    await storage.enqueue([item('a')]);
    await end(storage);
    await deleteDB(databaseName(ANA));
    await rejection(storage.outbox());
    await rejection(storage.enqueue([item('b')]));
    expect(await (await open()).outbox()).to.deep.equal([]);
  });

  it('says when a later version has been at work meanwhile', async () => {
    const storage = await open();
    let outdated = 0;
    storage.outdated$.subscribe(() => outdated++);
    await end(storage);
    (await openDB(databaseName(ANA), 99)).close();
    expect((await rejection(storage.outbox())).name).to.equal('VersionError');
    expect(outdated).to.equal(1);
  });

  it('stays closed when it was closed', async () => {
    const storage = await open();
    storage.close();
    expect((await rejection(storage.outbox())).name).to.equal('InvalidStateError');
  });

  it('says that it is a later version’s when that takes it over while it is being opened', async () => {
    (await open()).close();
    let later: Promise<IDBPDatabase> | undefined;
    let error: Error | undefined;
    await onTransaction(
      (transaction) => {
        later = openDB(databaseName(ANA), 99);
        lastUntilOutdated(transaction);
      },
      async () => {
        error = await rejection(DeskStorage.open(ANA));
      },
    );
    (await later)?.close();
    expect(error).to.have.property('name', 'VersionError');
  });
});
