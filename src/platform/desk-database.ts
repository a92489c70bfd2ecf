import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Draft, OutboxItem, Pendency } from '../model/index.js';
import { draftOfVersion1, outboxItemOfVersion1 } from './desk-database-version-1.js';

const VERSION = 2;

/** What is kept of one interaction. */
export interface OfInteraction {
  readonly interaction: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

export type StoredDraft = Draft & OfInteraction;

export interface StoredSeen extends OfInteraction {
  readonly pendency: Pendency;
}

export interface StoredFile extends OfInteraction {
  readonly id: string;
  readonly blob: Blob;
  readonly mimeType: string;
  readonly fileName: string | null;
}

export interface DeskSchema extends DBSchema {
  /** Keyed in the order of storing. */
  outbox: { key: number; value: OutboxItem; indexes: { clientId: string } };
  drafts: { key: string; value: StoredDraft; indexes: { at: number } };
  seen: { key: string; value: StoredSeen; indexes: { at: number } };
  // Made now, because each new version puts open older tabs out of work.
  /** Files that wait in a draft or in the outbox, by the id of their upload. */
  files: { key: string; value: StoredFile; indexes: { at: number } };
  /** The newest page of each transcript, for a reload without a link. */
  transcripts: {
    key: string;
    value: OfInteraction & { readonly page: unknown };
    indexes: { at: number };
  };
  /** Prepared responses, by id. */
  responses: { key: string; value: { readonly id: string; readonly at: number }; indexes: { at: number } };
  /** Single things by name: the desk as it last was, how old the responses are. */
  desk: { key: string; value: { readonly name: string; readonly at: number; readonly value: unknown } };
}

export type DeskDatabase = IDBPDatabase<DeskSchema>;

type VersionChange = IDBPTransaction<DeskSchema, StoreNames<DeskSchema>[], 'versionchange'>;

/** JSON keeps issuer and agent apart, whatever characters they are of. */
export function databaseName({ issuer, agent }: { readonly issuer: string; readonly agent: string }): string {
  return `whatsapp-workspace ${JSON.stringify([issuer, agent])}`;
}

export interface OpenOptions {
  /** A later version wants to change the database, and waits until this connection is closed. */
  readonly onOutdated: () => void;
  /** Whether opening fails where there is none, instead of making one. */
  readonly mustExist?: boolean;
}

/**
 * Waits as long as the browser does (for another tab that holds an old version open). Rejects when it refuses, and with a `VersionError` where a
 * later version of this code has been at work.
 */
export function openDeskDatabase(
  name: string,
  { onOutdated, mustExist = false }: OpenOptions,
): Promise<DeskDatabase> {
  return openDB<DeskSchema>(name, VERSION, {
    upgrade(db, from, _to, transaction) {
      // The opening tells of it; the page must not hear of it a second time, as unhandled.
      transaction.done.catch(ignore);
      if (mustExist && from === 0) {
        transaction.abort();
        return;
      }
      createStores(db, from);
      // What fails here fails the transaction, and with it the opening.
      if (from === 1) void convertVersion1(transaction).catch(() => transaction.abort());
    },
    blocking: onOutdated,
  });
}

function createStores(db: DeskDatabase, from: number): void {
  if (from < 1) {
    db.createObjectStore('outbox', { autoIncrement: true }).createIndex('clientId', 'clientId', {
      unique: true,
    });
    for (const store of ['drafts', 'seen'] as const) {
      db.createObjectStore(store, { keyPath: 'interaction' }).createIndex('at', 'at');
    }
  }
  if (from < 2) {
    db.createObjectStore('files', { keyPath: 'id' }).createIndex('at', 'at');
    db.createObjectStore('transcripts', { keyPath: 'interaction' }).createIndex('at', 'at');
    db.createObjectStore('responses', { keyPath: 'id' }).createIndex('at', 'at');
    db.createObjectStore('desk', { keyPath: 'name' });
  }
}

/** Messages keep their places. */
async function convertVersion1(transaction: VersionChange): Promise<void> {
  let message = await transaction.objectStore('outbox').openCursor();
  while (message) {
    await message.update(outboxItemOfVersion1(message.value));
    message = await message.continue();
  }
  let draft = await transaction.objectStore('drafts').openCursor();
  while (draft) {
    await draft.update(draftOfVersion1(draft.value));
    draft = await draft.continue();
  }
}

function ignore(): void {}
