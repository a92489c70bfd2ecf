import type { Policy } from 'whatsapp-workspace/model';
import type { ReadMark } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import { Runner } from '../runner.js';
import { readLastInbound } from '../store/messages.js';

/** What tells WhatsApp that a contact was read. */
export interface Reader {
  markRead(mark: ReadMark): Promise<string | null>;
}

export interface ReadReceiptsOptions {
  readonly ledger: Ledger;
  readonly readerFor: (channel: string) => Reader;
  readonly policy: Policy;
  readonly log: Log;
}

/** Who asks; null for an answer that is on its way. */
type Asker = string | null;

interface Wanted {
  /** The newest message that was seen; null for all. */
  readonly message: string | null;
  readonly typing: boolean;
}

/** Of so many interactions is known what the contact has been told. */
const REMEMBERED = 10_000;
/** More of one asker's that waits is let go: nothing is lost but that somebody was told. */
const MOST_WAITING = 1000;

/**
 * Tells contacts that they were read and that somebody writes, as far as the contact centre wants that. Beside everything else: nothing waits for it, what is asked
 * for several times is told once, and what cannot be told is let go.
 */
export class ReadReceipts {
  readonly #options: ReadReceiptsOptions;
  /** By who asks, then by interaction: whether somebody may is found out when his turn comes, and until then he stands in nobody's way. */
  readonly #waiting = new Map<Asker, Map<string, Wanted>>();
  /** WhatsApp's id of the newest message that was told as read, by interaction. */
  readonly #told = new Map<string, string>();
  readonly #runner = new Runner(() => this.#run());

  constructor(options: ReadReceiptsOptions) {
    this.#options = options;
    options.ledger.onCommit(({ events }) => {
      if (options.policy.readReceipts !== 'answered') return;
      for (const { type, actor, interaction } of events)
        // What a system sends answers nobody.
        if (type === 'message-sent' && actor !== null && interaction !== null)
          this.#want(null, interaction, { message: null, typing: false });
    });
  }

  start(): void {
    // There is nothing to begin with.
  }

  /** An agent has a message in front, or answers it. */
  mark(
    agent: string,
    {
      interaction,
      message,
      typing,
    }: { readonly interaction: string; readonly message: string; readonly typing: boolean },
  ): void {
    const { readReceipts, typingIndicator = 'never' } = this.#options.policy;
    const isTyping = typingIndicator === 'seen' || (typing && typingIndicator === 'writing');
    // WhatsApp shows no typing without the ticks.
    if (isTyping || readReceipts === 'seen') this.#want(agent, interaction, { message, typing: isTyping });
  }

  async stop(): Promise<void> {
    this.#waiting.clear();
    await this.#runner.stop();
  }

  #want(asker: Asker, interaction: string, wanted: Wanted): void {
    const marks = this.#waiting.get(asker) ?? new Map<string, Wanted>();
    const earlier = marks.get(interaction);
    if (!earlier && marks.size >= MOST_WAITING) return;
    marks.set(interaction, { ...wanted, typing: wanted.typing || earlier?.typing === true });
    this.#waiting.set(asker, marks);
    this.#runner.hint();
  }

  async #run(): Promise<void> {
    for (const [asker, marks] of this.#waiting) {
      const [next] = marks;
      this.#waiting.delete(asker);
      if (!next) continue;
      marks.delete(next[0]);
      // One of each in turn: who asks for more goes behind the others.
      if (marks.size > 0) this.#waiting.set(asker, marks);
      try {
        await this.#tell(asker, ...next);
      } catch (error) {
        this.#options.log.warn('A contact could not be told that a message was read', errorFields(error));
      }
    }
  }

  async #tell(agent: Asker, interaction: string, { message, typing }: Wanted): Promise<void> {
    const { ledger, readerFor, log } = this.#options;
    const found = await readLastInbound(ledger.db, { interaction, agent, upTo: message });
    if (!found || (this.#told.get(interaction) === found.wamid && !typing)) return;
    const fault = await readerFor(found.channel).markRead({ wamid: found.wamid, typing });
    if (fault !== null)
      return log.warn('WhatsApp did not take that a message was read', { channel: found.channel, fault });
    this.#told.delete(interaction);
    this.#told.set(interaction, found.wamid);
    const [oldest] = this.#told.keys();
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
  }
}
