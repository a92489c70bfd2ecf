import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createGateway } from '../src/gateway.js';
import { isAlive } from '../src/store/processes.js';
import { atEnd } from './support/cleanup.js';
import { Desk } from './support/desk.js';
import { testConfig } from './support/gateway.js';
import { silentLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { until } from './support/until.js';
import { MARIA, post, textChange, webhook } from './support/webhooks.js';

const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
atEnd(() => rm(dataDir, { recursive: true, force: true }));
const config = { ...testConfig({ databaseUrl: '' }), databaseUrl: null, dataDir };
const deps = { log: silentLog, senderFor: () => new ScriptedSender() };

const serverPid = async () =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

test('with nothing but a folder the gateway has its own database; stopped, it leaves nothing running', async () => {
  const gateway = await createGateway(config, deps);
  assert.equal((await post(gateway.url, webhook(textChange(MARIA, 'Hello')))).status, 200);
  const pid = await serverPid();
  await gateway.close();
  await until('the database has stopped', () => !isAlive(pid));
});

test('a gateway whose port is taken says so and leaves nothing running', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await assert.rejects(createGateway({ ...config, port }, deps), /EADDRINUSE/);
  await assert.rejects(serverPid());
  other.close();
});

test('a database that is killed comes back: webhooks are refused meanwhile, none is lost, desks go on', async () => {
  const gateway = await createGateway(config, deps);
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  await desk.accept();
  process.kill(await serverPid(), 'SIGKILL');
  const answers: number[] = [];
  const body = webhook(textChange(MARIA, 'In the dark'));
  await until('the webhook is taken', async () => {
    const { status } = await post(gateway.url, body);
    answers.push(status);
    return status === 200;
  });
  assert.ok(
    answers.slice(0, -1).every((status) => status === 503),
    answers.join(),
  );
  await until('it is on the desk', () =>
    desk.events.some(
      (event) => event.type === 'message-received' && event.body.message.content.kind === 'text',
    ),
  );
  assert.equal(desk.closed, null);
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
  desk.close();
  await gateway.close();
});
