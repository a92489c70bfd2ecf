/** Frames and numbers of the socket protocol; protocol.ts says how they follow on each other. */
import type {
  Agent,
  Command,
  Cursor,
  DomainEvent,
  Policy,
  Query,
  Receipt,
  Refusal,
  ResultOf,
  Snapshot,
  UnknownEvent,
} from '../../model/index.js';

export const SUBPROTOCOL = 'whatsapp-workspace.v1';

/** Path of the socket on the gateway. */
export const SOCKET_PATH = '/v1/socket';

/** Why the gateway closed the socket. */
export const CloseCode = {
  /** The gateway stops or restarts: connect again. */
  restart: 1012,
  /** A frame did not fit the protocol. */
  badFrame: 4400,
  /** The token is missing, forged or has expired: nothing to try again until there is another one. */
  token: 4401,
  /** The page's origin is not on the list. */
  origin: 4403,
  /** No hello in time. */
  helloLate: 4408,
  /** The page reads too slowly: connect again and catch up by cursor. */
  slowConsumer: 4413,
} as const;

/** How often the gateway pings, in milliseconds. A client that has heard nothing for three of these may call the link lost. */
export const PING_INTERVAL = 20_000;

/** The largest frame that a client may send, in bytes: a text of 4,096 characters with its envelope, with room to spare. */
export const MAX_CLIENT_FRAME = 64 * 1024;

export type ClientFrame =
  | { readonly type: 'hello'; readonly token: string; readonly cursor: Cursor | null }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'query'; readonly id: string; readonly query: Query }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'pong' };

export type ServerFrame =
  | {
      readonly type: 'welcome';
      readonly agent: Agent;
      readonly issuer: string;
      readonly epoch: string;
      readonly head: number;
      readonly serverTime: number;
      readonly policy: Policy;
    }
  | { readonly type: 'reset'; readonly snapshot: Snapshot }
  | { readonly type: 'event'; readonly event: DomainEvent | UnknownEvent }
  | { readonly type: 'cursor'; readonly seq: number }
  | { readonly type: 'receipt'; readonly receipt: Receipt }
  | { readonly type: 'result'; readonly id: string; readonly ok: true; readonly result: ResultOf<Query> }
  | { readonly type: 'result'; readonly id: string; readonly ok: false; readonly error: Refusal }
  | { readonly type: 'ping' };

/** A frame that was read, or one English sentence about why it was refused. The sentence quotes nothing of what was sent. */
export type ParsedFrame<F> =
  { readonly ok: true; readonly frame: F } | { readonly ok: false; readonly sentence: string };
