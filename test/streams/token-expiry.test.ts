import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { TOKEN_NOTICE } from '../../src/streams/connection/token-expiry.js';
import type { TokenExpiry } from '../../src/streams/index.js';
import { NOON } from '../support/builders.js';
import { World } from '../support/desk.js';

const HOUR = 3_600_000;

/** A desk whose contact centre tells when the token ends; what it told, with the time since noon. */
async function desk(expiresAt: number | null) {
  const world = new World();
  world.centre.tokenExpiresAt = expiresAt;
  const { workspace, adapter } = world.open({ wait: 0 });
  const told: (readonly [number, TokenExpiry])[] = [];
  workspace.tokenExpiring$.subscribe((expiry) => told.push([world.time.now() - NOON, expiry]));
  // It is loaded when it is asked for.
  for (let i = 0; i < 5; i++) await setImmediate(); // oxlint-disable-line no-await-in-loop -- Module by module.
  world.time.pass(1_000);
  return { world, workspace, adapter, told };
}

describe('the end of a token', () => {
  before(() => import('../../src/streams/connection/token-expiry.js'));

  it('is told once, some time before, also over lost links', async () => {
    const { world, adapter, told } = await desk(NOON + 3 * HOUR);
    world.time.pass(3 * HOUR - TOKEN_NOTICE - 1_001);
    assert.deepEqual(told, []);
    for (let i = 0; i < 3; i++) {
      world.time.pass(10_000);
      adapter.cut();
      adapter.restore();
    }
    world.time.pass(HOUR);
    assert.deepEqual(told, [
      [3 * HOUR - TOKEN_NOTICE, { expiresAt: NOON + 3 * HOUR, remaining: TOKEN_NOTICE }],
    ]);
  });

  it('is told anew for a renewed token, and no more for the one before', async () => {
    const { world, adapter, told } = await desk(NOON + HOUR);
    adapter.push({ kind: 'token', expiresAt: NOON + 2 * HOUR });
    world.time.pass(3 * HOUR);
    assert.deepEqual(
      told.map(([at]) => at),
      [2 * HOUR - TOKEN_NOTICE],
    );
  });

  it('is told after half of its time when the token is good for a moment only', async () => {
    const { world, told } = await desk(NOON + 60_000);
    world.time.pass(HOUR);
    const [at = 0] = told.map(([when]) => when);
    assert.ok(told.length === 1 && at >= 30_000 && at < 31_000, `${at}`);
  });

  it('is told at once when it is past, and never when it is not known or far beyond the reach of timers', async () => {
    assert.deepEqual(
      (await desk(NOON - 1_000)).told.map(([, { remaining }]) => remaining),
      [0],
    );
    assert.deepEqual((await desk(null)).told, []);
    const { world, told } = await desk(NOON + 1_000 * HOUR);
    // A timer of a browser holds 596 hours.
    world.time.pass(620 * HOUR);
    assert.deepEqual(told, []);
  });

  it('is told nobody after the desk was closed', async () => {
    const { world, workspace, told } = await desk(NOON + HOUR);
    workspace.close();
    world.time.pass(2 * HOUR);
    assert.deepEqual([told, world.time.pending], [[], 0]);
  });
});
