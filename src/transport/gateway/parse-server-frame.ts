import { unfitEvent } from '../../model/index.js';
import type {
  DomainEvent,
  EventBodies,
  EventType,
  InteractionFact,
  UnknownEvent,
} from '../../model/index.js';
import type { ParsedFrame, ReceivedFrame, ServerFrame } from './frames.js';
import {
  agent,
  channelHealth,
  failureNotice,
  interaction,
  literally,
  mergedContacts,
  policy,
  receipt,
  refusal,
  session,
  snapshotWith,
  teamWorkbins,
  seq,
} from './model-shapes.js';
import { delivery, message, messageChanged } from './message-shapes.js';
import {
  anything,
  list,
  nullable,
  number,
  object,
  optional,
  orElse,
  own,
  read,
  readJson,
  record,
  string as text,
  stringOrNull as textOrNull,
  tag,
  tagged,
} from './shape.js';
import type { Shape } from './shape.js';

const fact = { interaction, fromWorkbin: textOrNull };
const plainFact = object<InteractionFact>(fact);

const bodies: { readonly [T in EventType]: Shape<EventBodies[T]> } = {
  'interaction-created': plainFact,
  'interaction-queued': object<EventBodies['interaction-queued']>({
    ...fact,
    cause: text,
  }),
  'interaction-offered': plainFact,
  'interaction-assigned': object<EventBodies['interaction-assigned']>({
    ...fact,
    cause: text,
  }),
  'interaction-parked': plainFact,
  'interaction-done': plainFact,
  'interaction-merged': object<EventBodies['interaction-merged']>({
    ...fact,
    into: interaction,
    contacts: optional(mergedContacts),
  }),
  'contact-changed': plainFact,
  'session-started': object({ session }),
  'message-received': object({ message }),
  'message-sent': object({ message }),
  'delivery-changed': object<EventBodies['delivery-changed']>({
    message: text,
    delivery,
    notice: optional(failureNotice),
    relieved: optional(text),
  }),
  'message-changed': messageChanged,
  'agent-status-changed': object({ agent }),
  'centre-changed': object<EventBodies['centre-changed']>({
    policy,
    workbins: teamWorkbins,
  }),
  'channel-changed': object({ channel: channelHealth }),
};

const envelope = object<UnknownEvent>({
  seq,
  id: text,
  type: text,
  at: number,
  interaction: textOrNull,
  actor: textOrNull,
  command: textOrNull,
  body: anything,
});

/** An event whose type this version knows has a body that fits it, or is told as one that is not known; any other keeps its body as it came. */
const event: Shape<DomainEvent | UnknownEvent> = (value, at) => {
  const plain = envelope({ body: null, ...record(value, at) }, at);
  if (!Object.hasOwn(bodies, plain.type)) return plain;
  const shape: Shape<EventBodies[EventType]> = bodies[plain.type as EventType];
  const body = read(shape, withPresentNames(plain.body), `${at}.body`);
  return body.ok ? ({ ...plain, body: body.value } as DomainEvent) : unfitEvent(plain);
};

/** The first version called it `left`. */
function withPresentNames(body: unknown): unknown {
  const isFormer = typeof body === 'object' && body !== null && 'left' in body;
  return isFormer ? { fromWorkbin: body.left, ...body } : body;
}

const serverFrames: { readonly [T in ServerFrame['type']]: Shape<FrameOf<T>> } = {
  welcome: object<FrameOf<'welcome'>>({
    type: tag,
    agent,
    issuer: text,
    epoch: text,
    head: seq,
    serverTime: number,
    policy: (value, at) => policy(value ?? {}, at),
    features: orElse(list(text), []),
    tokenExpiresAt: orElse(nullable(number), null),
  }),
  reset: object<FrameOf<'reset'>>({ type: tag, snapshot: snapshotWith(event) }),
  event: object<FrameOf<'event'>>({ type: tag, event }),
  cursor: object<FrameOf<'cursor'>>({ type: tag, seq }),
  receipt: object<FrameOf<'receipt'>>({ type: tag, receipt }),
  result: (value, at) => (own(record(value, at), 'ok') === true ? answered(value, at) : refused(value, at)),
  ping: object<FrameOf<'ping'>>({ type: tag }),
  pong: object<FrameOf<'pong'>>({ type: tag, serverTime: number }),
  token: object<FrameOf<'token'>>({ type: tag, expiresAt: number }),
};

const serverFrame = tagged<ReceivedFrame>('type', serverFrames, () => ({ type: 'later' }));

const answered = object<Extract<FrameOf<'result'>, { ok: true }>>({
  type: tag,
  id: text,
  ok: literally(true),
  result: (value = null) => value,
});

const refused = object<Extract<FrameOf<'result'>, { ok: false }>>({
  type: tag,
  id: text,
  ok: literally(false),
  error: refusal,
});

/**
 * Reads a frame that the gateway sent; for the browser. What comes out can be folded without a check: the bodies of known events fit their types. What a
 * later gateway may add stays visible: events of unknown types pass as they are, unknown kinds of content become `unsupported`, unknown items of a
 * transcript become `unknown-event`, known ones that do not fit as well. A frame of an unknown type is `later`. The results of queries and commands
 * are left as they came: `readResult` and `readCommandResult` read them by name.
 */
export function parseServerFrame(json: string): ParsedFrame<ReceivedFrame> {
  const reading = readJson(serverFrame, json, 'frame');
  return reading.ok ? { ok: true, frame: reading.value } : reading;
}

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { readonly type: T }>;
