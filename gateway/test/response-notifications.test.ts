import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PreparedResponse } from 'whatsapp-workspace/model';
import { LibraryFileError } from '../src/library/import-library.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { pdf } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
import { openLibrary } from './support/library.js';
import { ACCOUNT, saveTemplates } from './support/templates.js';
import { until } from './support/until.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const gateway = await startGateway({ databaseUrl: database.url, mediaDir, accounts: [ACCOUNT] });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
const library = await openLibrary(database.url, mediaDir);
atEnd(() => library.close());
await writeFile(join(library.folder, 'form.pdf'), pdf(2000));

const FORM = { name: 'return_form', language: 'en_US', header: { file: 'form.pdf', as: 'document' } };

async function prepare(notification: object, more: object = {}): Promise<void> {
  await library.imports({
    responses: [{ category: 'Returns', name: 'Form', body: '', ...more, notification }],
  });
}

async function find(): Promise<PreparedResponse | undefined> {
  const args = { text: '', match: 'all', category: null, language: null, after: null, limit: 5 } as const;
  const answer = await desk.query({ name: 'responses', args });
  assert.ok(answer.ok);
  return answer.result.items[0];
}

test('a response is found without its notification until its template is there, and then with all of it', async () => {
  await prepare({
    ...FORM,
    fields: [{ key: 2, label: 'order', default: 'HP-1' }, { key: 'gone' }, { key: 1 }],
  });
  assert.equal((await find())?.notification, undefined);
  await saveTemplates(library.options.ledger.db);
  const { notification, attachments } = (await find()) ?? {};
  assert.ok(notification);
  assert.equal(notification.template.name, 'return_form');
  const none = { part: 'body', type: 'text', currency: null } as const;
  assert.deepEqual(notification.fields, [
    { ...none, key: '1', label: null, initial: null },
    { ...none, key: '2', label: 'order', initial: 'HP-1' },
  ]);
  assert.ok(notification.header?.kind === 'media');
  assert.equal(notification.header.fileName, 'form.pdf');
  assert.deepEqual(attachments, []);
  const id = randomUUID();
  const { media } = notification.header;
  desk.sendRaw({ type: 'query', id, query: { name: 'media-source', args: { media: media.id } } });
  const answer = await until('its file may be had', () =>
    desk.frames.find((frame) => frame.type === 'result' && frame.id === id),
  );
  assert.ok(answer.type === 'result' && answer.ok);
});

test('a place stands above a notification as well', async () => {
  const header = { latitude: 46.5, longitude: 11.3, name: 'Workshop' };
  await prepare({ name: 'ready_to_fetch', language: 'en_US', header });
  assert.deepEqual((await find())?.notification?.header, { kind: 'location', ...header, address: null });
});

test('what is wrong with a notification is told, with its place, and changes nothing', async () => {
  await prepare(FORM);
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ language: 'en_US' }, /notification\.name is missing/],
    [{ ...FORM, buttons: [] }, /notification\.buttons is not a name/],
    [{ ...FORM, fields: [{ key: 1, type: 'money' }] }, /fields\[0\]\.type is "money"/],
    [{ ...FORM, fields: [{ key: 1, type: 'amount' }] }, /fields\[0\]\.currency is missing/],
    [{ ...FORM, fields: [{ key: 1, currency: 'USD' }] }, /allowed is a currency only with amounts/],
    [
      { ...FORM, fields: [{ key: 1 }, { part: 'body', key: '1' }] },
      /same parameter as responses\[0\]\.notification\.fields\[0\]/,
    ],
    [{ ...FORM, header: { file: 'form.pdf', as: 'voice' } }, /header\.as is "voice"/],
    [{ ...FORM, header: { file: '../form.pdf', as: 'document' } }, /lies outside of the folder/],
    [
      { ...FORM, header: { latitude: 91, longitude: 0 } },
      /latitude is 91; allowed is a number from -90 to 90/,
    ],
  ];
  for (const [notification, sentence] of wrong) {
    await assert.rejects(prepare(notification), (error) => {
      assert.ok(error instanceof LibraryFileError);
      return error.problems.length === 1 && sentence.test(error.problems[0] ?? '');
    });
  }
  assert.equal((await find())?.notification?.template.name, 'return_form');
});
