import type { Agent } from './agent.js';
import type { DeskCopy } from './desk-copy.js';
import type { ChannelHealth } from './channel-health.js';
import type { DomainEvent, EventType, UnknownEvent } from './event.js';
import { evolve } from './evolve.js';
import type { Interaction } from './interaction.js';
import { withEntry, withoutEntry } from './map-copies.js';
import { DEFAULT_POLICY } from './policy.js';
import type { Policy } from './policy.js';
import type { Cursor, TranscriptPage, WorkbinPage } from './query.js';
import type { Snapshot } from './snapshot.js';
import {
  appendItem,
  changeMessageIn,
  holds,
  joinPage,
  mergeDeliveryInto,
  openTranscript,
  readAt,
} from './transcript.js';
import type { ReadingPlace, Transcript } from './transcript.js';
import { messageItem, sessionItem } from './transcript-item.js';
import type { TranscriptItem } from './transcript-item.js';
import type { Workbin } from './workbin.js';
import { EMPTY_CONTENTS, joinWorkbinPage, recounted, refilled, withTeam } from './workbin-contents.js';
import type { WorkbinContents } from './workbin-contents.js';

/** What one agent's desk knows: the fold of everything that has arrived. */
export interface WorkspaceState {
  /** Of the log that is connected to; empty before the first welcome. */
  readonly epoch: string;
  /** Where to resume from; null before the first snapshot. */
  readonly cursor: Cursor | null;
  readonly agent: Agent | null;
  /**
   * null while this is what the contact centre told. Else the desk is a copy from the last time it was live, and this is when that was (milliseconds
   * since the epoch): to be shown as such.
   */
  readonly asOf: number | null;
  readonly policy: Policy;
  /** What the contact centre says that it can do; names are in `src/transport/adapter.ts`. Empty before the first welcome. */
  readonly features: readonly string[];
  /** On this agent's desk or offered to this agent, by id, in the order in which they came. */
  readonly interactions: ReadonlyMap<string, Interaction>;
  readonly workbins: ReadonlyMap<string, Workbin>;
  /** Business numbers that do not send as they should, by id. */
  readonly troubles: ReadonlyMap<string, ChannelHealth>;
  /** Only of conversations that are being looked at, by interaction. */
  readonly transcripts: ReadonlyMap<string, Transcript>;
  /** Only of workbins that are being looked at. */
  readonly contents: ReadonlyMap<string, WorkbinContents>;
}

export const EMPTY_STATE: WorkspaceState = {
  epoch: '',
  cursor: null,
  agent: null,
  asOf: null,
  policy: DEFAULT_POLICY,
  features: [],
  interactions: new Map(),
  workbins: new Map(),
  troubles: new Map(),
  transcripts: new Map(),
  contents: new Map(),
};

/** Everything that changes what a desk knows: frames of the transport, pages, and which pages are wanted. */
export type WorkspaceInput =
  | {
      readonly kind: 'welcome';
      readonly agent: Agent;
      readonly epoch: string;
      readonly policy: Policy;
      /** None when left out. */
      readonly features?: readonly string[];
    }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** Without a link: the desk as it was, with the newest pages of its transcripts. Changes nothing once the contact centre has told anything. */
  | {
      readonly kind: 'restored';
      readonly copy: DeskCopy;
      readonly pages: ReadonlyMap<string, TranscriptPage>;
    }
  | { readonly kind: 'event'; readonly event: DomainEvent | UnknownEvent }
  | { readonly kind: 'cursor'; readonly seq: number }
  /** From now on events are folded into this transcript; ask for its first page after this. It is read at its end when that is left out. */
  | { readonly kind: 'transcript-opened'; readonly interaction: string; readonly reading?: ReadingPlace }
  | { readonly kind: 'transcript-closed'; readonly interaction: string }
  /** Somebody reads there from now on; open it again when that closed it. */
  | { readonly kind: 'transcript-reading'; readonly interaction: string; readonly at: ReadingPlace }
  /** A page for the transcript of `interaction`, of that interaction or (`of`) of an earlier one of the contact. */
  | {
      readonly kind: 'transcript-page';
      readonly interaction: string;
      readonly of: string;
      readonly page: TranscriptPage;
    }
  /** A window that is not at its end changes by a pure rule that is loaded when it is needed (`transcript-parts.ts`); `seq` is the place of the log. */
  | {
      readonly kind: 'transcript-changed';
      readonly interaction: string;
      readonly change: (transcript: Transcript, seq: number) => Transcript;
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
      return welcomed(state, input);
    case 'snapshot':
      return fromSnapshot(state, input.snapshot);
    case 'restored':
      return state.agent ? state : fromCopy(input.copy, input.pages);
    case 'event':
      return input.event.seq <= (state.cursor?.seq ?? -1)
        ? state
        : advanced(reduceEvent(state, input.event), input.event.seq);
    case 'cursor':
      return input.seq <= (state.cursor?.seq ?? -1) ? state : advanced(state, input.seq);
    case 'transcript-opened':
      return state.transcripts.has(input.interaction)
        ? state
        : withTranscript(state, input.interaction, openTranscript(input.interaction, input.reading));
    case 'transcript-closed':
      return { ...state, transcripts: withoutEntry(state.transcripts, input.interaction) };
    case 'transcript-reading':
      return readTranscript(state, input.interaction, input.at);
    case 'transcript-page':
      return changeTranscript(state, input.interaction, (transcript) =>
        joinPage(transcript, input.of, input.page),
      );
    case 'transcript-changed':
      return changeTranscript(state, input.interaction, (transcript) =>
        input.change(transcript, state.cursor?.seq ?? 0),
      );
    case 'workbin-opened':
      return state.contents.has(input.workbin) ? state : withContents(state, input.workbin, EMPTY_CONTENTS);
    case 'workbin-closed':
      return { ...state, contents: withoutEntry(state.contents, input.workbin) };
    case 'workbin-page':
      return changeContents(state, input.workbin, (contents) => joinWorkbinPage(contents, input.page));
  }
}

function welcomed(
  state: WorkspaceState,
  { agent, epoch, policy, features = [] }: Extract<WorkspaceInput, { kind: 'welcome' }>,
): WorkspaceState {
  return { ...state, agent, epoch, policy, features };
}

function fromSnapshot(state: WorkspaceState, snapshot: Snapshot): WorkspaceState {
  return {
    ...advanced(state, snapshot.seq),
    agent: snapshot.agent,
    asOf: null,
    interactions: byId(snapshot.interactions),
    workbins: byId(snapshot.workbins),
    troubles: new Map((snapshot.troubles ?? []).map((health) => [health.channel, health])),
    // What came before may have a gap: whoever looks at it asks anew.
    transcripts: state.cursor?.epoch === state.epoch ? readAbove(state.transcripts, snapshot.seq) : new Map(),
    contents: new Map(),
  };
}

/** What somebody reads far from the gap stays as it is, and begins anew when the reader is back at the end. */
function readAbove(
  transcripts: ReadonlyMap<string, Transcript>,
  leftOut: number,
): ReadonlyMap<string, Transcript> {
  const read = [...transcripts].filter(([, { loaded, reading }]) => loaded && reading === 'above');
  return new Map(read.map(([id, transcript]) => [id, { ...transcript, cut: true, leftOut }]));
}

function fromCopy(copy: DeskCopy, pages: ReadonlyMap<string, TranscriptPage>): WorkspaceState {
  const { at, agent, policy, interactions, workbins } = copy;
  const transcripts = interactions.flatMap(({ id }) => {
    const page = pages.get(id);
    return page ? [[id, joinPage(openTranscript(id), id, page)] as const] : [];
  });
  return {
    ...EMPTY_STATE,
    agent,
    asOf: at,
    policy,
    interactions: byId(interactions),
    workbins: byId(workbins),
    transcripts: new Map(transcripts),
  };
}

function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((one) => [one.id, one]));
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
  'interaction-merged': true,
  'contact-changed': true,
  'session-started': true,
  'message-received': true,
  'message-sent': true,
  'delivery-changed': true,
  'message-changed': true,
  'agent-status-changed': true,
  'centre-changed': true,
  'channel-changed': true,
};

/** Whether this version can fold an event: by its type, which promises its body. */
export function isKnown(event: DomainEvent | UnknownEvent): event is DomainEvent {
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
    case 'centre-changed':
      return { ...state, policy: event.body.policy, workbins: withTeam(state.workbins, event.body.workbins) };
    case 'channel-changed':
      return { ...state, troubles: withHealth(state.troubles, event.body.channel) };
    case 'message-received':
    case 'message-sent':
      return appendTo(evolved(state, event), event.interaction, messageItem(event.body.message), event.seq);
    case 'session-started':
      return appendTo(evolved(state, event), event.interaction, sessionItem(event.body.session), event.seq);
    case 'delivery-changed': {
      const { message, delivery } = event.body;
      return changeTranscripts(evolved(state, event), event.interaction, (transcript) =>
        mergeDeliveryInto(transcript, message, delivery),
      );
    }
    case 'message-changed': {
      const { message, rev, change } = event.body;
      return changeTranscripts(evolved(state, event), event.interaction, (transcript) =>
        changeMessageIn(transcript, message, { rev, change }),
      );
    }
    case 'interaction-merged': {
      const { into } = event.body;
      const changed = {
        ...event,
        type: 'contact-changed',
        body: { interaction: into, fromWorkbin: null },
      } as const;
      return reread(reduceFact(reduceFact(state, event), changed), into.id);
    }
    default:
      return reduceFact(state, event);
  }
}

type FactEvent = Exclude<
  DomainEvent,
  {
    type:
      | 'agent-status-changed'
      | 'channel-changed'
      | 'centre-changed'
      | 'message-received'
      | 'message-sent'
      | 'message-changed'
      | 'session-started'
      | 'delivery-changed';
  }
>;

function withHealth(
  troubles: ReadonlyMap<string, ChannelHealth>,
  health: ChannelHealth,
): ReadonlyMap<string, ChannelHealth> {
  return health.trouble === null
    ? withoutEntry(troubles, health.channel)
    : withEntry(troubles, health.channel, health);
}

/** A fact that carries the interaction as it now is: it comes to this desk, stays, or leaves. */
function reduceFact(state: WorkspaceState, event: FactEvent): WorkspaceState {
  const { interaction } = event.body;
  const here = isHere(interaction, state.agent);
  return {
    ...state,
    interactions: here
      ? withEntry(state.interactions, interaction.id, interaction)
      : withoutEntry(state.interactions, interaction.id),
    transcripts: here ? state.transcripts : withoutEntry(state.transcripts, interaction.id),
    workbins: recounted(state.workbins, event),
    contents: refilled(state.contents, event),
  };
}

function readTranscript(state: WorkspaceState, interaction: string, at: ReadingPlace): WorkspaceState {
  const transcript = state.transcripts.get(interaction);
  if (!transcript) return state;
  const next = readAt(transcript, at);
  if (next === transcript) return state;
  return next ? withTranscript(state, interaction, next) : reread(state, interaction);
}

/** What the transcript has above it is another by now: whoever looks at it asks anew. */
function reread(state: WorkspaceState, interaction: string): WorkspaceState {
  return { ...state, transcripts: withoutEntry(state.transcripts, interaction) };
}

function isHere(interaction: Interaction, agent: Agent | null): boolean {
  return (interaction.offer?.agent ?? interaction.agent) === agent?.id;
}

function evolved(state: WorkspaceState, event: DomainEvent): WorkspaceState {
  const interaction = event.interaction === null ? undefined : state.interactions.get(event.interaction);
  // What is not on this desk may lie in a workbin that is being looked at.
  if (!interaction) return evolvedInWorkbins(state, event);
  const next = evolve(interaction, event);
  return next === interaction
    ? state
    : { ...state, interactions: withEntry(state.interactions, next.id, next) };
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

/** Changes what a message of an interaction may stand in: its own transcript, and those of later interactions that reach back to it. */
function changeTranscripts(
  state: WorkspaceState,
  interaction: string | null,
  change: (transcript: Transcript) => Transcript,
): WorkspaceState {
  let next = state;
  for (const [id, transcript] of state.transcripts) {
    if (interaction !== null && (id === interaction || holds(transcript, interaction)))
      next = changeTranscript(next, id, change);
  }
  return next;
}

function withTranscript(state: WorkspaceState, interaction: string, transcript: Transcript): WorkspaceState {
  return { ...state, transcripts: withEntry(state.transcripts, interaction, transcript) };
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
  return { ...state, contents: withEntry(state.contents, workbin, contents) };
}
