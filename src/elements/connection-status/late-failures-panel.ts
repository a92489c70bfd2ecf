import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LateFailure, Workspace } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import { contactAddress, contactLabel } from '../../model/index.js';
import type { Interaction, Refusal, WorkspaceState } from '../../model/index.js';
import {
  announce,
  failureKey,
  icon,
  InteractionOpenEvent,
  moreIcon,
  refusalKey,
  renderCut,
  selectInteraction,
} from '../base/index.js';

export { lateFailuresStyles } from './late-failures.styles.js';

/** The way back to a conversation: it lies on the desk, can be opened from its workbin, or is elsewhere. */
type WayBack = 'show' | 'open' | null;

/** How long it is said that words were copied, in milliseconds. */
const COPIED_FOR = 2_000;

type Cause = ReturnType<typeof failureKey> | 'failures.doubt';
type Whereabouts = 'failures.done' | 'failures.queued' | ReturnType<typeof refusalKey>;

interface View {
  readonly failures: readonly LateFailure[];
  readonly state: Pick<WorkspaceState, 'interactions' | 'workbins'>;
  /** Why the last try to open one was refused, by message. */
  readonly refused: ReadonlyMap<string, Refusal['kind']>;
  readonly busy: ReadonlySet<string>;
  readonly words: Localizer;
  /** The message whose words were copied a moment ago. */
  readonly copied: string | null;
  /** null where the browser lets no page write to the clipboard: without https. */
  readonly onCopy: ((failure: LateFailure) => void) | null;
  readonly onGo: (failure: LateFailure, way: 'show' | 'open') => void;
  readonly onDismiss: (failure: LateFailure) => void;
}

interface Host extends ReactiveControllerHost, EventTarget {
  readonly workspace: Workspace | null;
}

/** Messages that were not delivered, or not confirmed, after their conversations had left the desk, and the ways back to these. */
export class LateFailuresPanel {
  readonly #host: Host;
  readonly #busy = new Set<string>();
  readonly #refused = new Map<string, Refusal['kind']>();
  #copied: string | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  render(failures: readonly LateFailure[], state: WorkspaceState, words: Localizer): TemplateResult {
    return view({
      failures,
      state,
      words,
      refused: this.#refused,
      busy: this.#busy,
      copied: this.#copied,
      onCopy: 'clipboard' in navigator ? (failure) => void this.#copy(failure, words) : null,
      onGo: (failure, way) => void (way === 'show' ? this.#show(failure) : this.#open(failure)),
      onDismiss: ({ message }) => this.#host.workspace?.dismissFailure(message),
    });
  }

  async #copy({ message, text }: LateFailure, words: Localizer): Promise<void> {
    try {
      await navigator.clipboard.writeText(text ?? '');
    } catch {
      // The page may not: the words stand there to be selected.
      return;
    }
    this.#copied = message;
    this.#host.requestUpdate();
    announce(words.t('failures.copied'), words);
    setTimeout(() => {
      if (this.#copied !== message) return;
      this.#copied = null;
      this.#host.requestUpdate();
    }, COPIED_FOR);
  }

  #show(failure: LateFailure): void {
    const { message } = failure;
    const { workspace } = this.#host;
    const known = workspace && onDesk(failure, workspace.state);
    if (!workspace || !known || !selectInteraction(this.#host, workspace, known)) return;
    workspace.dismissFailure(message);
  }

  async #open({ interaction, message, workbin }: LateFailure): Promise<void> {
    const { workspace } = this.#host;
    if (!workspace || this.#busy.has(message)) return;
    const contents = workspace.state.contents.get(workbin ?? '');
    const known = contents?.interactions.find(({ id }) => id === interaction);
    if (known && !this.#host.dispatchEvent(new InteractionOpenEvent(known))) return;
    this.#busy.add(message);
    this.#host.requestUpdate();
    const outcome = await workspace.open(interaction);
    this.#busy.delete(message);
    this.#host.requestUpdate();
    if (!outcome.ok) {
      this.#refused.set(message, outcome.error.kind);
      return;
    }
    const opened = workspace.state.interactions.get(interaction) ?? known;
    if (opened) selectInteraction(this.#host, workspace, opened);
    // It has not come yet, and nobody can be asked about it.
    else workspace.select(interaction);
    workspace.dismissFailure(message);
  }
}

/** The conversation itself, or the one in which its contact is talked with by now: the transcript before it stands above that one's. */
function onDesk({ interaction, contact }: LateFailure, { interactions }: View['state']): Interaction | null {
  const known = interactions.get(interaction);
  if (known) return known;
  const isWithContact = (one: Interaction) => one.contact.id === contact.id && one.state === 'active';
  return [...interactions.values()].find(isWithContact) ?? null;
}

function wayBack(failure: LateFailure, state: View['state']): WayBack {
  if (onDesk(failure, state)) return 'show';
  const { workbin } = failure;
  const { workbins } = state;
  return workbin !== null && workbins.has(workbin) ? 'open' : null;
}

/** Failures of the same cause say it once; what can be helped comes first. */
function view(options: View): TemplateResult {
  const { words } = options;
  return html`<section class="notice late" part="notice">
    ${moreIcon('alert-triangle')}
    <div class="words">${titles(options).map((title) => html`<p>${title}</p>`)}</div>
    <div class="groups">
      ${groups(options).map(
        ([cause, rows]) =>
          html`<p class="cause small">${words.t(cause)}</p>
            <ul>
              ${repeat(
                rows,
                ({ message }) => message,
                (failure) => row(failure, options),
              )}
            </ul>`,
      )}
    </div>
  </section>`;
}

/** What failed is one thing, what may have arrived another. */
function titles({ failures, words }: View): readonly string[] {
  const doubts = failures.filter(({ inDoubt }) => inDoubt).length;
  const certain = failures.length - doubts;
  return [
    ...(certain > 0 ? [words.t('failures.title', { count: certain })] : []),
    ...(doubts > 0 ? [words.t('failures.doubt-title', { count: doubts })] : []),
  ];
}

function groups({ failures, state }: View): readonly (readonly [Cause, readonly LateFailure[]])[] {
  const first = (failure: LateFailure): number => (wayBack(failure, state) ? 0 : 1);
  const byCause = new Map<Cause, LateFailure[]>();
  for (const failure of failures.toSorted((a, b) => first(a) - first(b))) {
    const cause = failure.inDoubt ? 'failures.doubt' : failureKey(failure.error?.code ?? null);
    byCause.set(cause, [...(byCause.get(cause) ?? []), failure]);
  }
  return [...byCause];
}

function row(failure: LateFailure, options: View): TemplateResult {
  const { words, state, busy, onGo, onDismiss } = options;
  const way = wayBack(failure, state);
  const name = contactLabel(failure.contact);
  const where = whereabouts(failure, way, options);
  return html`<li>
    <div class="failure">
      <span class="name cut" title=${name}>${renderCut(name)}</span>
      ${way ? nothing : addressView(failure, name)} ${textView(failure, way)}
      ${where ? html`<span class="where small">${words.t(where)}</span>` : nothing}
    </div>
    ${
      way
        ? html`<button
            class="button"
            type="button"
            aria-disabled=${busy.has(failure.message) ? 'true' : 'false'}
            @click=${() => onGo(failure, way)}
          >
            ${words.t(way === 'show' ? 'failures.show' : 'workbins.open')}
            <span class="visually-hidden">${name}</span>
          </button>`
        : copyButton(failure, options)
    }
    <button
      class="icon-button"
      type="button"
      title=${words.t('common.close')}
      aria-label=${words.t('failures.dismiss', { name })}
      @click=${() => onDismiss(failure)}
    >
      ${icon('close')}
    </button>
  </li>`;
}

/** How to reach the contact by other means. */
function addressView({ contact }: LateFailure, name: string): TemplateResult | typeof nothing {
  const address = contactAddress(contact);
  return address === name ? nothing : html`<bdi class="small">${address}</bdi>`;
}

/** Where nothing else shows them, all of the words. */
function textView({ text }: LateFailure, way: WayBack): TemplateResult | typeof nothing {
  if (text === null) return nothing;
  return way
    ? html`<span class="cut">${renderCut(text)}</span>`
    : html`<span class="text" dir="auto">${text}</span>`;
}

function copyButton(failure: LateFailure, { words, copied, onCopy }: View): TemplateResult | typeof nothing {
  if (failure.text === null || !onCopy) return nothing;
  return html`<button class="button" type="button" @click=${() => onCopy(failure)}>
    ${words.t(copied === failure.message ? 'failures.copied' : 'failures.copy')}
    <span class="visually-hidden">${contactLabel(failure.contact)}</span>
  </button>`;
}

/** Where a conversation is to which there is no way, or why there was none. */
function whereabouts(failure: LateFailure, way: WayBack, { refused }: View): Whereabouts | null {
  const refusal = refused.get(failure.message);
  if (refusal) return refusalKey(refusal);
  if (way) return null;
  if (failure.state === 'done') return 'failures.done';
  return failure.state === 'queued' ? 'failures.queued' : 'refusal.not-yours';
}
