import type {
  Command,
  CommandArgs,
  CommandName,
  Cursor,
  Queries,
  Query,
  QueryName,
  TextContent,
} from '../../model/index.js';
import { MAX_CLIENT_FRAME } from './frames.js';
import type { ClientFrame, ParsedFrame } from './frames.js';
import {
  identifier,
  integer,
  nullable,
  object,
  oneOf,
  optional,
  own,
  prose,
  readJson,
  record,
  string,
  tagged,
} from './shape.js';
import type { Shape } from './shape.js';

const MAX_TOKEN = 8 * 1024;
const MAX_PAGE = 200;
// More than WhatsApp takes, so that a text which is merely too long gets the refusal that says so, with its count; and little enough that it fits
// into a frame however it is escaped.
const MAX_TEXT = 10_000;
const MAX_REASON = 200;

const id = identifier(128);
// "personal:" and the agent's id.
const workbin = identifier(160);
const token = string(MAX_TOKEN);
const limit = integer(1, MAX_PAGE);

const cursor = object<Cursor>({ epoch: id, seq: integer(0) });
const textContent = object<TextContent>({ kind: oneOf('text'), text: prose(MAX_TEXT) });
const onInteraction = object<{ readonly interaction: string }>({ interaction: id });

const commandArgs: { readonly [N in CommandName]: Shape<CommandArgs[N]> } = {
  'accept-interaction': onInteraction,
  'reject-interaction': onInteraction,
  'open-interaction': onInteraction,
  'move-to-workbin': object<CommandArgs['move-to-workbin']>({ interaction: id, workbin }),
  'mark-done': onInteraction,
  'send-message': object<CommandArgs['send-message']>({ interaction: id, content: textContent }),
  'set-agent-status': object<CommandArgs['set-agent-status']>({
    status: oneOf('ready', 'not-ready'),
    reason: nullable(prose(MAX_REASON)),
  }),
};

const queryArgs: { readonly [N in QueryName]: Shape<Queries[N]['args']> } = {
  transcript: object<Queries['transcript']['args']>({ interaction: id, before: nullable(id), limit }),
  workbin: object<Queries['workbin']['args']>({ workbin, after: nullable(id), limit }),
};

const command = tagged<Command>(
  'name',
  Object.fromEntries(Object.entries(commandArgs).map(([name, args]) => [name, commandShape(name, args)])),
);

const query = tagged<Query>(
  'name',
  Object.fromEntries(Object.entries(queryArgs).map(([name, args]) => [name, queryShape(name, args)])),
);

const clientFrame = tagged<ClientFrame>('type', {
  hello: object<FrameOf<'hello'>>({ type: oneOf('hello'), token, cursor: nullable(cursor) }),
  command: object<FrameOf<'command'>>({ type: oneOf('command'), command }),
  query: object<FrameOf<'query'>>({ type: oneOf('query'), id, query }),
  token: object<FrameOf<'token'>>({ type: oneOf('token'), token }),
  pong: object<FrameOf<'pong'>>({ type: oneOf('pong') }),
} satisfies { readonly [T in ClientFrame['type']]: Shape<FrameOf<T>> });

/**
 * Reads a frame that a client sent; for the gateway. Strict: unknown frames, commands and queries, missing fields and wrong types are refused, lengths
 * are bounded. Fields that are not part of the protocol do not come through.
 */
export function parseClientFrame(text: string): ParsedFrame<ClientFrame> {
  if (text.length > MAX_CLIENT_FRAME) {
    return { ok: false, sentence: `The frame is longer than ${MAX_CLIENT_FRAME} bytes.` };
  }
  const reading = readJson(clientFrame, text, 'frame');
  return reading.ok ? { ok: true, frame: reading.value } : reading;
}

type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { readonly type: T }>;

function commandShape(name: string, args: Shape<CommandArgs[CommandName]>): Shape<Command> {
  // The table pairs names and arguments; this level cannot say so in types.
  const shape = object<Omit<Command, 'name'>>({ id, args, ifVersion: optional(integer(0)) });
  return (value, at) => ({ name, ...shape(value, at) }) as Command;
}

function queryShape(name: string, args: Shape<Queries[QueryName]['args']>): Shape<Query> {
  return (value, at) => ({ name, args: args(own(record(value, at), 'args'), `${at}.args`) }) as Query;
}
