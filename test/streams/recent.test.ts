import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Subject } from 'rxjs';
import { TEAM_WORKBIN } from '../../src/model/index.js';
import type { OutboxItem } from '../../src/model/index.js';
import { SEEN_REMEMBERED } from '../../src/streams/attention/unread.js';
import { OBSERVED, RecentSet, RecentlyMade } from '../../src/streams/operators/index.js';
import { lanes } from '../../src/streams/outbox/lanes.js';
import { NOON, anEvent, anInteraction, anOutboxItem } from '../support/builders.js';
import { World, latest } from '../support/desk.js';

describe('what is remembered for a while', () => {
  it('is a set of the values that were added last', () => {
    const set = new RecentSet<string>(2);
    for (const value of ['a', 'b', 'a', 'c']) set.add(value);
    assert.deepEqual([...set], ['a', 'c']);
    assert.deepEqual(
      ['a', 'b', 'c'].map((value) => set.has(value)),
      [true, false, true],
    );
  });

  it('is made once for each of the keys that were asked for last', () => {
    const made: string[] = [];
    const keys = new RecentlyMade(2, (key: string) => {
      made.push(key);
      return { key };
    });
    assert.equal(keys.get('a'), keys.get('a'));
    for (const key of ['b', 'a', 'c', 'a', 'b']) keys.get(key);
    assert.deepEqual(made, ['a', 'b', 'c', 'b']);
    assert.equal(keys.size, 2);
  });

  it('of a tab is not all that it has ever shown', () => {
    const { workspace } = new World().open();
    const shown = (id: string): readonly unknown[] => [
      workspace.draft$(id),
      workspace.interaction$(id),
      workspace.transcript$(id),
      workspace.workbin$(id),
    ];
    const showOthers = (count: number): void => {
      for (let n = 1; n <= count; n++) shown(`interaction-${n + 1}`);
    };
    const first = shown('interaction-1');
    showOthers(OBSERVED - 1);
    shown('interaction-1').forEach((again$, i) => assert.equal(again$, first[i]));
    showOthers(OBSERVED);
    shown('interaction-1').forEach((anew$, i) => assert.notEqual(anew$, first[i]));
    assert.equal(latest(workspace.draft$('interaction-1')).text, '');
  });

  it('of lanes is those in which something can be handed over', () => {
    const items$ = new Subject<readonly OutboxItem[]>();
    const open = new Set<string>();
    const handedOver: (string | null)[] = [];
    const laneOf = ({ interaction }: OutboxItem) => interaction;
    lanes(items$, laneOf, () => true).subscribe((lane$) => {
      let lane = '';
      lane$.subscribe({
        next: (turn) => {
          lane = turn.lane;
          open.add(lane);
          handedOver.push(turn.next);
        },
        complete: () => open.delete(lane),
      });
    });
    const item = (n: number) => anOutboxItem({ clientId: `client-${n}`, interaction: `lane-${n}` });
    for (let n = 1; n < 3_000; n++) items$.next([item(n), item(n + 1)]);
    assert.deepEqual([...open], ['lane-2999', 'lane-3000']);
    items$.next([]);
    assert.deepEqual([...open], []);
    handedOver.length = 0;
    items$.next([item(1)]);
    assert.deepEqual(handedOver, ['client-1']);
  });

  it('of what was seen is that of the interactions that were looked at last', () => {
    const world = new World();
    const { workspace } = world.open();
    const named = (n: number) => anInteraction({ id: `seen-${n}` });
    const comes = (n: number) =>
      world.centre.record(
        anEvent(
          'interaction-assigned',
          { interaction: named(n), fromWorkbin: null, cause: 'opened' },
          { interaction: named(n).id },
        ),
      );
    const goes = (n: number) => {
      const parking = { workbin: TEAM_WORKBIN, by: 'ana', at: NOON };
      const interaction = { ...named(n), state: 'parked', agent: null, parking } as const;
      world.centre.record(
        anEvent('interaction-parked', { interaction, fromWorkbin: null }, { interaction: interaction.id }),
      );
    };
    for (let n = 0; n <= SEEN_REMEMBERED; n++) {
      comes(n);
      workspace.select(named(n).id);
      goes(n);
    }
    comes(SEEN_REMEMBERED - 1);
    comes(0);
    const { [named(0).id]: first, [named(SEEN_REMEMBERED - 1).id]: last } = Object.fromEntries(
      latest(workspace.unread$),
    );
    assert.deepEqual([first, last], [1, undefined]);
  });
});
