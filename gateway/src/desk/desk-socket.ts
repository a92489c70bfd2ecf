import { setTimeout as wait } from 'node:timers/promises';
import type { Command, Cursor, Policy, Receipt } from 'whatsapp-workspace/model';
import {
  CloseCode,
  FEATURES,
  TEMPLATE_FEATURES,
  parseClientFrame,
  PING_INTERVAL,
  type ClientFrame,
  type GatewayQuery,
  type ServerFrame,
  type UnreadFrame,
} from 'whatsapp-workspace/protocol';
import { handleCommand } from '../commands/handle.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import type { Sources } from '../media/sources.js';
import type { ReadReceipts } from '../receipts/read-receipts.js';
import type { Metrics } from '../metrics.js';
import type { KnownTemplates } from '../templates/known-templates.js';
import { readAgent, registerAgent } from '../store/agents.js';
import { isUnavailable } from '../store/db.js';
import { readStream, type Stream } from '../store/events.js';
import type { Authenticator, Identity } from './auth.js';
import { DRAIN_INTERVAL, MAX_BUFFERED, PATIENCE, type Feeds, type Outlet } from './feed.js';
import type { Presence } from './presence.js';
import { answer, readSnapshot } from './queries.js';

/** The socket as this file needs it. */
export interface Wire {
  readonly bufferedAmount: number;
  send(data: string): void;
  close(code: number, reason: string): void;
  /** Drops the link without a closing handshake. */
  terminate(): void;
}

export interface DeskServices {
  readonly ledger: Ledger;
  readonly policy: Policy;
  readonly auth: Authenticator;
  readonly feeds: Feeds;
  readonly receipts: Pick<ReadReceipts, 'mark'>;
  readonly presence: Presence;
  /** Makes addresses of files. */
  readonly sources: Sources;
  readonly templates: KnownTemplates;
  readonly metrics: Metrics;
  readonly log: Log;
  /** An agent has come: somebody may be waiting. */
  readonly onJoin: () => void;
  /** The most desks of one agent here: every tab of a browser is one. */
  readonly desksPerAgent: number;
}

export const HELLO_TIMEOUT = 5000;
/** Before we know who it is: room for the longest token, and a cursor. */
export const MAX_HELLO_FRAME = 10 * 1024;
/** A desk that is further behind takes a snapshot: that is less than what it missed. */
export const MAX_REPLAY = 20_000;
/** How many frames of a desk may wait to be worked off. */
const MAX_WAITING = 256;
/** The same before we know who it is: the hello, and a token that was renewed meanwhile. */
const MAX_WAITING_UNKNOWN = 8;
/** How long somebody who is not known may take to say goodbye, in milliseconds: until then he takes a desk's place. */
const GOODBYE = 1000;
/** Nothing heard for so long: the link is dead, whatever TCP thinks. */
const SILENCE = PING_INTERVAL * 2.5;
const LONGEST_TIMER = 2 ** 31 - 1;

/** One desk's connection, from its hello to its end. */
export class DeskSocket {
  readonly #wire: Wire;
  readonly #services: DeskServices;
  readonly #hello: NodeJS.Timeout;
  readonly #ping: NodeJS.Timeout;
  #identity: Identity | null = null;
  #greeted = false;
  #expiry: NodeJS.Timeout | null = null;
  #heardAt: number;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #unfeed: (() => void) | null = null;
  #closed = false;
  #leaving = false;
  #dropped = false;

  constructor(wire: Wire, services: DeskServices) {
    this.#wire = wire;
    this.#services = services;
    this.#heardAt = performance.now();
    this.#hello = setTimeout(() => this.close(CloseCode.helloLate, 'No hello came in time.'), HELLO_TIMEOUT);
    this.#ping = setInterval(() => this.#onPingTime(), PING_INTERVAL);
  }

  /** A frame came. Commands and queries of one desk are worked off one after the other. */
  receive(text: string): void {
    if (this.#closed) return;
    this.#heardAt = performance.now();
    if (!this.#identity && Buffer.byteLength(text) > MAX_HELLO_FRAME) {
      return this.close(CloseCode.badFrame, 'The frame is too long for somebody who is not known yet.');
    }
    const parsed = parseClientFrame(text);
    if (!parsed.ok) return this.#onUnread(parsed);
    const { frame } = parsed;
    if (frame.type === 'pong') return;
    // Answered at once: whoever asks wants to know whether the link lives, not whether we are quick.
    if (frame.type === 'ping' && this.#identity)
      return this.#send({ type: 'pong', serverTime: this.#services.ledger.clock.now() });
    if ((frame.type === 'hello') === this.#greeted) {
      return this.close(CloseCode.badFrame, 'The first frame, and only that, must be a hello.');
    }
    this.#greeted = true;
    this.#enqueue(frame.type, frame.type === 'command', () => this.#handle(frame));
  }

  /** Ends the connection from this side. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#wire.close(code, reason.slice(0, 120));
    if (!this.#identity) setTimeout(() => this.#wire.terminate(), GOODBYE).unref();
    this.ended();
  }

  /** The connection has ended. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#hello);
    clearInterval(this.#ping);
    if (this.#expiry) clearTimeout(this.#expiry);
    this.#unfeed?.();
    if (this.#identity) void this.#services.presence.leave(this.#identity.agent);
  }

  /** Resolves when the frames that came before are worked off; queries that a full buffer holds up are dropped. */
  async idle(): Promise<void> {
    this.#leaving = true;
    await this.#work;
  }

  /** Works nothing off any more but what it has begun: a desk without a receipt sends its commands again, to whoever takes them. */
  drop(): void {
    this.#dropped = true;
  }

  /** A desk that is newer than we are must not be sent away for it, or it would come back with the same. */
  #onUnread({ from, kind, sentence }: UnreadFrame): void {
    if (!from || !this.#greeted) return this.close(CloseCode.badFrame, sentence);
    if (from === 'newer client') return;
    const error = { kind, sentence, retryable: false };
    const { ask, id } = from;
    // In its turn, as every answer.
    this.#enqueue(ask, false, () =>
      this.#send(
        ask === 'command'
          ? { type: 'receipt', receipt: { id, ok: false, error, seq: 0 } }
          : { type: 'result', id, ok: false, error },
      ),
    );
  }

  /** @param always Whether it is done also when the desk has gone meanwhile. */
  #enqueue(type: string, always: boolean, handle: () => void | Promise<void>): void {
    const most = this.#identity ? MAX_WAITING : MAX_WAITING_UNKNOWN;
    if (this.#waiting >= most) {
      if (this.#isCongested()) return this.close(CloseCode.slowConsumer, TOO_SLOW);
      return this.close(CloseCode.badFrame, 'Too many frames at once.');
    }
    this.#waiting++;
    this.#work = this.#work.then(async () => {
      this.#waiting--;
      try {
        if (!this.#dropped && (!this.#closed || always)) await handle();
      } catch (error) {
        this.#services.log.error('A frame of a desk could not be handled', {
          frame: type,
          ...errorFields(error),
        });
        this.close(CloseCode.restart, 'The gateway met an error.');
      }
    });
  }

  async #handle(frame: ClientFrame): Promise<void> {
    switch (frame.type) {
      case 'hello':
        return this.#onHello(frame.token, frame.cursor);
      case 'token':
        return this.#onToken(frame.token);
      case 'command':
        return this.#onCommand(frame.command);
      case 'query':
        return this.#onQuery(frame.id, frame.query);
      case 'ping':
      case 'pong':
        return;
    }
  }

  async #onHello(token: string, cursor: Cursor | null): Promise<void> {
    const { auth, ledger, feeds, presence, policy, templates, desksPerAgent, onJoin } = this.#services;
    const identity = await auth.identify(token);
    if (this.#closed) return;
    if (!identity) return this.close(CloseCode.token, TOKEN_REFUSED);
    clearTimeout(this.#hello);
    await registerAgent(ledger.db, identity.agent, identity.name);
    if (presence.socketsOf(identity.agent) >= desksPerAgent)
      return this.close(CloseCode.tooManyDesks, TOO_MANY);
    await presence.join(identity.agent);
    // From here on leaving must be told.
    this.#identity = identity;
    if (this.#closed) return void presence.leave(identity.agent);
    this.#watchExpiry(identity.expiresAt);
    onJoin();
    const stream = await readStream(ledger.db);
    const agent = await readAgent(ledger.db, identity.agent);
    if (!agent) throw new Error('An agent is gone who was just registered.');
    const { epoch, head } = stream;
    const serverTime = ledger.clock.now();
    this.#send({
      type: 'welcome',
      agent,
      issuer: identity.issuer,
      epoch,
      head,
      serverTime,
      policy,
      features: templates.isConfigured ? [...FEATURES, ...TEMPLATE_FEATURES] : FEATURES,
      tokenExpiresAt: identity.expiresAt,
    });
    const after = canResume(cursor, stream) ? cursor.seq : await this.#reset(identity.agent);
    if (this.#closed) return;
    const unfeed = feeds.add(identity.agent, this.#outlet(), after, epoch);
    // It may have been sent away at once.
    if (this.#closed) unfeed();
    else this.#unfeed = unfeed;
  }

  #outlet(): Outlet {
    const wire = this.#wire;
    return {
      get bufferedAmount() {
        return wire.bufferedAmount;
      },
      send: (frame) => wire.send(frame),
      outdated: () => this.close(CloseCode.restart, 'The log begins anew.'),
      tooSlow: () => {
        this.close(CloseCode.slowConsumer, TOO_SLOW);
        // It would not read that either.
        wire.terminate();
      },
    };
  }

  /** Sends everything. Returns the place of the log at which it was so. */
  async #reset(agent: string): Promise<number> {
    const snapshot = await readSnapshot(this.#services.ledger.db, agent);
    this.#send({ type: 'reset', snapshot });
    return snapshot.seq;
  }

  async #onToken(token: string): Promise<void> {
    const identity = await this.#services.auth.identify(token);
    if (identity?.agent !== this.#identity?.agent || !identity)
      return this.close(CloseCode.token, TOKEN_REFUSED);
    this.#watchExpiry(identity.expiresAt);
    this.#send({ type: 'token', expiresAt: identity.expiresAt });
  }

  async #onCommand(command: Command): Promise<void> {
    const { ledger, metrics, log } = this.#services;
    if (!this.#identity) return;
    if (command.name === 'mark-read') {
      // No fact, and nothing to wait for.
      this.#services.receipts.mark(this.#identity.agent, command.args);
      return this.#send({ type: 'receipt', receipt: { id: command.id, ok: true, seq: 0, result: null } });
    }
    let receipt: Receipt;
    try {
      receipt = await handleCommand(ledger, this.#services, this.#identity.agent, command);
      metrics.commands.add(1, receipt.ok ? 'ok' : receipt.error.kind);
    } catch (reason) {
      // What met an error of ours would meet it again, and hold up what the desk wants to say after it.
      const error = isUnavailable(reason) ? UNAVAILABLE : BROKEN;
      metrics.commands.add(1, error.kind);
      log[error.retryable ? 'warn' : 'error']('A command could not be carried out', {
        command: command.name,
        ...errorFields(reason),
      });
      receipt = { id: command.id, ok: false, error, seq: 0 };
    }
    this.#send({ type: 'receipt', receipt });
  }

  async #onQuery(id: string, query: GatewayQuery): Promise<void> {
    const { ledger, log } = this.#services;
    if (!this.#identity || !(await this.#drained())) return;
    try {
      const outcome = await answer(ledger, this.#identity.agent, query, this.#services);
      this.#send({ type: 'result', id, ...outcome });
    } catch (error) {
      log.warn('A query could not be answered', { query: query.name, ...errorFields(error) });
      this.#send({ type: 'result', id, ok: false, error: UNAVAILABLE });
    }
  }

  /** Answers are long: nothing more is asked of the database for a desk that has not read what it got. Returns whether it has. */
  async #drained(): Promise<boolean> {
    const since = performance.now();
    while (this.#isCongested() && !this.#closed && !this.#leaving) {
      if (performance.now() - since > PATIENCE) {
        this.close(CloseCode.slowConsumer, TOO_SLOW);
        // It would not read that either.
        this.#wire.terminate();
        return false;
      }
      await wait(DRAIN_INTERVAL);
    }
    return !this.#closed && !this.#isCongested();
  }

  #isCongested(): boolean {
    return this.#wire.bufferedAmount > MAX_BUFFERED;
  }

  #send(frame: ServerFrame): void {
    if (!this.#closed) this.#wire.send(JSON.stringify(frame));
  }

  #watchExpiry(expiresAt: number): void {
    if (this.#expiry) clearTimeout(this.#expiry);
    const left = expiresAt - this.#services.ledger.clock.now();
    const end = () => this.close(CloseCode.token, 'The token has expired.');
    this.#expiry = setTimeout(end, Math.min(Math.max(left, 0), LONGEST_TIMER));
  }

  #onPingTime(): void {
    if (performance.now() - this.#heardAt > SILENCE) {
      this.#wire.terminate();
      this.ended();
    } else if (this.#identity) {
      this.#send({ type: 'ping' });
    }
  }
}

const TOKEN_REFUSED = 'The token is missing, forged, has expired, or names no agent.';
const TOO_SLOW = 'The page reads too slowly.';
const TOO_MANY = 'The agent has as many desks open as are allowed: close one.';

const UNAVAILABLE = {
  kind: 'unavailable',
  sentence: 'The gateway cannot reach its database now.',
  retryable: true,
} as const;

const BROKEN = {
  kind: 'invalid',
  sentence: 'The gateway met an error and did nothing.',
  retryable: false,
} as const;

function canResume(cursor: Cursor | null, { epoch, head, floor }: Stream): cursor is Cursor {
  if (!cursor || cursor.epoch !== epoch) return false;
  return cursor.seq >= floor && cursor.seq <= head && head - cursor.seq <= MAX_REPLAY;
}
