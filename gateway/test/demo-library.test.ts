import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templateFault, templateParameters, type PreparedResponse } from 'whatsapp-workspace/model';
import { importDemoLibrary } from '../src/library/demo-library.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
import { openLibrary } from './support/library.js';
import { recordingLog } from './support/log.js';
import { ACCOUNT, saveTemplates } from './support/templates.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const gateway = await startGateway({ databaseUrl: database.url, mediaDir, accounts: [ACCOUNT] });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
const library = await openLibrary(database.url, mediaDir);
atEnd(() => library.close());

async function load(file?: string) {
  const log = recordingLog();
  await importDemoLibrary({ ...library.options, log }, file);
  return log;
}

async function finds(text: string): Promise<readonly PreparedResponse[]> {
  const args = { text, match: 'all', category: null, language: null, after: null, limit: 200 } as const;
  const answer = await desk.query({ name: 'responses', args });
  assert.ok(answer.ok);
  return answer.result.items;
}

test('a library that cannot be read leaves a demo without one, and says so', async () => {
  await assert.rejects(library.imports('{'));
  const log = await load(library.file);
  assert.deepEqual([(await finds('')).length, log.lines.length > 0], [0, true]);
});

test('the demo has forty responses in three languages, with files, by the import that operators use', async () => {
  await load();
  const all = (await finds('')).filter(({ body }) => body !== '');
  assert.equal(all.length, 40);
  assert.deepEqual(new Set(all.map(({ language }) => language)), new Set(['ar', 'en', 'es']));
  assert.ok(all.filter(({ attachments }) => attachments.length > 0).length >= 8);
  assert.deepEqual(
    (await finds('/prices')).map(({ attachments }) => attachments[0]?.fileName),
    ['Price list 2027.pdf'],
  );
  assert.deepEqual(
    (await finds('الاسعار')).map(({ language }) => language),
    ['ar'],
  );
});

test('the demo has ten notifications, whose templates the stand-in has, and that say what belongs into every one of their parameters', async () => {
  await saveTemplates(library.options.ledger.db);
  const carrying = (await finds('')).filter(({ notification }) => notification);
  assert.equal(carrying.length, 10);
  for (const { name, notification } of carrying) {
    assert.ok(notification);
    const { template, fields, header } = notification;
    const keys = (all: readonly { readonly part: string; readonly key: string }[]) =>
      all.map(({ part, key }) => `${part} ${key}`);
    assert.deepEqual(keys(fields), keys(templateParameters(template)), name);
    assert.equal(templateFault({ ...template, status: 'approved' }, header), null, name);
  }
});

test('what was imported into a demo stays', async () => {
  await database.query(`delete from response where name <> 'Hello'`);
  await load();
  assert.equal((await finds('')).length, 1);
});
