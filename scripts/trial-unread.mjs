// Trial of the gateway's memory: desks ask for many pages of long transcripts and read nothing. Linux only.
// Usage: npm run trial:unread -- [--desks 10] [--pages 240] [--seconds 20]
// Prints the resident memory of the gateway's process as the kernel counts it: before, at most, when the desks have gone, and a while after.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildAll } from './lib/build-steps.mjs';

const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '10' },
    pages: { type: 'string', default: '240' },
    seconds: { type: 'string', default: '20' },
    'no-build': { type: 'boolean', default: false },
  },
});
const DESKS = Number(values.desks);
const PAGES = Number(values.pages);
const SECONDS = Number(values.seconds);
/** As many as a page holds, each as long as WhatsApp allows. */
const MESSAGES = 100;
const LONG = 'x'.repeat(4000);

if (!values['no-build'] && !(await buildAll())) process.exit(1);
const support = (name) => import(`../gateway/dist/test/support/${name}.js`);
const [{ Desk }, { GatewayProcess }, { post, textChange, webhook }, { freePort }] = await Promise.all(
  ['desk', 'process', 'webhooks', 'stand-in'].map(support),
);
const folder = mkdtempSync(join(tmpdir(), 'trial-unread-'));
const gateway = new GatewayProcess(await freePort(), {
  DATA_DIR: folder,
  WHATSAPP_API_URL: 'http://127.0.0.1:9/v23.0',
});
try {
  await gateway.start();
  const desks = [];
  for (let n = 0; n < DESKS; n++) desks.push(await deskWithTranscript(n));
  const before = memory();
  for (const { desk, interaction } of desks) {
    desk.pause();
    const query = { name: 'transcript', args: { interaction, before: null, limit: MESSAGES } };
    for (let i = 0; i < PAGES; i++) desk.sendRaw({ type: 'query', id: `q${i}`, query });
  }
  let most = before;
  for (let second = 0; second < SECONDS; second++) {
    await wait(1000);
    most = Math.max(most, memory());
  }
  for (const { desk } of desks) desk.close();
  await wait(1000);
  const gone = memory();
  await wait(SECONDS * 1000);
  console.log(`${DESKS} desks, ${PAGES} pages each, of ${MESSAGES} messages of ${LONG.length} characters`);
  console.log(
    `MB: ${before} before, ${most} at most, ${gone} when they have gone, ${memory()} a while after`,
  );
} finally {
  await gateway.stop('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** An agent with a conversation of long messages. */
async function deskWithTranscript(n) {
  const desk = await Desk.open(gateway.url, { agent: `agent-${n}` });
  await desk.ready();
  const contact = { phone: `3460000${1000 + n}` };
  await post(gateway.url, webhook(textChange(contact, LONG)));
  const { id } = await desk.accept();
  await desk.does('set-agent-status', { status: 'not-ready', reason: null });
  for (let i = 1; i < MESSAGES; i++) await post(gateway.url, webhook(textChange(contact, LONG)));
  return { desk, interaction: id };
}

/** In MB. */
function memory() {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1000);
}
