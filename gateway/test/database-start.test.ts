import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { startGateway } from './support/gateway.js';
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
