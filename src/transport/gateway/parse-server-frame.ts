import type {
  DomainEvent,
  EventBodies,
  EventType,
  InteractionFact,
  UnknownEvent,
} from '../../model/index.js';
import type { ParsedFrame, ServerFrame } from './frames.js';
import {
  agent,
  delivery,
  interaction,
  literally,
  message,
  policy,
  receipt,
  refusal,
  session,
  snapshot,
  transcriptPage,
  workbinPage,
} from './model-shapes.js';
import {
  anything,
  either,
  integer,
  nullable,
  number,
  object,
  oneOf,
  own,
  readJson,
  record,
  string,
  tagged,
} from './shape.js';
import type { Shape } from './shape.js';

const text = string();
const textOrNull = nullable(text);
const seq = integer(0);

const fact = { interaction, left: textOrNull };
const plainFact = object<InteractionFact>(fact);

const bodies: { readonly [T in EventType]: Shape<EventBodies[T]> } = {
  'interaction-created': plainFact,
  'interaction-queued': object<EventBodies['interaction-queued']>({
    ...fact,
    cause: oneOf('contact-wrote', 'rejected', 'offer-expired', 'agent-left'),
  }),
  'interaction-offered': plainFact,
  'interaction-assigned': object<EventBodies['interaction-assigned']>({
    ...fact,
    cause: oneOf('accepted', 'opened'),
  }),
  'interaction-parked': plainFact,
  'interaction-done': plainFact,
  'contact-changed': plainFact,
  'session-started': object({ session }),
  'message-received': object({ message }),
  'message-sent': object({ message }),
  'delivery-changed': object({ message: text, delivery }),
  'agent-status-changed': object({ agent }),
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

/** An event whose type this version knows has a body that fits it; any other keeps its body as it came. */
const event: Shape<DomainEvent | UnknownEvent> = (value, at) => {
  const read = envelope({ body: null, ...record(value, at) }, at);
  if (!Object.hasOwn(bodies, read.type)) return read;
  const body = bodies[read.type as EventType](read.body, `${at}.body`);
  return { ...read, body } as DomainEvent;
};

const serverFrame = tagged<ServerFrame>('type', {
  welcome: object<FrameOf<'welcome'>>({
    type: oneOf('welcome'),
    agent,
    issuer: text,
    epoch: text,
    head: seq,
    serverTime: number,
    policy,
  }),
  reset: object<FrameOf<'reset'>>({ type: oneOf('reset'), snapshot }),
  event: object<FrameOf<'event'>>({ type: oneOf('event'), event }),
  cursor: object<FrameOf<'cursor'>>({ type: oneOf('cursor'), seq }),
  receipt: object<FrameOf<'receipt'>>({ type: oneOf('receipt'), receipt }),
  result: (value, at) => (own(record(value, at), 'ok') === true ? answered(value, at) : refused(value, at)),
  ping: object<FrameOf<'ping'>>({ type: oneOf('ping') }),
} satisfies { readonly [T in ServerFrame['type']]: Shape<FrameOf<T>> });

const answered = object<Extract<FrameOf<'result'>, { ok: true }>>({
  type: oneOf('result'),
  id: text,
  ok: literally(true),
  result: either(transcriptPage, workbinPage),
});

const refused = object<Extract<FrameOf<'result'>, { ok: false }>>({
  type: oneOf('result'),
  id: text,
  ok: literally(false),
  error: refusal,
});

/**
 * Reads a frame that the gateway sent; for the browser. What comes out can be folded without a check: the bodies of known events fit their types. What a
 * later gateway may add stays visible: events of unknown types pass as they are, unknown kinds of content become `unsupported`, unknown items of a
 * transcript become `unknown-event`.
 */
export function parseServerFrame(json: string): ParsedFrame<ServerFrame> {
  const reading = readJson(serverFrame, json, 'frame');
  return reading.ok ? { ok: true, frame: reading.value } : reading;
}

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { readonly type: T }>;
