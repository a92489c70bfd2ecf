// Measures the gateway's memory while files pass through it: from a contact to the desk, and from the desk to the contact. Linux only.
// Usage: npm run bench:media -- [--megabytes 1,10,99] [--no-build]
// Prints the resident memory of the gateway's process as the kernel counts it, in MB of 1,000,000 bytes: before, and at most while each file passes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAll } from './lib/build-steps.mjs';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1,10,99' },
    'no-build': { type: 'boolean', default: false },
  },
});
const SIZES = values.megabytes.split(',').map(Number);
const MEGABYTE = 1_000_000;

if (!values['no-build'] && !(await buildAll())) process.exit(1);
const support = (name) => import(`../gateway/dist/test/support/${name}.js`);
const [{ Desk }, { GatewayProcess }, { freePort, startTestStandIn }, { until }, { tokenFor }] =
  await Promise.all(['desk', 'process', 'stand-in', 'until', 'gateway'].map(support));
const folder = mkdtempSync(join(tmpdir(), 'bench-media-'));
const port = await freePort();
const standIn = await startTestStandIn(port);
const gateway = new GatewayProcess(port, {
  DATA_DIR: folder,
  WHATSAPP_API_URL: `${standIn.url}/v23.0`,
});
try {
  await gateway.start();
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await standIn.writeAsContact({ contact: 'bruno', text: 'Hello' }).taken;
  const { id: interaction } = await desk.accept();
  console.log('size      before   fetched    served   brought   handed over');
  for (const size of SIZES) {
    const bytes = document(size * MEGABYTE);
    const before = memory();
    const { media, most: fetched } = await peak(() => comesIn(desk, bytes));
    const served = await peak(() => download(desk, media, bytes.length));
    const brought = await peak(() => bring(bytes));
    const handed = await peak(() => goesOut(desk, interaction, brought.media, bytes));
    const row = [before, fetched, served.most, brought.most, handed.most];
    console.log(`${`${size} MB`.padEnd(6)} ${row.map((one) => `${one} MB`.padStart(9)).join(' ')}`);
  }
  desk.close();
} finally {
  await gateway.stop('SIGTERM');
  await standIn.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Text that says it is a PDF: other bytes each time, or they would be there already. */
function document(length) {
  const bytes = Buffer.alloc(length, `% ${randomUUID()}\n`);
  bytes.write('%PDF-1.4\n');
  return bytes;
}

/** Does something, and watches the memory meanwhile. */
async function peak(action) {
  // The kernel begins to count anew.
  writeFileSync(`/proc/${gateway.pid}/clear_refs`, '5');
  const result = await action();
  return { ...result, most: memory('VmHWM') };
}

async function comesIn(desk, bytes) {
  const known = desk.events.length;
  const file = { type: 'document', mime: 'application/pdf', bytes, name: 'a.pdf' };
  await standIn.writeAsContact({ contact: 'bruno', file }).taken;
  const news = await until(
    'the file is here',
    () => desk.events.slice(known).find(({ type }) => type === 'message-changed'),
    60_000,
  );
  const { change } = news.body;
  if (change.status !== 'stored') throw new Error(`The file is ${change.status}: ${change.error?.detail}`);
  return { media: change.media.id };
}

async function download(desk, media, length) {
  const id = randomUUID();
  desk.sendRaw({ type: 'query', id, query: { name: 'media-source', args: { media } } });
  const { result } = await until('an address', () =>
    desk.frames.find((one) => one.type === 'result' && one.id === id),
  );
  const response = await fetch(gateway.url + result.path);
  let got = 0;
  for await (const chunk of response.body) got += chunk.length;
  if (got !== length) throw new Error(`${got} bytes of ${length} came.`);
  return {};
}

/** As one request: the worst that a desk may do. */
async function bring(bytes) {
  const id = randomUUID();
  const base64 = (text) => Buffer.from(text).toString('base64');
  const headers = { authorization: `Bearer ${await tokenFor('ana')}`, 'tus-resumable': '1.0.0' };
  await fetch(`${gateway.url}/v1/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `id ${base64(id)},filetype ${base64('application/pdf')}`,
    },
  });
  const response = await fetch(`${gateway.url}/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  });
  if (!response.ok) throw new Error(`An upload was answered by ${response.status}: ${await response.text()}`);
  return { media: response.headers.get('upload-media') };
}

async function goesOut(desk, interaction, media, bytes) {
  const id = randomUUID();
  const content = {
    kind: 'media',
    as: 'document',
    upload: id,
    media: { id: media },
    fileName: 'a.pdf',
    caption: null,
  };
  await desk.does('send-message', { interaction, content }, id);
  const sent = await until(
    'it has arrived',
    () => standIn.messages().find(({ callbackData }) => callbackData === id),
    60_000,
  );
  if (!standIn.file(sent.file.id)?.bytes.equals(bytes)) throw new Error('Other bytes have arrived.');
  return {};
}

/** In MB. @param {'VmRSS' | 'VmHWM'} what of the kernel's figures */
function memory(what = 'VmRSS') {
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8');
  const [, kilobytes] = new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(status) ?? [];
  return Math.round((Number(kilobytes) * 1024) / MEGABYTE);
}
