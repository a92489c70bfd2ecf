import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Key, Localizer } from '../../i18n/index.js';
import { outboundText } from '../../model/index.js';
import type { Delivery, Message, OutboxItem, RefusalKind } from '../../model/index.js';
import { failureKey, refusalKey } from '../base/index.js';
import { technicalDetails } from './technical-details.js';

/** What an agent may do about a message that went wrong. */
export type Remedy = 'resend' | 'edit' | 'discard';

type Sentence =
  | ReturnType<typeof failureKey>
  | ReturnType<typeof refusalKey>
  | Extract<Key, 'message.unknown-outcome' | 'message.doubt' | 'message.file-lost' | 'message.state.saving'>;

/** What went wrong with a message, and what the agent may do about it. */
export interface Trouble {
  /** Whether it is certain that the message did not arrive. */
  readonly certain: boolean;
  readonly sentence: Sentence;
  readonly code: number | null;
  readonly detail: string;
  /** The one that can help comes first. */
  readonly remedies: readonly Remedy[];
  /** The words, as they go back to the composer. */
  readonly text: string;
}

const UNCHANGED = ['resend', 'edit', 'discard'] as const;
const CHANGED = ['edit', 'discard'] as const;

/** Where a second try of the same must fail too, or fails until something else has happened. */
const REMEDIES: { readonly [K in RefusalKind]?: readonly Remedy[] } = {
  'text-too-long': CHANGED,
  'text-empty': CHANGED,
  invalid: CHANGED,
  unsupported: CHANGED,
  'id-reused': CHANGED,
  'window-closed': ['edit', 'resend', 'discard'],
  // The conversation is not here any more: what was written may be used elsewhere.
  'not-found': CHANGED,
  'not-yours': CHANGED,
  taken: CHANGED,
  'offer-ended': CHANGED,
};

/** What went wrong with a message as the log has it; null when nothing did. */
export function troubleOfMessage({ content, delivery }: Message): Trouble | null {
  return delivery && troubleOfDelivery(delivery, content.kind === 'text' ? content.text : '');
}

function troubleOfDelivery({ state, error }: Delivery, text: string): Trouble | null {
  if (state !== 'failed' && state !== 'unknown') return null;
  const { code, detail } = error ?? { code: null, detail: '' };
  const certain = state === 'failed';
  return {
    certain,
    sentence: certain ? failureKey(code) : 'message.unknown-outcome',
    code,
    detail,
    remedies: certain && text !== '' ? ['edit'] : [],
    text,
  };
}

/** What went wrong with a message of the outbox, or keeps it from being saved; null when nothing does. */
export function troubleOfPending({ step, body }: OutboxItem): Trouble | null {
  const text = outboundText(body);
  // Only words go back to where they were typed.
  const isEditable = text !== '' && body.kind === 'text';
  const offered = (remedies: readonly Remedy[]): readonly Remedy[] =>
    remedies.filter((one) => one !== 'edit' || isEditable);
  // Why there is no room, the desk says.
  if (step.at === 'saving' && step.yields !== undefined)
    return {
      certain: false,
      sentence: 'message.state.saving',
      code: null,
      detail: '',
      remedies: offered(CHANGED),
      text,
    };
  if (step.at !== 'failed') return null;
  const certain = step.cause !== 'doubt';
  // A file that never got as far as the contact centre.
  const isLost = body.kind === 'media' && body.media === null && step.cause === 'refusal';
  const remedies = certain && isKnown(step.kind) ? (REMEDIES[step.kind] ?? UNCHANGED) : UNCHANGED;
  return {
    certain,
    sentence: isLost ? 'message.file-lost' : certain ? refusalKey(step.kind) : 'message.doubt',
    code: null,
    detail: step.sentence,
    remedies: isLost ? ['discard'] : offered(remedies),
    text,
  };
}

function isKnown(kind: string): kind is RefusalKind {
  return Object.hasOwn(REMEDIES, kind);
}

/** Whether two messages went wrong for the same reason. */
export function sameTrouble(one: Trouble | null, other: Trouble | null): boolean {
  if (!one || !other) return false;
  return (
    one.sentence === other.sentence &&
    one.certain === other.certain &&
    one.code === other.code &&
    one.detail === other.detail
  );
}

const NAMES = {
  resend: 'common.try-again',
  edit: 'message.edit',
  discard: 'message.discard',
} as const satisfies Record<Remedy, Key>;

/**
 * What went wrong and what can be done, below a bubble.
 *
 * @param saidBelow Whether the message below says the same: then this one has only its buttons.
 */
export function troubleView(
  trouble: Trouble,
  saidBelow: boolean,
  words: Localizer,
  act: (remedy: Remedy) => void,
): TemplateResult {
  return html`<div class="trouble below small ${trouble.certain ? 'certain' : ''}" part="trouble">
    ${saidBelow ? nothing : html`<p>${words.t(trouble.sentence)}</p>`}
    <div class="actions">
      ${trouble.remedies.map(
        (remedy, i) =>
          html`<button
            class=${i === 0 || remedy === 'resend' ? 'button' : 'button quiet'}
            type="button"
            @click=${() => act(remedy)}
          >
            ${words.t(NAMES[remedy])}
          </button>`,
      )}
      ${saidBelow ? nothing : detailsView(trouble, words)}
    </div>
  </div>`;
}

function detailsView({ code, detail }: Trouble, words: Localizer): TemplateResult | typeof nothing {
  const shown = [code === null ? '' : words.t('message.code', { code: String(code) }), detail];
  const text = shown.filter(Boolean).join(' · ');
  return text === '' ? nothing : technicalDetails(text, words);
}
