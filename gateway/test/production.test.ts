import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../src/config.js';
import { createGateway } from '../src/gateway.js';
import { useDatabase } from './support/database.js';
import { testConfig } from './support/gateway.js';
import { recordingLog, silentLog } from './support/log.js';

const database = await useDatabase();
const config = testConfig({ databaseUrl: database.url });

async function work(demo: boolean): Promise<void> {
  const gateway = await createGateway({ ...config, demo }, { log: silentLog });
  await gateway.close();
}

test('a demo works on a database of demos, again and again', async () => {
  await work(true);
  await work(true);
});

test('a demo signs nobody in any more when another gateway begins to work on its database', async () => {
  const demo = await createGateway({ ...config, demo: true }, { log: silentLog });
  const token = async () => (await fetch(`${demo.url}/demo/token`)).status;
  assert.equal(await token(), 200);
  await work(false);
  assert.equal(await token(), 403);
  await demo.close();
});

test('where a gateway has worked that is no demo, a demo is refused and changes nothing', async () => {
  await work(false);
  await database.query('delete from schema_version where version > 1');
  const log = recordingLog();
  await assert.rejects(
    createGateway({ ...config, demo: true }, { log }),
    (error) => error instanceof ConfigError && /DEMO=1 .* is refused with a database/.test(error.message),
  );
  assert.deepEqual(log.lines, []);
  const versions = await database.query('select version from schema_version');
  assert.deepEqual(versions, [{ version: 1 }]);
});
