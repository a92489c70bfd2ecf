import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Gateway } from '../src/gateway.js';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { recordingLog } from './support/log.js';
import { until } from './support/until.js';
import { post, textChange, webhook } from './support/webhooks.js';

const database = await useDatabase();
const folder = await mkdtemp(join(tmpdir(), 'centre-'));
atEnd(() => rm(folder, { recursive: true }));
const centreFile = join(folder, 'centre.json');
const write = (file: unknown) =>
  writeFile(centreFile, typeof file === 'string' ? file : JSON.stringify(file));

const TEAM = { id: 'team', name: 'Team' };
const FILE = { notReadyReasons: ['Lunch'], workbins: [TEAM, { id: 'billing', name: 'Billing' }] };
await write(FILE);
const log = recordingLog();
const gateway = await startGateway({ databaseUrl: database.url, centreFile, deps: { log } });
atEnd(() => gateway.close());

const teamOf = (desk: Desk) =>
  [...desk.state.workbins.values()].filter(({ owner }) => owner === null).map(({ name }) => name);
const readiness = async ({ url }: Gateway) => (await fetch(`${url}/readyz`)).json() as Promise<object>;

/** Waits until a desk knows of a configuration that has this reason. */
const knows = (desk: Desk, reason: string) =>
  until(`the desk knows of ${reason}`, () => desk.state.policy.notReadyReasons.includes(reason));

test('a desk is told what the file says, and hears at once when it says something else', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  assert.deepEqual(desk.state.policy.notReadyReasons, ['Lunch']);
  assert.deepEqual(teamOf(desk), ['Team', 'Billing']);
  await write({
    policy: { agentCapacity: 1 },
    notReadyReasons: ['Break'],
    workbins: [{ id: 'complaints', name: 'Complaints' }, TEAM],
  });
  await gateway.reload();
  await knows(desk, 'Break');
  assert.equal(desk.state.policy.agentCapacity, 1);
  assert.deepEqual(teamOf(desk), ['Complaints', 'Team']);

  // What is decided from now on goes by it.
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600740001' }, 'One')));
  await desk.accept();
  await post(gateway.url, webhook(textChange({ phone: '34600740002' }, 'Two')));
  const again = await Desk.open(gateway.url, { agent: 'ben' });
  await again.ready();
  assert.equal((await again.offered()).contact.phone, '34600740002');
  await again.does('accept-interaction', { interaction: (await again.offered()).id });
  for (const one of [desk, again]) one.close();
});

test('a file with faults changes nothing, and the log says where they are', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'cleo' });
  const before = desk.state.policy;
  await write({ notReadyReasons: ['Nap'], policy: { agentCapacity: -1 } });
  await gateway.reload();
  const line = log.lines.findLast(({ level }) => level === 'error');
  assert.match(String(line?.fields?.['problems']), /^policy\.agentCapacity is -1; allowed is a whole number/);
  const later = await Desk.open(gateway.url, { agent: 'cleo' });
  assert.deepEqual(later.state.policy, before);
  assert.ok(!desk.events.some(({ type }) => type === 'centre-changed'));
  for (const one of [desk, later]) one.close();
});

test('what lies in a workbin that is taken out of the file stays there until it is opened', async () => {
  await write(FILE);
  await gateway.reload();
  const desk = await Desk.open(gateway.url, { agent: 'dora' });
  await desk.ready();
  await post(gateway.url, webhook(textChange({ phone: '34600740003' }, 'Park me')));
  const { id } = await desk.accept();
  await desk.does('move-to-workbin', { interaction: id, workbin: 'billing' });
  await write({ ...FILE, notReadyReasons: ['Closed'], workbins: [TEAM] });
  await gateway.reload();
  await knows(desk, 'Closed');
  assert.deepEqual(teamOf(desk), ['Team', 'Billing']);
  const second = await Desk.open(gateway.url, { agent: 'emil' });
  for (const one of [desk, second]) {
    const closed = [...one.state.workbins.values()].filter((workbin) => workbin.closed);
    assert.deepEqual(
      closed.map(({ id: workbin, count }) => [workbin, count]),
      [['billing', 1]],
    );
  }
  const page = await desk.query({ name: 'workbin', args: { workbin: 'billing', after: null, limit: 5 } });
  assert.deepEqual(page.ok && page.result.items.map((one) => one.id), [id]);
  await desk.does('open-interaction', { interaction: id });
  // It takes nothing more, and is gone when it is empty.
  const receipt = await desk.command('move-to-workbin', { interaction: id, workbin: 'billing' });
  assert.equal(!receipt.ok && receipt.error.kind, 'not-found');
  const later = await Desk.open(gateway.url, { agent: 'dora' });
  for (const one of [later, desk, second]) await until('it is gone', () => teamOf(one).join() === 'Team');
  for (const one of [desk, second, later]) one.close();
});

test('gateways that work by different files say so, and stop saying so when they agree', async () => {
  const other = await startGateway({ databaseUrl: database.url, deps: { log } });
  const says = /Another gateway works by another configuration/;
  await until('the log says so', () => log.lines.some(({ message }) => says.test(message)));
  await until('readiness says so', async () => 'centre' in (await readiness(gateway)));
  assert.match(await (await fetch(`${gateway.url}/metrics`)).text(), /^gateway_centre_disagreeing 1$/m);
  await other.close();
  await until('nobody disagrees', async () => !('centre' in (await readiness(gateway))));
});

test('a gateway does not start with a file that has faults, or is not there', async () => {
  await write('{');
  await assert.rejects(startGateway({ databaseUrl: database.url, centreFile }), /The file is not JSON/);
  const missing = join(folder, 'none.json');
  await assert.rejects(startGateway({ databaseUrl: database.url, centreFile: missing }), /ENOENT/);
});
