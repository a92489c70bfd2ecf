import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEVER, asyncScheduler, map, filter } from 'rxjs';
import type { Observable } from 'rxjs';
import { DEFAULT_POLICY } from '../../src/model/index.js';
import {
  MIN_UPTIME,
  RECONNECT,
  ROOM_PAUSE,
  WELCOME_PATIENCE,
  keepConnected,
} from '../../src/streams/connection/connection.js';
import type { ConnectionOptions } from '../../src/streams/connection/connection.js';
import type { Connection } from '../../src/streams/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportErrorKind, TransportFrame } from '../../src/transport/adapter.js';
import { anAgent } from '../support/builders.js';
import { marbles } from '../support/virtual-time.js';

const welcome: TransportFrame = {
  kind: 'welcome',
  agent: anAgent(),
  issuer: 'test',
  epoch: 'e1',
  head: 0,
  serverTime: 0,
  policy: DEFAULT_POLICY,
};
const frames: Record<string, TransportFrame> = { w: welcome, c: { kind: 'cursor', seq: 1 } };

const error = (kind: TransportErrorKind): TransportError => new TransportError(kind, `It is ${kind}.`);

/** Half of the ceiling each time: 150, 300, 600 … */
const half = (): number => 0.5;

function connections(
  options: Partial<ConnectionOptions> & Pick<ConnectionOptions, 'connect'>,
): Observable<Connection> {
  return keepConnected({
    nudge$: NEVER,
    retry$: NEVER,
    clock: { now: () => asyncScheduler.now() },
    random: half,
    ...options,
  }).pipe(
    map((signal) => (signal.kind === 'connection' ? signal.connection : null)),
    filter((connection) => connection !== null),
  );
}

const connecting = (attempt: number): Connection => ({ at: 'connecting', attempt });
const online = (since: number): Connection => ({ at: 'online', since });
const waiting = (attempt: number, retryAt: number): Connection => ({ at: 'waiting', retryAt, attempt });

describe('keepConnected', () => {
  it('passes frames on, and is online after the welcome', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const link = cold<TransportFrame>('--w---c', frames);
      const signals$ = keepConnected({
        connect: () => link,
        nudge$: NEVER,
        retry$: NEVER,
        clock: { now: () => 42 },
        random: half,
      });
      expectObservable(signals$, '^--------!').toBe('a-(bc)d', {
        a: { kind: 'connection', connection: connecting(0) },
        b: { kind: 'frame', frame: welcome },
        c: { kind: 'connection', connection: online(42) },
        d: { kind: 'frame', frame: frames['c'] },
      });
      expectSubscriptions(link.subscriptions).toBe('^--------!');
    });
  });

  it('waits after a lost link, and connects again', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const link = cold<TransportFrame>('--w--#', frames, error('offline'));
      expectObservable(connections({ connect: () => link }), '^ 160ms !').toBe('a-b--c 149ms d-e--f', {
        a: connecting(0),
        b: online(2),
        c: waiting(1, 5 + 150),
        d: connecting(1),
        e: online(157),
        f: waiting(2, 160 + 300),
      });
      expectSubscriptions(link.subscriptions).toBe(['^----!', '155ms ^----!']);
    });
  });

  it('takes an adapter that completes for one that lost its link', () => {
    marbles(({ cold, expectObservable }) => {
      const link = cold<TransportFrame>('--|');
      expectObservable(connections({ connect: () => link }), '^--!').toBe('a-b', {
        a: connecting(0),
        b: waiting(1, 2 + 150),
      });
    });
  });

  it('gives up a try that brings no welcome', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const link = cold<TransportFrame>('-');
      expectObservable(connections({ connect: () => link }), `^ ${WELCOME_PATIENCE}ms !`).toBe(
        `a ${WELCOME_PATIENCE - 1}ms b`,
        { a: connecting(0), b: waiting(1, WELCOME_PATIENCE + 150) },
      );
      expectSubscriptions(link.subscriptions).toBe(`^ ${WELCOME_PATIENCE - 1}ms !`);
    });
  });

  it('stays online on a link on which nothing happens', () => {
    marbles(({ cold, expectObservable }) => {
      const link = cold<TransportFrame>('w', frames);
      expectObservable(connections({ connect: () => link }), '^ 180m !').toBe('(ab)', {
        a: connecting(0),
        b: online(0),
      });
    });
  });

  it('closes the link and stops waiting when nobody is subscribed', () => {
    marbles(({ cold, expectSubscriptions, expectObservable }) => {
      const link = cold<TransportFrame>('--#', frames, error('offline'));
      expectObservable(connections({ connect: () => link }), '^ 100ms !').toBe('a-b', {
        a: connecting(0),
        b: waiting(1, 152),
      });
      expectSubscriptions(link.subscriptions).toBe('^-!');
    });
  });

  it('asks for each link afresh', () => {
    marbles(({ cold, flush }) => {
      let asked = 0;
      const subscription = connections({
        connect: () => cold<TransportFrame>(`w-#${'-'.repeat(asked++)}`, frames, error('offline')),
      }).subscribe();
      cold('2s a').subscribe(() => subscription.unsubscribe());
      flush();
      assert.ok(asked > 2, `asked ${asked} times`);
    });
  });

  describe('backs off', () => {
    const waits = (count: number, random: () => number): readonly number[] => {
      const result: number[] = [];
      marbles(({ cold, flush }) => {
        const link = cold<TransportFrame>('#', undefined, error('offline'));
        const subscription = connections({ connect: () => link, random }).subscribe((connection) => {
          if (connection.at !== 'waiting') return;
          result.push(connection.retryAt - asyncScheduler.now());
        });
        cold('10m a').subscribe(() => subscription.unsubscribe());
        flush();
      });
      return result.slice(0, count);
    };

    it('doubles the ceiling with each failure, up to a cap', () => {
      const ceilings = waits(8, () => 0.999999).map(Math.round);
      assert.deepEqual(ceilings, [300, 600, 1_200, 2_400, 4_800, 9_600, RECONNECT.cap, RECONNECT.cap]);
    });

    it('spreads its tries over all of the time below the ceiling', () => {
      let at = 0;
      const randoms = [0, 0.25, 0.75, 0.5];
      const jittered = waits(4, () => randoms[at++ % 4] ?? 0);
      assert.deepEqual(jittered, [0, 150, 900, 1_200]);
    });
  });

  it('goes on backing off while links hold for less than the minimum time', () => {
    marbles(({ cold, expectObservable }) => {
      const link = cold<TransportFrame>(`w ${MIN_UPTIME - 2}ms #`, frames, error('offline'));
      const attempts$ = connections({ connect: () => link }).pipe(
        filter(({ at }) => at === 'waiting'),
        map((connection) => ('attempt' in connection ? connection.attempt : 0)),
      );
      expectObservable(attempts$, `^ ${2 * MIN_UPTIME + 200}ms !`).toBe(
        `${MIN_UPTIME - 1}ms a ${150 + MIN_UPTIME - 2}ms b`,
        { a: 1, b: 2 },
      );
    });
  });

  it('begins anew with the shortest wait after a link that held', () => {
    marbles(({ cold, expectObservable }) => {
      const links = [
        cold<TransportFrame>('#', undefined, error('offline')),
        cold<TransportFrame>('#', undefined, error('offline')),
        cold<TransportFrame>(`w ${MIN_UPTIME - 1}ms #`, frames, error('offline')),
      ];
      const attempts$ = connections({ connect: () => links.shift() ?? NEVER }).pipe(
        filter(({ at }) => at === 'waiting'),
        map((connection) => ('attempt' in connection ? connection.attempt : 0)),
      );
      expectObservable(attempts$, `^ ${MIN_UPTIME + 1_000}ms !`).toBe(`a 149ms b ${299 + MIN_UPTIME}ms c`, {
        a: 1,
        b: 2,
        c: 1,
      });
    });
  });

  it('ends the wait at a nudge, and keeps count of the failures', () => {
    marbles(({ cold, hot, expectObservable }) => {
      const link = cold<TransportFrame>('#', undefined, error('offline'));
      const nudge$ = hot('-----n');
      expectObservable(connections({ connect: () => link, nudge$ }), '^------!').toBe('(ab)-(cd)', {
        a: connecting(0),
        b: waiting(1, 150),
        c: connecting(1),
        d: waiting(2, 5 + 300),
      });
    });
  });

  it('does not mind a nudge while it is connecting or online', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const link = cold<TransportFrame>('--w', frames);
      expectObservable(connections({ connect: () => link, nudge$: hot('-n-n') }), '^----!').toBe('a-b', {
        a: connecting(0),
        b: online(2),
      });
      expectSubscriptions(link.subscriptions).toBe('^----!');
    });
  });

  for (const kind of ['unauthorized', 'refused', 'unsupported'] as const) {
    it(`stops at "${kind}" until the agent asks to try again`, () => {
      marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
        const links = [cold<TransportFrame>('-#', frames, error(kind)), cold<TransportFrame>('-w', frames)];
        const [first] = links;
        const options = {
          connect: () => links.shift() ?? NEVER,
          nudge$: hot('---n'),
          retry$: hot('60m r'),
        };
        expectObservable(connections(options), '^ 120m !').toBe('ab 3599998ms cd', {
          a: connecting(0),
          b: { at: 'refused', kind, sentence: `It is ${kind}.` },
          c: connecting(0),
          d: online(3_600_001),
        });
        expectSubscriptions(first?.subscriptions ?? []).toBe('^!');
      });
    });
  }

  it('says that the agent has too many desks, and tries again in a minute, or when asked to', () => {
    marbles(({ cold, hot, expectObservable }) => {
      const kind = 'too-many';
      const link = cold<TransportFrame>('-#', frames, error(kind));
      const refused: Connection = { at: 'refused', kind, sentence: `It is ${kind}.` };
      const options = {
        connect: () => link,
        nudge$: hot('---n'),
        retry$: hot(`${ROOM_PAUSE + 10}ms r`),
      };
      expectObservable(connections(options), `^ ${2 * ROOM_PAUSE}ms !`).toBe(
        `ab ${ROOM_PAUSE - 1}ms cd 7ms cd`,
        { a: connecting(0), b: refused, c: connecting(0), d: refused },
      );
    });
  });

  for (const kind of ['offline', 'timeout', 'invalid'] as const) {
    it(`tries again after "${kind}"`, () => {
      marbles(({ cold, expectObservable }) => {
        const link = cold<TransportFrame>('-#', frames, error(kind));
        expectObservable(connections({ connect: () => link }), '^-!').toBe('ab', {
          a: connecting(0),
          b: waiting(1, 1 + 150),
        });
      });
    });
  }

  it('takes what is no TransportError for a lost link', () => {
    marbles(({ cold, expectObservable }) => {
      const link = cold<TransportFrame>('-#', frames, new Error('A bug in the adapter.'));
      expectObservable(connections({ connect: () => link }), '^-!').toBe('ab', {
        a: connecting(0),
        b: waiting(1, 151),
      });
    });
  });

  it('survives thousands of failures in a row', () => {
    marbles(({ cold, flush }) => {
      let tries = 0;
      const link = cold<TransportFrame>('#', undefined, error('offline'));
      const subscription = connections({
        connect: () => {
          tries++;
          return link;
        },
        random: () => 0.001,
      }).subscribe();
      cold('1m a').subscribe(() => subscription.unsubscribe());
      flush();
      assert.ok(tries > 3_000, `${tries} tries`);
    });
  });
});
