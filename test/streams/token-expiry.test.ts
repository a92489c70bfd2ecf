import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TOKEN_NOTICE } from '../../src/streams/connection/token-expiry.js';
import type { TokenExpiry } from '../../src/streams/index.js';
import { NOON } from '../support/builders.js';
import { World } from '../support/desk.js';

const HOUR = 3_600_000;

/** A desk whose contact centre tells when the token ends; what it told, with the time since noon. */
function desk(expiresAt: number | null) {
  const world = new World();
  world.centre.tokenExpiresAt = expiresAt;
  const { workspace, adapter } = world.open({ wait: 0 });
  const told: (readonly [number, TokenExpiry])[] = [];
  workspace.tokenExpiring$.subscribe((expiry) => told.push([world.time.now() - NOON, expiry]));
  world.time.pass(1_000);
  return { world, workspace, adapter, told };
}

describe('the end of a token', () => {
  it('is told once, some time before, also over lost links', () => {
    const { world, adapter, told } = desk(NOON + 3 * HOUR);
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

  it('is told anew for a renewed token, and no more for the one before', () => {
    const { world, adapter, told } = desk(NOON + HOUR);
    adapter.push({ kind: 'token', expiresAt: NOON + 2 * HOUR });
    world.time.pass(3 * HOUR);
    assert.deepEqual(
      told.map(([at]) => at),
      [2 * HOUR - TOKEN_NOTICE],
    );
  });

  it('is told after half of its time when the token is good for a moment only', () => {
    const { world, told } = desk(NOON + 60_000);
    world.time.pass(HOUR);
    const [at = 0] = told.map(([when]) => when);
    assert.ok(told.length === 1 && at >= 30_000 && at < 31_000, `${at}`);
  });

  it('is told at once when it is past, and never when it is not known or far beyond the reach of timers', () => {
    assert.deepEqual(
      desk(NOON - 1_000).told.map(([, { remaining }]) => remaining),
      [0],
    );
    assert.deepEqual(desk(null).told, []);
    const { world, told } = desk(NOON + 1_000 * HOUR);
    // A timer of a browser holds 596 hours.
    world.time.pass(620 * HOUR);
    assert.deepEqual(told, []);
  });

  it('is told nobody after the desk was closed', () => {
    const { world, workspace, told } = desk(NOON + HOUR);
    workspace.close();
    world.time.pass(2 * HOUR);
    assert.deepEqual([told, world.time.pending], [[], 0]);
  });
});
