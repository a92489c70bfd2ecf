import { filter, groupBy, mergeMap, scan } from 'rxjs';
import type { Observable } from 'rxjs';
import type { OutboxItem } from '../../model/index.js';

type Failed = Extract<OutboxItem['step'], { at: 'failed' }>;

export function itemOf(items: readonly OutboxItem[], clientId: string): OutboxItem | undefined {
  return items.find((item) => item.clientId === clientId);
}

/** Whether a message is still to be handed over; not yet where there is no room for it to take the place of the failed one. */
export function isDue({ step }: OutboxItem): boolean {
  return step.at === 'saving' ? !step.yields : step.at !== 'failed' && step.at !== 'accepted';
}

/** Whether a failed message may be sent again as the same one: its id keeps it from going twice, and it keeps its place. */
export function keepsItsId({ cause }: Failed): boolean {
  return cause === 'expiry' || cause === 'doubt';
}

/**
 * Whether what is behind a message waits for it: it is due, or the contact centre could not take it in time. That one may still go, so nothing goes
 * before the agent has said what is to become of it.
 */
function holdsLane(item: OutboxItem): boolean {
  const { step } = item;
  return isDue(item) || (step.at === 'failed' && step.cause === 'expiry');
}

/** Whose turn it is in one lane. */
export interface Turn {
  /**
   * The interaction, or the one that it ended in: who its contact is may turn out otherwise while messages wait, and what is done holds up nothing that has
   * begun since.
   */
  readonly lane: string;
  /** The message's client id; null while none can be handed over. */
  readonly next: string | null;
}

/**
 * The turns of each lane by itself. A lane ends when none can be handed over, and begins again with the next one.
 * @param laneOf In which lane a message is now.
 * @param mayGo Whether the first message may be handed over by whoever asks; those behind it wait in any case.
 */
export function lanes(
  items$: Observable<readonly OutboxItem[]>,
  laneOf: (item: OutboxItem) => string,
  mayGo: (item: OutboxItem) => boolean,
): Observable<Observable<Turn>> {
  return items$.pipe(
    scan<readonly OutboxItem[], readonly Turn[]>((before, items) => turns(items, laneOf, mayGo, before), []),
    mergeMap((now) => now),
    groupBy(({ lane }) => lane, { duration: filter(({ next }) => next === null) }),
  );
}

/** The turn of each lane that has messages, or had one to hand over. */
function turns(
  items: readonly OutboxItem[],
  laneOf: (item: OutboxItem) => string,
  mayGo: (item: OutboxItem) => boolean,
  before: readonly Turn[],
): readonly Turn[] {
  const first = new Map<string, OutboxItem | null>();
  for (const { lane, next } of before) if (next) first.set(lane, null);
  for (const item of items) {
    const lane = laneOf(item);
    if (holdsLane(item)) first.set(lane, first.get(lane) ?? item);
    else if (!first.has(lane)) first.set(lane, null);
  }
  return [...first].map(([lane, item]) => ({
    lane,
    next: item && isDue(item) && mayGo(item) ? item.clientId : null,
  }));
}

/** A file goes only once it is uploaded. */
export function isComplete({ body }: OutboxItem): boolean {
  return body.kind !== 'media' || body.media !== null;
}
