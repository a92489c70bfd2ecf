import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockContacts, mergeContacts, saveAddresses, saveContacts } from '../src/store/contacts.js';
import { openDb } from '../src/store/db.js';
import { migrate } from '../src/store/migrate.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { until } from './support/until.js';

const database = await useDatabase();
const db = openDb(database.url, () => undefined);
atEnd(() => db.close());
await migrate(db);

const NUMBER = { kind: 'wa_id', value: '34600000001' } as const;
const USER_ID = { kind: 'bsuid', value: 'ES.1' } as const;
const OTHER = { kind: 'wa_id', value: '34600000002' } as const;

test('who waits for a contact that is joined with another meanwhile gets the one that stands for both', async () => {
  const contact = { name: null, username: null, phone: null, bsuid: null, knownAt: {}, createdAt: 0 };
  await db.tx(async (tx) => {
    await saveContacts(tx, [
      { ...contact, id: 'former' },
      { ...contact, id: 'root' },
    ]);
    await saveAddresses(tx, [
      { ...NUMBER, contact: 'former' },
      { ...USER_ID, contact: 'former' },
      { ...OTHER, contact: 'root' },
    ]);
  });
  let waiting: Promise<readonly string[]> | undefined;
  let tries = 0;
  await db.tx(async (tx) => {
    await lockContacts(tx, [USER_ID, OTHER]);
    // Whoever comes by the number meets no lock on that, and waits for the contact.
    waiting = db.tx(async (other) => {
      tries++;
      const { contacts, addresses } = await lockContacts(other, [NUMBER]);
      assert.deepEqual(
        addresses.map((address) => address.contact),
        contacts.map(({ id }) => id),
      );
      return contacts.map(({ id }) => id);
    });
    await until('it waits', async () => {
      const sql = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await database.query(sql)).length > 0;
    });
    await mergeContacts(tx, 'former', 'root');
  });
  assert.deepEqual(await waiting, ['root']);
  assert.equal(tries, 2);
});
