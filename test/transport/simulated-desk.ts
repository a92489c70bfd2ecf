import assert from 'node:assert/strict';
import type { Observable, Subscription } from 'rxjs';
import { EMPTY_STATE, contentText, reduce } from '../../src/model/index.js';
import type {
  Command,
  CommandArgs,
  CommandName,
  Cursor,
  Interaction,
  Receipt,
  TranscriptItem,
  TranscriptPage,
  TranscriptPlace,
  WorkspaceState,
} from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type { TransportFrame } from '../../src/transport/adapter.js';

import { simulatedTransport } from '../../src/transport/simulated/index.js';
import type { SimulatedOptions, SimulatedTransport } from '../../src/transport/simulated/index.js';
import { VirtualTime } from '../support/virtual-time.js';

export const SECOND = 1_000;

/** A simulation in virtual time with a desk that folds what arrives. */
export class Desk {
  readonly time: VirtualTime;
  readonly transport: SimulatedTransport;
  readonly frames: TransportFrame[] = [];
  readonly errors: TransportError[] = [];
  state: WorkspaceState = EMPTY_STATE;
  #commands = 0;
  #subscription: Subscription | null = null;

  constructor(options: SimulatedOptions = {}, time = new VirtualTime()) {
    this.time = time;
    this.transport = simulatedTransport({ seed: 7, scenario: 'empty', scheduler: time, ...options });
  }

  online(cursor: Cursor | null = null): this {
    this.#subscription = this.transport.connect(cursor).subscribe({
      next: (frame) => {
        this.frames.push(frame);
        if (frame.kind !== 'time' && frame.kind !== 'token') this.state = reduce(this.state, frame);
      },
      error: (error: TransportError) => this.errors.push(error),
    });
    this.time.pass(1);
    return this;
  }

  offline(): void {
    this.#subscription?.unsubscribe();
  }

  command<N extends CommandName>(name: N, args: CommandArgs[N], id = `c${++this.#commands}`): Receipt {
    const receipt = result(this.transport.send({ id, name, args } as Command));
    this.time.pass(0);
    assert.ok(receipt.value, `no receipt: ${String(receipt.error)}`);
    return receipt.value;
  }

  say(interaction: string, text: string): Receipt {
    return this.command('send-message', { interaction, content: { kind: 'text', text } });
  }

  interaction(id: string): Interaction {
    const interaction = this.state.interactions.get(id);
    assert.ok(interaction, `${id} is not on the desk`);
    return interaction;
  }

  /** Advances second by second until it is so. */
  until(what: string, isSo: () => boolean, seconds = 300): void {
    for (let i = 0; i < seconds && !isSo(); i++) this.time.pass(SECOND);
    assert.ok(isSo(), `not within ${seconds} s: ${what}`);
  }

  /** Whole transcript of an interaction, page by page. */
  transcript(interaction: string, limit = 50): readonly TranscriptItem[] {
    let items: readonly TranscriptItem[] = [];
    for (let more = true; more;) {
      const before = items[0]?.id ?? null;
      const page = result(this.transport.query({ name: 'transcript', args: { interaction, before, limit } }));
      this.time.pass(0);
      assert.ok(page.value, String(page.error));
      items = [...page.value.items, ...items];
      more = page.value.next?.interaction === interaction;
    }
    return items;
  }

  /** The contact's interaction before this one: the page at its beginning tells. */
  earlier(interaction: string): string | null {
    let place: TranscriptPlace | null = { interaction, before: null };
    while (place?.interaction === interaction) {
      const page: { value: TranscriptPage | null; error: unknown } = result(
        this.transport.query({ name: 'transcript', args: { ...place, limit: 200 } }),
      );
      this.time.pass(0);
      assert.ok(page.value, String(page.error));
      place = page.value.next;
    }
    return place?.interaction ?? null;
  }

  texts(interaction: string): readonly (string | null)[] {
    return this.transcript(interaction).flatMap((item) =>
      item.kind === 'message' ? [contentText(item.message.content)] : [],
    );
  }
}

export function result<T>(source: Observable<T>) {
  const outcome: { value: T | null; error: unknown } = { value: null, error: null };
  source.subscribe({
    next: (value) => (outcome.value = value),
    error: (error: unknown) => (outcome.error = error),
  });
  return outcome;
}

export function kindOf(error: unknown) {
  return error instanceof TransportError ? error.kind : error;
}

/** An agent who accepts all and answers everybody at once. */
export function serve(desk: Desk, seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    desk.time.pass(SECOND);
    for (const { id, offer, pendency } of desk.state.interactions.values()) {
      if (offer) desk.command('accept-interaction', { interaction: id });
      else if (pendency) desk.say(id, 'I see.');
    }
  }
}
