import { SEARCH_LIMIT } from '../../model/index.js';
import type { Command, CommandArgs, CommandName, Cursor, PartPlace } from '../../model/index.js';
import { MAX_CLIENT_FRAME } from './frames.js';
import type { ClientFrame, GatewayQueries, GatewayQuery } from './frames.js';
import { batch, outboundContent } from './outbound-shapes.js';
import {
  anything,
  bool,
  identifier,
  integer,
  integerUpTo,
  nullable,
  object,
  oneOf,
  optional,
  own,
  presentOnly,
  prose,
  read,
  readJson,
  record,
  string,
  stringUpTo,
  tagged,
} from './shape.js';
import type { Reading, Shape } from './shape.js';

const MAX_TOKEN = 8 * 1024;
const MAX_PAGE = 200;
const MAX_REASON = 200;
/** BCP 47: the longest tag that anybody uses. */
const MAX_LANGUAGE = 35;

const id = identifier(128);
// "personal:" and the agent's id.
const workbin = identifier(160);
// An id with what a gateway needs to find its place again.
const place = identifier(160);
const token = stringUpTo(MAX_TOKEN);
const limit = integerUpTo(1, MAX_PAGE);

const cursor = object<Cursor>({ epoch: id, seq: integer(0) });
const onInteraction = object<{ readonly interaction: string }>({ interaction: id });

const commandArgs: { readonly [N in CommandName]: Shape<CommandArgs[N]> } = {
  'accept-interaction': onInteraction,
  'reject-interaction': onInteraction,
  'open-interaction': onInteraction,
  'move-to-workbin': object<CommandArgs['move-to-workbin']>({ interaction: id, workbin }),
  'mark-done': onInteraction,
  'send-message': object<CommandArgs['send-message']>({
    interaction: id,
    content: outboundContent,
    replyTo: presentOnly(id),
    batch: presentOnly(batch),
  }),
  'set-favourite-response': object<CommandArgs['set-favourite-response']>({ response: id, favourite: bool }),
  'note-response-used': object<CommandArgs['note-response-used']>({ response: id }),
  'mark-read': object<CommandArgs['mark-read']>({ interaction: id, message: id, typing: bool }),
  'set-agent-status': object<CommandArgs['set-agent-status']>({
    status: oneOf('ready', 'not-ready'),
    reason: nullable(prose(MAX_REASON)),
  }),
};

const queryArgs: { readonly [N in keyof GatewayQueries]: Shape<GatewayQueries[N]['args']> } = {
  transcript: object<GatewayQueries['transcript']['args']>({ interaction: id, before: nullable(id), limit }),
  'transcript-part': object<GatewayQueries['transcript-part']['args']>({
    interaction: id,
    place: tagged<PartPlace>('kind', {
      around: object<PartPlace>({ kind: oneOf('around'), item: id }),
      at: object<PartPlace>({ kind: oneOf('at'), at: integer(0) }),
      below: object<PartPlace>({ kind: oneOf('below'), item: nullable(id) }),
    }),
    limit,
  }),
  'transcript-search': object<GatewayQueries['transcript-search']['args']>({
    interaction: id,
    text: prose(SEARCH_LIMIT),
    after: nullable(place),
    limit,
  }),
  responses: object<GatewayQueries['responses']['args']>({
    text: stringUpTo(SEARCH_LIMIT),
    match: oneOf('all', 'any', 'phrase'),
    category: nullable(id),
    language: nullable(identifier(MAX_LANGUAGE)),
    of: presentOnly(oneOf('favourites', 'recent')),
    after: nullable(place),
    limit,
  }),
  templates: object<GatewayQueries['templates']['args']>({
    interaction: id,
    text: stringUpTo(SEARCH_LIMIT),
    after: nullable(place),
    limit,
  }),
  'response-categories': object<GatewayQueries['response-categories']['args']>({}),
  'media-source': object<GatewayQueries['media-source']['args']>({ media: id }),
  workbin: object<GatewayQueries['workbin']['args']>({ workbin, after: nullable(place), limit }),
};

const command = tagged<Command>(
  'name',
  Object.fromEntries(Object.entries(commandArgs).map(([name, args]) => [name, commandShape(name, args)])),
);

const query = tagged<GatewayQuery>(
  'name',
  Object.fromEntries(Object.entries(queryArgs).map(([name, args]) => [name, queryShape(name, args)])),
);

const clientFrames: { readonly [T in ClientFrame['type']]: Shape<FrameOf<T>> } = {
  hello: object<FrameOf<'hello'>>({ type: oneOf('hello'), token, cursor: nullable(cursor) }),
  command: object<FrameOf<'command'>>({ type: oneOf('command'), command }),
  query: object<FrameOf<'query'>>({ type: oneOf('query'), id, query }),
  token: object<FrameOf<'token'>>({ type: oneOf('token'), token }),
  ping: object<FrameOf<'ping'>>({ type: oneOf('ping') }),
  pong: object<FrameOf<'pong'>>({ type: oneOf('pong') }),
};

const clientFrame = tagged<ClientFrame>('type', clientFrames);

/** What to say to who sent a frame that cannot be read: a refusal of a command, or of a query or anything else with an id. */
export interface UnreadFrame {
  readonly ok: false;
  readonly sentence: string;
  /** null when the frame is garbage: then nothing that follows can be trusted. */
  readonly from: 'newer client' | { readonly ask: 'command' | 'query'; readonly id: string } | null;
  readonly kind: 'unsupported' | 'invalid';
}

/**
 * Reads a frame that a client sent; for the gateway. Strict: unknown frames, commands and queries, missing fields and wrong types are refused, lengths
 * are bounded. Fields that are not part of the protocol do not come through.
 */
export function parseClientFrame(text: string): { ok: true; frame: ClientFrame } | UnreadFrame {
  if (text.length > MAX_CLIENT_FRAME) {
    const sentence = `The frame is longer than ${MAX_CLIENT_FRAME} bytes.`;
    return { ok: false, sentence, from: null, kind: 'invalid' };
  }
  const json = readJson(anything, text, 'frame');
  if (!json.ok) return { ...json, from: null, kind: 'invalid' };
  const reading = read(clientFrame, json.value, 'frame');
  return reading.ok
    ? { ok: true, frame: reading.value }
    : { ...reading, ...senderOf(read(loose, json.value, 'frame')) };
}

/** As much of a frame as says whom to answer. */
const loose = object<LooseFrame>({
  type: string,
  id: optional(id),
  command: optional(object({ id, name: string })),
  query: optional(object({ name: string })),
});

interface LooseFrame {
  readonly type: string;
  readonly id?: string | undefined;
  readonly command?: { readonly id: string; readonly name: string } | undefined;
  readonly query?: { readonly name: string } | undefined;
}

function senderOf(reading: Reading<LooseFrame>): Pick<UnreadFrame, 'from' | 'kind'> {
  if (!reading.ok) return { from: null, kind: 'invalid' };
  const { type, id: asked, command: asking, query: question } = reading.value;
  if (type === 'command' && asking) {
    return { from: { ask: 'command', id: asking.id }, kind: kindOf(commandArgs, asking.name) };
  }
  if (type === 'query' && asked !== undefined && question) {
    return { from: { ask: 'query', id: asked }, kind: kindOf(queryArgs, question.name) };
  }
  if (Object.hasOwn(clientFrames, type)) return { from: null, kind: 'invalid' };
  return { from: asked === undefined ? 'newer client' : { ask: 'query', id: asked }, kind: 'unsupported' };
}

function kindOf(known: object, name: string): UnreadFrame['kind'] {
  return Object.hasOwn(known, name) ? 'invalid' : 'unsupported';
}

type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { readonly type: T }>;

function commandShape(name: string, args: Shape<CommandArgs[CommandName]>): Shape<Command> {
  // The table pairs names and arguments; this level cannot say so in types.
  const shape = object<Omit<Command, 'name'>>({ id, args, ifVersion: optional(integer(0)) });
  return (value, at) => ({ name, ...shape(value, at) }) as Command;
}

function queryShape(
  name: string,
  args: Shape<GatewayQueries[keyof GatewayQueries]['args']>,
): Shape<GatewayQuery> {
  return (value, at) => ({ name, args: args(own(record(value, at), 'args'), `${at}.args`) }) as GatewayQuery;
}
