import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY, catchError, concatMap, filter, from, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Command, Query, Receipt, ResultOf, TranscriptPlace } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportAdapter, TransportFrame } from '../../src/transport/adapter.js';
import { simulatedTransport } from '../../src/transport/simulated/index.js';
import type { SimulatedTransport } from '../../src/transport/simulated/index.js';
import { ContractViolation, transportContract } from '../../src/transport/testing/index.js';
import type { CaseRun } from '../../src/transport/testing/index.js';
import { MemoryUploads, UPLOAD_FAULTS } from './memory-uploads.js';
import type { UploadFault } from './memory-uploads.js';

/** An adapter with one fault. */
interface Sabotage {
  readonly fault: string;
  readonly connect?: (frames: Observable<TransportFrame>) => Observable<TransportFrame>;
  readonly send?: (receipts: Observable<Receipt>, command: Command) => Observable<Receipt>;
  readonly query?: (page: ResultOf<Query>) => ResultOf<Query>;
  readonly check?: () => void;
  readonly uploads?: UploadFault;
  /** Part of the name of a case that must notice. */
  readonly noticedBy: string;
}

const isMessage = (frame: TransportFrame) =>
  frame.kind === 'event' && frame.event.type === 'message-received';

const SABOTAGES: readonly Sabotage[] = [
  {
    fault: 'sends each event twice',
    connect: concatMapped((frame) => (frame.kind === 'event' ? [frame, frame] : [frame])),
    noticedBy: 'events come in the order of the log',
  },
  {
    fault: 'loses every third event',
    connect: (frames) => frames.pipe(filter((frame, i) => !isMessage(frame) || i % 3 !== 0)),
    noticedBy: 'exactly what was missed comes',
  },
  {
    fault: 'forgets the welcome',
    connect: (frames) => frames.pipe(filter(({ kind }) => kind !== 'welcome')),
    noticedBy: 'a connection begins with a welcome',
  },
  {
    fault: 'sends the snapshot first',
    connect: concatMapped((frame, held) => {
      if (frame.kind === 'welcome') held.push(frame);
      else return [frame, ...held.splice(0)];
      return [];
    }),
    noticedBy: 'a connection begins with a welcome',
  },
  {
    fault: 'completes when the link is lost',
    connect: (frames) => frames.pipe(catchError(() => EMPTY)),
    noticedBy: 'a lost link is an error',
  },
  {
    fault: 'calls everything refused',
    connect: (frames) =>
      frames.pipe(catchError(() => throwError(() => new TransportError('refused', 'No.')))),
    noticedBy: 'refused credentials',
  },
  {
    fault: 'throws something of its own',
    connect: (frames) => frames.pipe(catchError(() => throwError(() => new Error('socket hang up')))),
    noticedBy: 'a lost link is an error',
  },
  {
    fault: 'gives a command a new id each time',
    send: (_receipts, command) => plain.send({ ...command, id: `${command.id}-${++count}` }),
    noticedBy: 'the same id twice',
  },
  {
    fault: 'makes errors of refusals',
    send: (receipts) =>
      receipts.pipe(
        concatMap((receipt) =>
          receipt.ok ? of(receipt) : throwError(() => new TransportError('refused', 'No.')),
        ),
      ),
    noticedBy: 'what cannot be is refused with a receipt',
  },
  {
    fault: 'loses the conditions of commands',
    send: (_receipts, command) => plain.send({ ...command, ifVersion: undefined } as Command),
    noticedBy: 'what cannot be is refused with a receipt',
  },
  {
    fault: 'gives pages that overlap',
    query: (page) => ('next' in page && page.next !== null ? withFirstTwice(page) : page),
    noticedBy: 'pages of a transcript join',
  },
  {
    fault: 'says that there is nothing above',
    query: (page) => ({ ...page, next: null }),
    noticedBy: 'pages of a transcript join',
  },
  {
    fault: 'does not know what was before',
    query: (page) =>
      ('next' in page && isPlace(page.next) && page.next.before === null
        ? { ...page, next: null }
        : page) as typeof page,
    noticedBy: 'which knows the one before',
  },
  {
    fault: 'sends pages newest first',
    query: (page) => ({ ...page, items: page.items.toReversed() }) as typeof page,
    noticedBy: 'longest parked first',
  },
  {
    fault: 'completes without a receipt',
    send: () => EMPTY,
    noticedBy: 'the same id twice',
  },
  {
    fault: 'loses a living link when it is asked',
    check: () => plain.faults.dropLink(),
    noticedBy: 'a living link holds',
  },
  {
    fault: 'does not look for the sign of life that it asks for',
    check: () => undefined,
    noticedBy: 'a link that died without a word',
  },
  ...UPLOAD_FAULTS.map(([uploads, fault, noticedBy]) => ({ fault, uploads, noticedBy })),
];

let plain = simulatedTransport();
let count = 0;

describe('the contract suite', () => {
  for (const sabotage of SABOTAGES) {
    it(`notices an adapter that ${sabotage.fault}`, async () => {
      const run = caseOf(sabotage);
      await assert.rejects(
        async () => run(),
        (error) => {
          assert.ok(error instanceof ContractViolation || error instanceof TransportError, String(error));
          return true;
        },
      );
    });
  }
});

describe('a case for which something is missing', () => {
  const NOTHING = { fault: 'nothing', noticedBy: 'exactly what was missed comes' };
  const skipped = (context: unknown, self?: unknown, skip?: (reason: string) => void) => {
    const run = caseOf({ ...NOTHING, noticedBy: 'a cursor that the log no longer reaches' }, skip);
    return run.call(self, context);
  };

  it('is skipped by what the runner hands over, as argument or as this', async () => {
    const reasons: string[] = [];
    const runner = { skip: (reason: string) => reasons.push(reason) };
    await skipped(runner);
    await skipped(undefined, runner);
    await skipped(undefined, undefined, (reason) => reasons.push(reason));
    assert.deepEqual(reasons, Array(3).fill('The harness has no forget.'));
  });

  it('fails where it cannot be skipped: it never passes', async () => {
    await assert.rejects(skipped(undefined), /must be skipped/);
  });

  it('is one of an adapter without uploads, too', async () => {
    const reasons: string[] = [];
    const run = caseOf({ ...NOTHING, noticedBy: 'the same upload twice' });
    await run({ skip: (reason: string) => reasons.push(reason) });
    assert.deepEqual(reasons, ['The adapter has no upload.']);
  });

  it('takes no parameters, so that mocha does not take it for one that calls back', () => {
    assert.equal(caseOf(NOTHING).length, 0);
  });
});

describe('an adapter that takes files', () => {
  for (const name of new Set(UPLOAD_FAULTS.map(([, , noticedBy]) => noticedBy))) {
    it(`passes: ${name}`, () => caseOf({ fault: 'none', uploads: 'none', noticedBy: name })());
  }
});

/** The case that must notice, on a sabotaged adapter. */
function caseOf(sabotage: Sabotage, skip?: (reason: string) => void): CaseRun {
  const cases: CaseRun[] = [];
  transportContract({
    name: 'sabotaged',
    patience: 300,
    skip,
    test: (name, run) => {
      if (name.includes(sabotage.noticedBy)) cases.push(run);
    },
    create: () => {
      plain = simulatedTransport({ scenario: 'empty', agent: { status: 'not-ready' } });
      const refused = simulatedTransport({ scenario: 'empty' });
      refused.faults.refuseCredentials = true;
      return {
        adapter: sabotaged(plain, sabotage),
        otherAdapter: plain.another(),
        refusedAdapter: sabotaged(refused, sabotage),
        contactWrites: (text, contact) => void plain.write(contact, text),
        dropLink: () => plain.faults.dropLink(),
        stallLink: () => plain.faults.stall(60),
        close: () => undefined,
      };
    },
  });
  const [only] = cases;
  assert.ok(only && cases.length === 1, `${cases.length} cases are named ${sabotage.noticedBy}`);
  return only;
}

function sabotaged(
  adapter: SimulatedTransport,
  { connect, send, query, check, uploads }: Sabotage,
): TransportAdapter {
  return {
    connect: (cursor) => connect?.(adapter.connect(cursor)) ?? adapter.connect(cursor),
    send: (command) => send?.(from(adapter.send(command)), command) ?? adapter.send(command),
    query: <Q extends Query>(asked: Q) =>
      from(adapter.query(asked)).pipe(map((page) => (query ? (query(page) as ResultOf<Q>) : page))),
    check: check ?? (() => adapter.check?.()),
    ...(uploads && new MemoryUploads(uploads).methods),
  };
}

function concatMapped(
  change: (frame: TransportFrame, held: TransportFrame[]) => readonly TransportFrame[],
): (frames: Observable<TransportFrame>) => Observable<TransportFrame> {
  return (frames) => {
    const held: TransportFrame[] = [];
    return frames.pipe(concatMap((frame) => change(frame, held)));
  };
}

function withFirstTwice<P extends ResultOf<Query>>(page: P): P {
  const items: readonly unknown[] = page.items;
  return { ...page, items: items.slice(0, 1).concat(page.items) };
}

function isPlace(next: unknown): next is TranscriptPlace {
  return typeof next === 'object' && next !== null;
}
