import type { LitElement } from 'lit';
import type { PlaceOutcome, Workspace } from '../../context/index.js';
import { searchWords } from '../../i18n/search-words.js';
import { adoptStyles, LocalizeController, toastStyles } from '../base/index.js';
import { Toasts } from '../base/toasts.js';
import type { GoToRequestEvent } from '../whatsapp-message/whatsapp-message.events.js';
import type { WhatsAppTranscript } from '../whatsapp-transcript/whatsapp-transcript.js';

type Host = LitElement & { readonly workspace: Workspace | null };
type Why = Extract<PlaceOutcome, { ok: false }>['why'];

/** Finds messages of a conversation, however far they are. Loaded with the first wish to find one. */
export class Finding {
  readonly #host: Host;
  readonly #interaction: () => string | null;
  readonly #language: () => string | null;
  readonly #words: LocalizeController;
  readonly #toasts: Toasts;

  /**
   * @param interaction Which conversation is shown.
   * @param language What the agent has chosen.
   */
  constructor(host: Host, interaction: () => string | null, language: () => string | null) {
    this.#host = host;
    this.#interaction = interaction;
    this.#language = language;
    adoptStyles(host, toastStyles);
    this.#words = new LocalizeController(host, [searchWords]);
    this.#toasts = new Toasts(host, () => this.#words.localizer);
  }

  /** What the transcript asks for. */
  async take(event: Event): Promise<void> {
    const interaction = this.#interaction();
    if (interaction === null) return;
    if (event.type === 'go-to-request')
      await this.#goTo(interaction, (event as GoToRequestEvent).detail.item);
    else await (await this.#host.workspace?.finder())?.loadNewer(interaction);
  }

  render(): ReturnType<Toasts['render']> {
    return this.#toasts.render();
  }

  async #goTo(interaction: string, item: string): Promise<void> {
    const why = await this.#reach(interaction, item);
    if (why === null || interaction !== this.#interaction()) return;
    this.#transcript?.leavePlace();
    this.#words.choose(this.#language());
    await this.#words.loading;
    if (why !== 'overtaken') this.#toasts.show({ text: this.#words.t(sentenceOf(why)) });
  }

  /** Why an item cannot be gone to; null when it can. */
  async #reach(interaction: string, item: string): Promise<Why | null> {
    try {
      if (await this.#transcript?.goTo(item)) return null;
      const finder = await this.#host.workspace?.finder();
      const outcome = await finder?.goTo(interaction, { kind: 'around', item });
      return outcome?.ok ? null : (outcome?.why ?? 'offline');
    } catch {
      return 'offline';
    }
  }

  get #transcript(): WhatsAppTranscript | null {
    return this.#host.renderRoot.querySelector('whatsapp-transcript');
  }
}

function sentenceOf(why: Why): 'search.gone' | 'search.offline' | 'search.unsupported' {
  if (why === 'gone') return 'search.gone';
  return why === 'unsupported' ? 'search.unsupported' : 'search.offline';
}
