import type { Agent } from './agent.js';
import type { DomainEvent, EventType, UnknownEvent } from './event.js';
import { evolve } from './evolve.js';
import type { Interaction } from './interaction.js';
import { DEFAULT_POLICY } from './policy.js';
import type { Policy } from './policy.js';
import type { Cursor, TranscriptPage, WorkbinPage } from './query.js';
import type { Snapshot } from './snapshot.js';
import { appendItem, joinPage, mergeDeliveryInto, openTranscript } from './transcript.js';
import type { Transcript } from './transcript.js';
import { messageItem, sessionItem } from './transcript-item.js';
import type { TranscriptItem } from './transcript-item.js';
import type { Workbin } from './workbin.js';

/** What is known of a workbin's contents, longest parked first. */
export interface WorkbinContents {
  readonly interactions: readonly Interaction[];
  /** Whether the first page has come. */
  readonly loaded: boolean;
  readonly more: boolean;
  /** Up to where the log is part of the last page: older facts are in it already. */
  readonly foldedTo: number;
}

/** What one agent's desk knows: the fold of everything that has arrived. */
export interface WorkspaceState {
  /** Of the log that is connected to; empty before the first welcome. */
  readonly epoch: string;
  /** Where to resume from; null before the first snapshot. */
  readonly cursor: Cursor | null;
  readonly agent: Agent | null;
  readonly policy: Policy;
  /** On this agent's desk or offered to this agent, by id, in the order in which they came. */
  readonly interactions: ReadonlyMap<string, Interaction>;
  readonly workbins: ReadonlyMap<string, Workbin>;
  /** Only of conversations that are being looked at, by interaction. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
  /** Only of workbins that are being looked at. */
  readonly contents: ReadonlyMap<string, WorkbinContents>;
}

export const EMPTY_STATE: WorkspaceState = {
  epoch: '',
  cursor: null,
  agent: null,
  policy: DEFAULT_POLICY,
  interactions: new Map(),
  workbins: new Map(),
  transcripts: new Map(),
  contents: new Map(),
};

/** Everything that changes what a desk knows: frames of the transport, pages, and which pages are wanted. */
export type WorkspaceInput =
  | { readonly kind: 'welcome'; readonly agent: Agent; readonly epoch: string; readonly policy: Policy }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'event'; readonly event: DomainEvent | UnknownEvent }
  | { readonly kind: 'cursor'; readonly seq: number }
  /** From now on events are folded into this transcript; ask for its first page after this. */
  | { readonly kind: 'transcript-opened'; readonly interaction: string }
  | { readonly kind: 'transcript-closed'; readonly interaction: string }
  /** A page for the transcript of `interaction`, of that interaction or (`of`) of an earlier one of the contact. */
  | {
      readonly kind: 'transcript-page';
      readonly interaction: string;
      readonly of: string;
      readonly page: TranscriptPage;
    }
  | { readonly kind: 'workbin-opened'; readonly workbin: string }
  | { readonly kind: 'workbin-closed'; readonly workbin: string }
  | { readonly kind: 'workbin-page'; readonly workbin: string; readonly page: WorkbinPage };

/**
 * Folds one input into the state. Pure, total (an event of an unknown type becomes a notice of its transcript) and idempotent: an event that was
 * seen already returns the same reference.
 */
export function reduce(state: WorkspaceState, input: WorkspaceInput): WorkspaceState {
  switch (input.kind) {
    case 'welcome':
      return { ...state, agent: input.agent, epoch: input.epoch, policy: input.policy };
    case 'snapshot':
      return fromSnapshot(state, input.snapshot);
    case 'event':
      return input.event.seq <= (state.cursor?.seq ?? -1)
        ? state
        : advanced(reduceEvent(state, input.event), input.event.seq);
    case 'cursor':
      return input.seq <= (state.cursor?.seq ?? -1) ? state : advanced(state, input.seq);
    case 'transcript-opened':
      return state.transcripts.has(input.interaction)
        ? state
        : withTranscript(state, input.interaction, openTranscript(input.interaction));
    case 'transcript-closed':
      return { ...state, transcripts: without(state.transcripts, input.interaction) };
    case 'transcript-page':
      return changeTranscript(state, input.interaction, (transcript) =>
        joinPage(transcript, input.of, input.page),
      );
    case 'workbin-opened':
      return state.contents.has(input.workbin) ? state : withContents(state, input.workbin, EMPTY_CONTENTS);
    case 'workbin-closed':
      return { ...state, contents: without(state.contents, input.workbin) };
    case 'workbin-page':
      return changeContents(state, input.workbin, (contents) => joinWorkbinPage(contents, input.page));
  }
}

const EMPTY_CONTENTS: WorkbinContents = { interactions: [], loaded: false, more: false, foldedTo: 0 };

function fromSnapshot(state: WorkspaceState, snapshot: Snapshot): WorkspaceState {
  return {
    epoch: state.epoch,
    cursor: { epoch: state.epoch, seq: snapshot.seq },
    agent: snapshot.agent,
    policy: state.policy,
    interactions: new Map(snapshot.interactions.map((interaction) => [interaction.id, interaction])),
    workbins: new Map(snapshot.workbins.map((workbin) => [workbin.id, workbin])),
    // What came before may have a gap: whoever looks at it asks anew.
    transcripts: new Map(),
    contents: new Map(),
  };
}

function advanced(state: WorkspaceState, seq: number): WorkspaceState {
  return { ...state, cursor: { epoch: state.epoch, seq } };
}

const KNOWN: { readonly [T in EventType]: true } = {
  'interaction-created': true,
  'interaction-queued': true,
  'interaction-offered': true,
  'interaction-assigned': true,
  'interaction-parked': true,
  'interaction-done': true,
  'contact-changed': true,
  'session-started': true,
  'message-received': true,
  'message-sent': true,
  'delivery-changed': true,
  'agent-status-changed': true,
};

function isKnown(event: DomainEvent | UnknownEvent): event is DomainEvent {
  return Object.hasOwn(KNOWN, event.type);
}

function reduceEvent(state: WorkspaceState, event: DomainEvent | UnknownEvent): WorkspaceState {
  if (!isKnown(event)) {
    const notice: TranscriptItem = { kind: 'unknown-event', id: event.id, at: event.at, type: event.type };
    return appendTo(state, event.interaction, notice, event.seq);
  }
  switch (event.type) {
    case 'agent-status-changed':
      return state.agent?.id === event.body.agent.id ? { ...state, agent: event.body.agent } : state;
    case 'message-received':
    case 'message-sent':
      return appendTo(evolved(state, event), event.interaction, messageItem(event.body.message), event.seq);
    case 'session-started':
      return appendTo(evolved(state, event), event.interaction, sessionItem(event.body.session), event.seq);
    case 'delivery-changed': {
      const { message, delivery } = event.body;
      return changeTranscript(evolved(state, event), event.interaction, (transcript) =>
        mergeDeliveryInto(transcript, message, delivery),
      );
    }
    default:
      return reduceFact(state, event);
  }
}

type FactEvent = Exclude<
  DomainEvent,
  {
    type:
      'agent-status-changed' | 'message-received' | 'message-sent' | 'session-started' | 'delivery-changed';
  }
>;

/** A fact that carries the interaction as it now is: it comes to this desk, stays, or leaves. */
function reduceFact(state: WorkspaceState, event: FactEvent): WorkspaceState {
  const { interaction } = event.body;
  const here = isHere(interaction, state.agent);
  return {
    ...state,
    interactions: here
      ? new Map(state.interactions).set(interaction.id, interaction)
      : without(state.interactions, interaction.id),
    transcripts: here ? state.transcripts : without(state.transcripts, interaction.id),
    workbins: recounted(state.workbins, event),
    contents: refilled(state.contents, event),
  };
}

function isHere(interaction: Interaction, agent: Agent | null): boolean {
  return (interaction.offer?.agent ?? interaction.agent) === agent?.id;
}

function recounted(workbins: ReadonlyMap<string, Workbin>, event: FactEvent): ReadonlyMap<string, Workbin> {
  const { left, interaction } = event.body;
  const entered = event.type === 'interaction-parked' ? (interaction.parking?.workbin ?? null) : null;
  const next = new Map(workbins);
  count(next, left, -1);
  count(next, entered, 1);
  return next;
}

function count(workbins: Map<string, Workbin>, id: string | null, change: number): void {
  const workbin = id === null ? undefined : workbins.get(id);
  if (workbin) workbins.set(workbin.id, { ...workbin, count: Math.max(0, workbin.count + change) });
}

function refilled(
  contents: ReadonlyMap<string, WorkbinContents>,
  { seq, body: { interaction, left } }: FactEvent,
): ReadonlyMap<string, WorkbinContents> {
  const into = interaction.parking?.workbin;
  let next = contents;
  for (const id of [left, into]) {
    const known = id ? next.get(id) : undefined;
    if (!id || !known || seq <= known.foldedTo) continue;
    next = new Map(next).set(id, { ...known, interactions: placed(known, interaction, id === into) });
  }
  return next;
}

function placed(
  contents: WorkbinContents,
  interaction: Interaction,
  inside: boolean,
): readonly Interaction[] {
  const index = contents.interactions.findIndex(({ id }) => id === interaction.id);
  if (inside && index >= 0) return contents.interactions.with(index, interaction);
  // Where pages are missing, what was parked last belongs to the last of them.
  if (inside) return contents.more ? contents.interactions : [...contents.interactions, interaction];
  return index < 0 ? contents.interactions : contents.interactions.toSpliced(index, 1);
}

function joinWorkbinPage(contents: WorkbinContents, page: WorkbinPage): WorkbinContents {
  const fromPage = new Set(page.interactions.map(({ id }) => id));
  const own = contents.interactions.filter(({ id }) => !fromPage.has(id));
  return {
    interactions: contents.loaded ? [...own, ...page.interactions] : [...page.interactions, ...own],
    loaded: true,
    more: page.more,
    foldedTo: contents.loaded ? contents.foldedTo : page.cursor.seq,
  };
}

function evolved(state: WorkspaceState, event: DomainEvent): WorkspaceState {
  const interaction = event.interaction === null ? undefined : state.interactions.get(event.interaction);
  // What is not on this desk may lie in a workbin that is being looked at.
  if (!interaction) return evolvedInWorkbins(state, event);
  const next = evolve(interaction, event);
  return next === interaction
    ? state
    : { ...state, interactions: new Map(state.interactions).set(next.id, next) };
}

function evolvedInWorkbins(state: WorkspaceState, event: DomainEvent): WorkspaceState {
  for (const [workbin, contents] of state.contents) {
    const index = contents.interactions.findIndex(({ id }) => id === event.interaction);
    const interaction = contents.interactions[index];
    if (!interaction || event.seq <= contents.foldedTo) continue;
    const next = evolve(interaction, event);
    if (next === interaction) return state;
    return withContents(state, workbin, {
      ...contents,
      interactions: contents.interactions.with(index, next),
    });
  }
  return state;
}

function appendTo(
  state: WorkspaceState,
  interaction: string | null,
  item: TranscriptItem,
  seq: number,
): WorkspaceState {
  return changeTranscript(state, interaction, (transcript) => appendItem(transcript, item, seq));
}

function changeTranscript(
  state: WorkspaceState,
  interaction: string | null,
  change: (transcript: Transcript) => Transcript,
): WorkspaceState {
  const transcript = interaction === null ? undefined : state.transcripts.get(interaction);
  if (!transcript || interaction === null) return state;
  const next = change(transcript);
  return next === transcript ? state : withTranscript(state, interaction, next);
}

function withTranscript(state: WorkspaceState, interaction: string, transcript: Transcript): WorkspaceState {
  return { ...state, transcripts: new Map(state.transcripts).set(interaction, transcript) };
}

function changeContents(
  state: WorkspaceState,
  workbin: string,
  change: (contents: WorkbinContents) => WorkbinContents,
): WorkspaceState {
  const contents = state.contents.get(workbin);
  return contents ? withContents(state, workbin, change(contents)) : state;
}

function withContents(state: WorkspaceState, workbin: string, contents: WorkbinContents): WorkspaceState {
  return { ...state, contents: new Map(state.contents).set(workbin, contents) };
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
