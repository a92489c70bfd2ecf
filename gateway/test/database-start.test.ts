import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
import { GatewayProcess } from './support/process.js';
import { freePort } from './support/stand-in.js';
import { until } from './support/until.js';
import { recordingLog } from './support/log.js';
import { ScriptedSender } from './support/sender.js';
import { StartingServer } from './support/starting-server.js';

const database = await useDatabase();

test('a database that still recovers when the gateway starts is waited for, and that is said once', async () => {
  const server = new StartingServer(database.url, 3);
  atEnd(() => server.close());
  const log = recordingLog();
  const deps = { log, senderFor: () => new ScriptedSender() };
  const gateway = await startGateway({ databaseUrl: await server.start(), deps });
  atEnd(() => gateway.close());
  assert.equal(server.refused, 3);
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
  assert.equal(log.lines.filter(({ message }) => /starts or recovers/.test(message)).length, 1);
});

test('a database that cannot be reached when the gateway starts is waited for, and that is said once', async () => {
  const port = await freePort();
  const server = new StartingServer(database.url, 0);
  atEnd(() => server.close());
  const log = recordingLog();
  const waiting = () =>
    log.lines.filter(({ message }) => /cannot be reached: it is waited for/.test(message));
  const deps = { log, senderFor: () => new ScriptedSender() };
  const starting = startGateway({ databaseUrl: server.urlAt(port), deps });
  await until('it waits', () => waiting().length === 1);
  await server.start(port);
  const gateway = await starting;
  atEnd(() => gateway.close());
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
  assert.ok(waiting().length < 6, 'Once for each thing that waits.');
});

test('a database that goes away wherever the start has come to is waited for', async () => {
  const server = new StartingServer(database.url, 0, 12);
  atEnd(() => server.close());
  const deps = { senderFor: () => new ScriptedSender() };
  const gateway = await startGateway({ databaseUrl: await server.start(), deps });
  atEnd(() => gateway.close());
  await until('all have been broken', () => server.broken === 12);
  await until('it is ready', async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
});

test('a database that is not there ends the start', async () => {
  await assert.rejects(
    startGateway({ databaseUrl: `${database.url}`.replace(/test_\w+/, 'nowhere') }),
    /nowhere/,
  );
});

test('a gateway that waits for its database stops at once when it is asked to', async () => {
  const server = new StartingServer(database.url, 0);
  const gateway = new GatewayProcess(await freePort(), { DATABASE_URL: server.urlAt(await freePort()) });
  const started = gateway.start();
  await until('it waits', () => /it is waited for/.test(gateway.output), 20_000);
  const begin = performance.now();
  assert.equal(await gateway.stop('SIGTERM'), 0);
  assert.ok(performance.now() - begin < 10_000);
  await started;
});
