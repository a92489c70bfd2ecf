import { isAddressed, type DomainEvent } from 'whatsapp-workspace/model';
import type { Tail } from '../events/tail.js';
import { errorFields, type Log } from '../log.js';
import { Runner } from '../runner.js';
import type { Db } from '../store/db.js';
import { readEventsFor, type LoggedEvent } from '../store/events.js';
import { audienceFor } from './queries.js';

/** The way to one desk. */
export interface Outlet {
  /** Sends one frame, already written as JSON. */
  send(frame: string): void;
  /** Bytes that have not left yet. */
  readonly bufferedAmount: number;
  /** What the desk knows of the log means nothing any more: it had better come again. */
  outdated(): void;
  /** The desk has read nothing for so long that it had better come again. */
  tooSlow(): void;
}

/** A desk with more unsent bytes is not fed until they have left. */
export const MAX_BUFFERED = 1024 * 1024;
const PAGE = 200;
const CURSOR_INTERVAL = 1000;
export const DRAIN_INTERVAL = 100;
/** How long a desk may leave a full buffer unread, in milliseconds: until then it holds the buffer's memory. */
export const PATIENCE = 60_000;

/** Gives every desk the events that concern it, in order: live from the shared tail, from the database to those who are behind. */
export class Feeds {
  readonly #db: Db;
  readonly #tail: Tail;
  readonly #log: Log;
  readonly #feeds = new Set<Feed>();
  readonly #patience: number;
  #timer: NodeJS.Timeout | null = null;

  /** @param patience How long a desk may leave a full buffer unread, in milliseconds. */
  constructor(db: Db, tail: Tail, log: Log, patience: number = PATIENCE) {
    this.#db = db;
    this.#tail = tail;
    this.#log = log;
    this.#patience = patience;
    tail.subscribe((events) => this.#onEvents(events));
    tail.onRenamed(() => {
      for (const feed of this.#feeds) feed.outdated();
    });
  }

  start(): void {
    this.#timer = setInterval(() => {
      for (const feed of this.#feeds) feed.tellCursor();
    }, CURSOR_INTERVAL);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** Feeds a desk with what follows a place of the log. Returns how to stop it. */
  add(agent: string, outlet: Outlet, after: number, epoch: string = this.#tail.epoch): () => void {
    const options = {
      agent,
      outlet,
      db: this.#db,
      tail: this.#tail,
      log: this.#log,
      patience: this.#patience,
    };
    const feed = new Feed(options, after);
    this.#feeds.add(feed);
    // It was told of the log shortly before or after it got another name.
    if (epoch === this.#tail.epoch) feed.catchUp();
    else feed.outdated();
    return () => {
      this.#feeds.delete(feed);
      feed.stop();
    };
  }

  #onEvents(events: readonly LoggedEvent[]): void {
    // Written once for all desks.
    const frames = new Map<DomainEvent, string>();
    for (const feed of this.#feeds) feed.push(events, frames);
  }
}

interface FeedOptions {
  readonly agent: string;
  readonly outlet: Outlet;
  readonly db: Db;
  readonly tail: Tail;
  readonly log: Log;
  readonly patience: number;
}

class Feed {
  readonly #options: FeedOptions;
  /** Up to where the log has been looked through for this desk. */
  #position: number;
  /** The newest place that the desk has been told. */
  #told: number;
  #live = false;
  /** Since when the buffer has been full, by the process's clock; null when it is not. */
  #fullSince: number | null = null;
  #retry: NodeJS.Timeout | null = null;
  readonly #runner = new Runner(() => this.#catchUp());

  constructor(options: FeedOptions, after: number) {
    this.#options = options;
    this.#position = after;
    this.#told = after;
  }

  /** New events of the log. */
  push(events: readonly LoggedEvent[], frames: Map<DomainEvent, string>): void {
    if (!this.#live) return;
    for (const { event, audience } of events) {
      // A snapshot may be newer than what the tail has read.
      if (event.seq <= this.#position) continue;
      if (isAddressed(audience, this.#options.agent)) this.#send(event, frames);
      this.#position = event.seq;
      if (this.#isCongested()) {
        this.#live = false;
        this.catchUp();
        return;
      }
    }
  }

  /** Tells a desk that was given nothing for a while how far the log has come. */
  tellCursor(): void {
    if (!this.#live || this.#told >= this.#position) return;
    this.#options.outlet.send(JSON.stringify({ type: 'cursor', seq: this.#position }));
    this.#told = this.#position;
  }

  /** Reads from the database until nothing is missing; from then on the desk is fed live. */
  catchUp(): void {
    this.#runner.hint();
  }

  outdated(): void {
    this.#live = false;
    this.#options.outlet.outdated();
  }

  stop(): void {
    this.#live = false;
    if (this.#retry) clearTimeout(this.#retry);
    void this.#runner.stop();
  }

  async #catchUp(): Promise<void> {
    const { db, tail, agent, log } = this.#options;
    while (!this.#runner.isStopped) {
      if (this.#isCongested()) return this.#waitForDrain();
      this.#fullSince = null;
      const upTo = tail.position;
      if (this.#position >= upTo) {
        this.#live = true;
        return this.tellCursor();
      }
      try {
        const events = await readEventsFor(db, audienceFor(agent), this.#position, upTo, PAGE);
        if (this.#runner.isStopped) return;
        for (const { event } of events) this.#send(event);
        this.#position = events.length < PAGE ? upTo : (events.at(-1)?.event.seq ?? upTo);
      } catch (error) {
        log.warn('A desk could not catch up', errorFields(error));
        return this.#again(DRAIN_INTERVAL * 10);
      }
    }
  }

  #waitForDrain(): void {
    const now = performance.now();
    this.#fullSince ??= now;
    if (now - this.#fullSince > this.#options.patience) this.#options.outlet.tooSlow();
    else this.#again(DRAIN_INTERVAL);
  }

  #again(wait: number): void {
    if (!this.#runner.isStopped) this.#retry = setTimeout(() => this.catchUp(), wait);
  }

  #send(event: DomainEvent, frames?: Map<DomainEvent, string>): void {
    const frame = frames?.get(event) ?? JSON.stringify({ type: 'event', event });
    frames?.set(event, frame);
    this.#options.outlet.send(frame);
    this.#told = event.seq;
  }

  #isCongested(): boolean {
    return this.#options.outlet.bufferedAmount > MAX_BUFFERED;
  }
}
