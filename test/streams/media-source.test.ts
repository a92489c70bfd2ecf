import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { of, throwError } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import type { MediaSource } from '../../src/transport/adapter.js';
import { TransportError } from '../../src/transport/adapter.js';
import { World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const SOURCE: MediaSource = { url: 'https://files.example/1', until: null };

/** A desk whose adapter answers so. */
function desk(answer?: () => ObservableInput<MediaSource>): [World, OpenTab] {
  const world = new World();
  const tab = world.open();
  if (answer) tab.adapter.media = answer;
  return [world, tab];
}

function asked({ workspace }: OpenTab) {
  const told: unknown[] = [];
  workspace.mediaSource({ id: 'file-1' }).subscribe({
    next: (source) => told.push(source),
    error: (error: { kind?: string }) => told.push(error.kind),
    complete: () => told.push('end'),
  });
  return told;
}

describe('where a file is', () => {
  it('is told by the adapter', () => {
    const [, tab] = desk(() => of(SOURCE));
    assert.deepEqual(asked(tab), [SOURCE, 'end']);
  });

  it('is not to be had of an adapter that hands over no files', () => {
    const [world, tab] = desk();
    assert.deepEqual(asked(tab), ['invalid']);
    world.time.pass(60_000);
    assert.equal(tab.adapter.linked, true);
  });

  it('is refused as the adapter says', () => {
    const refused = () => throwError(() => new TransportError('invalid', 'There is no such file.'));
    assert.deepEqual(asked(desk(refused)[1]), ['invalid']);
    assert.deepEqual(asked(desk(() => [])[1]), ['invalid']);
  });
});
