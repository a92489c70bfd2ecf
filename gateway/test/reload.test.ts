import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { GatewayProcess } from './support/process.js';
import { freePort } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const folder = await mkdtemp(join(tmpdir(), 'centre-'));
const centreFile = join(folder, 'centre.json');
await writeFile(centreFile, '{}');
const gateway = new GatewayProcess(await freePort(), {
  DATABASE_URL: database.url,
  CENTRE_FILE: centreFile,
});
atEnd(() => rm(folder, { recursive: true }));
atEnd(() => gateway.kill());

test('SIGHUP reads the centre file again, and a faulty one leaves the gateway as it is', async () => {
  await gateway.start();
  await writeFile(centreFile, '{ "notReadyReasons": ["Lunch"] }');
  gateway.reload();
  await until('it is read', () => /The centre file was read again/.test(gateway.output));
  await writeFile(centreFile, '{ "rights": {} }');
  gateway.reload();
  await until('its faults are told', () => /rights is not built yet/.test(gateway.output));
  assert.equal((await fetch(`${gateway.url}/readyz`)).status, 200);
});
