/** Frames and numbers of the socket protocol; protocol.ts says how they follow on each other. */
import type {
  Agent,
  Command,
  Cursor,
  DomainEvent,
  Policy,
  Queries,
  Receipt,
  Refusal,
  Snapshot,
  UnknownEvent,
} from '../../model/index.js';

export const SUBPROTOCOL = 'whatsapp-workspace.v1';

/** Path of the socket on the gateway. */
export const SOCKET_PATH = '/v1/socket';

/** Why the gateway closed the socket. To a desk that does not know a code the link was lost: it backs off. */
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
  /** The agent has as many desks open as are allowed: one more is let in when another has gone. */
  tooManyDesks: 4429,
} as const;

/** How often the gateway pings, in milliseconds. A client that has heard nothing for three of these may call the link lost. */
export const PING_INTERVAL = 20_000;

/** The largest frame that a client may send, in bytes: a text of 4,096 characters with its envelope, with room to spare. */
export const MAX_CLIENT_FRAME = 64 * 1024;

/** What this version of the gateway can do, as its welcome says. A client sends `ping` only to a gateway that has the feature. */
export const FEATURES: readonly string[] = [
  'ping',
  'send-text',
  'send-media',
  'send-reaction',
  'forward-media',
  'send-location',
  'send-contacts',
  'send-interactive',
  'mark-read',
  'upload',
  'media',
  'transcript-parts',
  'transcript-search',
  'responses',
  'favourite-responses',
];

/** What it can do beside that where it knows whose templates its numbers use. */
export const TEMPLATE_FEATURES: readonly string[] = ['send-template', 'templates'];

/** Where a file is to be had from without a token, for a while. Paths start from the gateway's own address. */
export interface SignedSource {
  readonly path: string;
  /** The same file as something to keep, under its name. */
  readonly savePath: string;
  /** Until when, in milliseconds since the epoch by the gateway's clock. */
  readonly until: number;
}

/** What a desk asks this gateway, beside what every contact centre is asked. */
export interface GatewayQueries extends Queries {
  /** Where a file is to be had from, by whoever may read a message that names it, or has brought it. */
  'media-source': { args: { readonly media: string }; result: SignedSource };
}

export type GatewayQuery = {
  [N in keyof GatewayQueries]: { readonly name: N; readonly args: GatewayQueries[N]['args'] };
}[keyof GatewayQueries];

export type ClientFrame =
  | { readonly type: 'hello'; readonly token: string; readonly cursor: Cursor | null }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'query'; readonly id: string; readonly query: GatewayQuery }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'ping' }
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
      readonly features: readonly string[];
      /** When the token that came with the hello ends, in milliseconds since the epoch; null when that is not told. */
      readonly tokenExpiresAt: number | null;
    }
  | { readonly type: 'reset'; readonly snapshot: Snapshot }
  | { readonly type: 'event'; readonly event: DomainEvent | UnknownEvent }
  | { readonly type: 'cursor'; readonly seq: number }
  | { readonly type: 'receipt'; readonly receipt: AnyReceipt }
  | { readonly type: 'result'; readonly id: string; readonly ok: true; readonly result: unknown }
  | { readonly type: 'result'; readonly id: string; readonly ok: false; readonly error: Refusal }
  | { readonly type: 'ping' }
  | { readonly type: 'pong'; readonly serverTime: number }
  /** A fresh token was taken. */
  | { readonly type: 'token'; readonly expiresAt: number };

/** What a client reads: a frame of a type that it does not know is `later`, and says nothing to it. */
export type ReceivedFrame = ServerFrame | { readonly type: 'later' };

/** A receipt whose result nobody has read yet: which shape it has depends on the command. */
export type AnyReceipt =
  | (Omit<Extract<Receipt, { ok: true }>, 'result'> & { readonly result: unknown })
  | Extract<Receipt, { ok: false }>;

/** A frame that was read, or one English sentence about why it was refused. The sentence quotes nothing of what was sent. */
export type ParsedFrame<F> =
  { readonly ok: true; readonly frame: F } | { readonly ok: false; readonly sentence: string };
