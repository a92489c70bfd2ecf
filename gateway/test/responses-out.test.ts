import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OutboundContent, PreparedResponse } from 'whatsapp-workspace/model';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { pdf } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway } from './support/gateway.js';
import { openLibrary } from './support/library.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const gateway = await startGateway({
  databaseUrl: database.url,
  apiUrl: `${standIn.url}/v23.0`,
  mediaDir,
  port,
});
atEnd(() => gateway.close());
const desk = await Desk.open(gateway.url, { agent: 'ana' });
atEnd(() => desk.close());
await desk.ready();
await standIn.writeAsContact({ contact: { name: 'Maria', phone: '34600111222' }, text: 'Prices?' }).taken;
const { id: interaction } = await desk.accept();

const library = await openLibrary(database.url, mediaDir);
atEnd(() => library.close());
const prices = pdf(300_000);
await writeFile(join(library.folder, 'prices.pdf'), prices);

/** The library is one response with a file. */
async function prepare(more: object = {}): Promise<void> {
  const attachments = [{ file: 'prices.pdf', as: 'document', fileName: 'Prices 2027.pdf' }];
  const one = {
    id: 'prices',
    category: 'Sales',
    name: 'Prices',
    body: 'Here you are:',
    attachments,
    ...more,
  };
  await library.imports({ responses: [one] });
}

async function find(): Promise<PreparedResponse> {
  const args = {
    text: 'prices',
    match: 'all',
    category: null,
    language: null,
    after: null,
    limit: 5,
  } as const;
  const answer = await desk.query({ name: 'responses', args });
  assert.ok(answer.ok);
  const [found] = answer.result.items;
  assert.ok(found, 'It is found.');
  return found;
}

/** As a desk sends what an agent has inserted. */
function contentsOf({ body, attachments }: PreparedResponse): readonly OutboundContent[] {
  return [
    { kind: 'text', text: body },
    ...attachments.map(({ media, as, fileName }) => ({
      kind: 'media' as const,
      as,
      upload: randomUUID(),
      media,
      fileName,
      caption: null,
    })),
  ];
}

test('a response that was found is sent: its text first, then its file, byte for byte', async () => {
  await prepare();
  const contents = contentsOf(await find());
  const [batch, ids] = [randomUUID(), contents.map(() => randomUUID())];
  for (const [index, content] of contents.entries())
    await desk.does(
      'send-message',
      { interaction, content, batch: { id: batch, index, of: contents.length } },
      ids[index],
    );
  const sent = () => standIn.messages().filter(({ author }) => author === 'business');
  await until('both are there', () => sent().length === 2);
  assert.deepEqual(
    sent().map(({ callbackData, type }) => [callbackData, type]),
    [
      [ids[0], 'text'],
      [ids[1], 'document'],
    ],
  );
  const [text, document] = sent();
  assert.deepEqual([text?.text, document?.file?.name], ['Here you are:', 'Prices 2027.pdf']);
  assert.ok(standIn.file(document?.file?.id ?? '')?.bytes.equals(prices));
});

test('the file of a response is to be had and sent for as long as agents may use the response, and by whom it was sent to after that', async () => {
  await prepare();
  const [, content] = contentsOf(await find());
  assert.ok(content?.kind === 'media' && content.media);
  const ben = await Desk.open(gateway.url, { agent: 'ben' });
  atEnd(() => ben.close());
  const id = content.media.id;
  const had = async (by: Desk) => {
    const known = by.frames.length;
    by.sendRaw({ type: 'query', id: randomUUID(), query: { name: 'media-source', args: { media: id } } });
    const frame = await until('an answer', () =>
      by.frames.slice(known).find(({ type }) => type === 'result'),
    );
    return frame.type === 'result' && frame.ok;
  };
  assert.deepEqual([await had(desk), await had(ben)], [true, true]);
  for (const over of [{ approved: false }, { validTo: '2020-01-01T00:00:00Z' }, { attachments: [] }]) {
    await prepare(over);
    // Ana may read the message in which it was sent.
    assert.deepEqual([await had(desk), await had(ben)], [true, false], JSON.stringify(over));
  }
  await database.query('delete from message_media');
  const refused = await desk.command('send-message', { interaction, content });
  assert.ok(!refused.ok);
  assert.equal(refused.error.kind, 'not-found');
});
