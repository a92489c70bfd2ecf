import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PreparedResponse } from 'whatsapp-workspace/model';
import { importLibrary, LibraryFileError } from '../src/library/import-library.js';
import { dropOldFiles } from '../src/media/retention.js';
import type { Scanner } from '../src/media/scanner.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { jpeg, pdf, png } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { ACCESS_TOKEN, SECRET, startGateway, VERIFY_TOKEN } from './support/gateway.js';
import { openLibrary } from './support/library.js';
import { silentLog } from './support/log.js';
import { APP_SECRET, CHANNEL } from './support/webhooks.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const DAY = 24 * 60 * 60_000;
const database = await useDatabase();
const mediaDir = temporaryFolder();
const gateway = await startGateway({ databaseUrl: database.url, mediaDir });
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());

let ahead = 0;
const { folder, file, options, imports, close } = await openLibrary(database.url, mediaDir, {
  now: () => Date.now() + ahead,
});
const { ledger, disk } = options;
atEnd(close);
await mkdir(join(folder, 'files'));
await writeFile(join(folder, 'files', 'prices.pdf'), pdf(5000));
await writeFile(join(folder, 'files', 'copy.pdf'), pdf(5000));
await writeFile(join(folder, 'photo.png'), png(4, 4));

/** Everything that is wrong with a library, as the operator reads it. */
async function problems(library: unknown, scanner?: Scanner): Promise<readonly string[]> {
  try {
    await imports(library, scanner);
  } catch (error) {
    assert.ok(error instanceof LibraryFileError, String(error));
    return error.problems;
  }
  return [];
}

const one = (more: object) => ({ responses: [{ category: 'A', name: 'N', body: 'Text', ...more }] });

async function library(): Promise<readonly PreparedResponse[]> {
  const args = { text: '', match: 'all', category: null, language: null, after: null, limit: 200 } as const;
  const answer = await desk.query({ name: 'responses', args });
  assert.ok(answer.ok);
  return answer.result.items;
}

const kept = async () =>
  (await readdir(mediaDir, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name)).length;
const withFile = (fileName: string, as = 'document') => ({ attachments: [{ file: fileName, as }] });

test('the same ids stay the same responses, and what is not in the file any more is removed', async () => {
  const first = { category: 'A/B', name: 'First', language: 'en', body: 'One' };
  const second = { id: 'two', category: 'A', name: 'Second', body: 'Two' };
  assert.deepEqual(await imports({ responses: [first, second] }), {
    responses: 2,
    categories: 2,
    files: 0,
    added: 2,
    changed: 0,
    removed: 0,
  });
  const [before] = await library();
  const report = await imports({
    categories: [{ path: 'Empty' }],
    responses: [
      { ...first, body: 'Other' },
      { name: 'Third', category: 'C', body: 'Three' },
    ],
  });
  assert.deepEqual([report.added, report.changed, report.removed, report.categories], [1, 1, 1, 4]);
  const [after, third, ...rest] = await library();
  assert.deepEqual([after, third?.name, rest], [{ ...before, body: 'Other' }, 'Third', []]);
  const versions = await database.query<{ version: number }>('select version from response order by sort');
  assert.deepEqual(
    versions.map(({ version }) => version),
    [2, 1],
  );
  const again = await imports({
    responses: [
      { ...first, body: 'Other' },
      { name: 'Third', category: 'C', body: 'Three' },
    ],
  });
  assert.deepEqual([again.added, again.changed, again.removed], [0, 0, 0]);
  assert.equal((await imports({ responses: [] })).removed, 2);
  assert.deepEqual(await library(), []);
});

test('a file with a fault changes nothing, and every fault is told with its place', async () => {
  await imports(one({ ...withFile('files/prices.pdf') }));
  const [before, files] = [await library(), await kept()];
  const told = await problems({
    responses: [
      { category: 'A', name: '', body: 'x'.repeat(100_000), language: 'not a language', shortcut: '/a b' },
      { category: '/', name: 'a\0b', body: '', keywords: 'k', usage: ['x'], approved: 'yes' },
      {
        category: 'A/'.repeat(20) + 'A',
        name: 'N',
        body: 'half \ud800 a pair',
        validFrom: 'tomorrow',
        attachments: [{ file: 'photo.png', as: 'image' }, { file: 'missing.pdf' }],
      },
      {
        category: 'A',
        name: 'N',
        body: 'a\0b',
        validFrom: '2027-01-02T00:00Z',
        validTo: '2027-01-01T00:00Z',
      },
      null,
      'text',
      { name: 'N', body: 'No category', colour: 'red' },
    ],
    more: 1,
  });
  for (const [place, words] of [
    ['more', /is not a name/],
    ['responses[0].name', /text of 1 to 100/],
    ['responses[0].body', /of 100000 characters; allowed is text of at most 4096/],
    ['responses[0].language', /such as de-AT/],
    ['responses[0].shortcut', /without the slash/],
    ['responses[1].category', /with slashes between/],
    ['responses[1].name', /on one line/],
    ['responses[1].body', /only with attachments/],
    ['responses[1].keywords', /a list/],
    ['responses[1].usage[0]', /one of suggestion/],
    ['responses[1].approved', /true or false/],
    ['responses[2].category', /1 to 20 names/],
    ['responses[2].body', /without control characters/],
    ['responses[2].validFrom', /a date with a time/],
    ['responses[2].attachments[1].as', /one of image/],
    ['responses[2].attachments[1].file', /\("missing\.pdf"\) is no file that is there\.$/],
    ['responses[3].body', /without control characters/],
    ['responses[3].validTo', /what comes after responses\[3\]\.validFrom/],
    ['responses[4]', /an object/],
    ['responses[5]', /an object/],
    ['responses[6].category', /missing/],
    ['responses[6].colour', /is not a name/],
  ] as const)
    assert.ok(
      told.some((sentence) => sentence.startsWith(`${place} `) && words.test(sentence)),
      `${place}: ${told.join('\n')}`,
    );
  for (const sentence of told) assert.match(sentence, /^[^\n]{1,400}\.$/);
  assert.deepEqual([await library(), await kept()], [before, files]);
});

test('what is no library at all is refused in a sentence', async () => {
  const before = await library();
  for (const text of ['', '{', '[]', 'null', '"text"', '{}', '{"responses":{}}', '[['.repeat(50_000)])
    assert.equal((await problems(text)).length > 0, true, text.slice(0, 20));
  await writeFile(file, Buffer.from('7b22ff22', 'hex'));
  await assert.rejects(importLibrary(file, options), /The file is not UTF-8/);
  assert.deepEqual(await library(), before);
});

test('ids, and shortcuts in each language, are there once', async () => {
  const base = { category: 'A', body: 'Text' };
  const told = await problems({
    responses: [
      { ...base, id: 'x', name: 'One', shortcut: 'Café', language: 'es' },
      { ...base, id: 'x', name: 'Two', shortcut: 'cafe', language: 'ES' },
      { ...base, name: 'Three', shortcut: 'cafe' },
      { ...base, name: 'Three' },
    ],
  });
  assert.equal(told.length, 3);
  assert.match(told.join(), /responses\[1\] has the same id as responses\[0\]/);
  assert.match(told.join(), /responses\[3\] has the same id as responses\[2\]/);
  assert.match(told.join(), /responses\[1\] has the same shortcut as responses\[0\]/);
});

test('names that mean something to JavaScript or SQL are names', async () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    "'; drop table response; --",
    '<script>alert(1)</script>',
  ];
  await imports({
    responses: names.map((name) => ({
      id: name,
      category: `${name.replace('/', '')}/__proto__`,
      name,
      body: name,
    })),
  });
  const found = await library();
  assert.deepEqual(found.map(({ name }) => name).toSorted(), names.toSorted());
  assert.equal(
    (await problems('{"responses":[{"category":"A","name":"N","body":"T","__proto__":{"x":1}}]}')).length,
    1,
  );
});

test('files come with their responses, once for each content and name, and what is no file for WhatsApp is refused', async () => {
  await imports({ responses: [] });
  const before = await kept();
  const report = await imports({
    responses: [
      { category: 'A', name: '1', body: 'Text', attachments: [{ file: 'files/prices.pdf', as: 'document' }] },
      {
        category: 'A',
        name: '2',
        body: '',
        attachments: [
          { file: 'photo.png', as: 'image' },
          { file: 'files/copy.pdf', as: 'document', fileName: 'prices.pdf' },
        ],
      },
    ],
  });
  assert.equal(report.files, 2);
  assert.equal((await kept()) - before <= 2, true);
  const [first, second] = await library();
  assert.deepEqual(first?.attachments, [
    {
      media: second?.attachments[1]?.media,
      as: 'document',
      fileName: 'prices.pdf',
      mimeType: 'application/pdf',
      bytes: 5000,
    },
  ]);
  assert.deepEqual(
    second?.attachments.map(({ as, mimeType }) => [as, mimeType]),
    [
      ['image', 'image/png'],
      ['document', 'application/pdf'],
    ],
  );
  await writeFile(join(folder, 'page.pdf'), '<!doctype html><script>alert(1)</script>');
  await writeFile(join(folder, 'empty.pdf'), '');
  await writeFile(join(folder, 'huge.jpg'), jpeg(4, 4, 5 * 1024 * 1024 + 1));
  for (const [name, as, words] of [
    ['page.pdf', 'document', /is not taken: The content of the file is of no kind that is known/],
    ['empty.pdf', 'document', /is empty/],
    ['huge.jpg', 'image', /is not taken: The file has 5242881 bytes/],
    ['photo.png', 'video', /is not sent as video/],
    ['files', 'document', /is no file that is there/],
  ] as const) {
    const told = await problems(one(withFile(name, as)));
    assert.equal(told.length, 1, name);
    assert.match(told[0] ?? '', words);
  }
  const harm: Scanner = { scan: () => Promise.resolve('Eicar') };
  assert.match((await problems(one(withFile('photo.png', 'image')), harm)).join(), /has found Eicar in it/);
});

test('no file outside of the folder is read, by no way', async () => {
  const outside = temporaryFolder();
  await writeFile(join(outside, 'secret.pdf'), pdf(100));
  await symlink(join(outside, 'secret.pdf'), join(folder, 'link.pdf'));
  await symlink(outside, join(folder, 'way'));
  for (const name of [
    join(outside, 'secret.pdf'),
    `files/../../${outside.split('/').at(-1) ?? ''}/secret.pdf`,
    '../secret.pdf',
    '..\\secret.pdf',
    'link.pdf',
    'way/secret.pdf',
    '.',
    '/etc/passwd',
  ]) {
    const told = await problems(one(withFile(name)));
    assert.equal(told.length, 1, name);
    assert.match(told[0] ?? '', /out of the folder|outside of the folder|is no file/, name);
  }
});

test('a file of the library is kept for as long as it is there, and thrown away a week after', async () => {
  await imports(one(withFile('photo.png', 'image')));
  const photo = (await library()).at(0)?.attachments.at(0);
  const state = async () =>
    (
      await database.query<{ state: string }>('select state from media where id = $1', [
        photo?.media.id ?? '',
      ])
    )[0]?.state;
  ahead = 400 * DAY;
  await dropOldFiles({ ledger, disk, days: 1, log: silentLog });
  assert.equal(await state(), 'stored');
  await imports(one({}));
  ahead += 6 * DAY;
  await dropOldFiles({ ledger, disk, days: null, log: silentLog });
  assert.equal(await state(), 'stored');
  ahead += 2 * DAY;
  await dropOldFiles({ ledger, disk, days: null, log: silentLog });
  assert.equal(await state(), undefined);
  ahead = 0;
});

/** As an operator calls it. */
async function order(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    PATH: process.env['PATH'],
    WHATSAPP_PHONE_NUMBER_ID: CHANNEL,
    WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    JWT_SECRET: SECRET,
    DATABASE_URL: database.url,
    MEDIA_DIR: mediaDir,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr });
    });
  });
}

test('an operator imports while a gateway works, and reads what became of it', async () => {
  await imports({ responses: [] });
  await writeFile(file, JSON.stringify(one(withFile('files/prices.pdf'))));
  const done = await order('import-responses', file);
  assert.equal(done.code, 0, done.output);
  assert.match(
    done.output,
    /The library has 1 response in 1 category, with 1 file\. 1 of the responses are new/,
  );
  assert.equal((await library()).length, 1);
  await writeFile(file, JSON.stringify(one({ body: 'x'.repeat(5000), shortcut: 'a b' })));
  const refused = await order('import-responses', file);
  assert.equal(refused.code, 1);
  assert.match(
    refused.output,
    /nothing was imported:\n {2}- responses\[0\]\.body .*\n {2}- responses\[0\]\.shortcut /,
  );
  assert.equal((await library())[0]?.body, 'Text');
  const missing = await order('import-responses', join(folder, 'no-such.json'));
  assert.deepEqual([missing.code, /no such file/.test(missing.output)], [1, true]);
  assert.equal((await order('import-responses')).code, 1);
});
