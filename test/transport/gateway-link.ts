import assert from 'node:assert/strict';

import type { Observable, Subscription } from 'rxjs';
import { DEFAULT_POLICY } from '../../src/model/index.js';
import type { Command, Cursor, Receipt, TranscriptPage } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportErrorKind, TransportFrame } from '../../src/transport/adapter.js';
import { gatewayTransport } from '../../src/transport/gateway/index.js';
import type { GatewayOptions } from '../../src/transport/gateway/index.js';

import type { ServerFrame } from '../../src/transport/gateway/protocol.js';
import { NOON, aMessage, anAgent, anEvent, anInteraction } from '../support/builders.js';
import { fakeSockets } from './fake-socket.js';
import { SleepyTime } from './virtual-time.js';

export const WELCOME: ServerFrame = {
  type: 'welcome',
  agent: anAgent(),
  issuer: 'acme',
  epoch: 'e1',
  head: 5,
  serverTime: NOON,
  policy: DEFAULT_POLICY,
  features: ['ping', 'send-text'],
  tokenExpiresAt: NOON + 3_600_000,
};
export const RESET: ServerFrame = {
  type: 'reset',
  snapshot: { seq: 5, agent: anAgent(), interactions: [anInteraction()], workbins: [] },
};
export const COMMAND: Command = { id: 'c1', name: 'mark-done', args: { interaction: 'interaction-1' } };
export const RECEIPT: Receipt = { id: 'c1', ok: true, seq: 6, result: null };
export const PAGE: TranscriptPage = {
  items: [],
  next: null,
  cursor: { epoch: 'e1', seq: 5 },
};
export const TRANSCRIPT = {
  name: 'transcript',
  args: { interaction: 'interaction-1', before: null, limit: 50 },
} as const;

export function eventFrame(seq: number): ServerFrame {
  const draft = anEvent('message-received', { message: aMessage({ id: `m${seq}` }) });
  return { type: 'event', event: { ...draft, seq, id: `e${seq}` } };
}

/** An adapter on fake sockets, and what one connection brought. */
export function setUp(options: Partial<GatewayOptions> = {}) {
  const time = new SleepyTime();
  const { Socket, opened } = fakeSockets();
  const adapter = gatewayTransport({
    url: 'https://crm.example/whatsapp',
    token: 'first',
    WebSocket: Socket,
    scheduler: time,
    ...options,
  });
  const frames: TransportFrame[] = [];
  const errors: TransportError[] = [];
  const connect = (cursor: Cursor | null = null): Subscription =>
    adapter.connect(cursor).subscribe({
      next: (frame) => frames.push(frame),
      error: (error: unknown) => {
        assert.ok(error instanceof TransportError);
        errors.push(error);
      },
      complete: () => assert.fail('a connection never completes by itself'),
    });
  const socket = () => {
    const last = opened.at(-1);
    assert.ok(last, 'no socket was opened');
    return last;
  };
  /** Connects as far as the snapshot. */
  const online = (): Subscription => {
    const subscription = connect();
    socket().open();
    socket().says(WELCOME);
    socket().says(RESET);
    return subscription;
  };
  return { time, adapter, opened, frames, errors, connect, socket, online };
}

/** What became of one answer. */
export function outcomeOf<T>(source: Observable<T>) {
  const outcome: { values: T[]; error: unknown; completed: boolean; subscription: Subscription | null } = {
    values: [],
    error: null,
    completed: false,
    subscription: null,
  };
  outcome.subscription = source.subscribe({
    next: (value: T) => outcome.values.push(value),
    error: (error: unknown) => (outcome.error = error),
    complete: () => (outcome.completed = true),
  });
  return outcome;
}

export function kindOf(error: unknown): TransportErrorKind | null {
  return error instanceof TransportError ? error.kind : null;
}
