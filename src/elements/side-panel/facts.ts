import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { Clock, Contact, Interaction } from '../../model/index.js';
import { contactLabel, contactAddress, serviceWindow } from '../../model/index.js';
import { channelMark } from '../base/index.js';

/** Something known: what it is, as it is shown, and what is copied of it where that is wanted. */
interface Fact {
  readonly term: string;
  readonly value: unknown;
  readonly copied?: string;
}

/** Renders a value with the button that copies `text`; `what` it is. */
export type CopyButton = (text: string, what: string, value: unknown) => TemplateResult;

interface FactsContext {
  readonly words: Localizer;
  readonly clock: Clock | null;
  readonly now: number;
  readonly copyButton: CopyButton;
}

/** What is known of the matter: where it came from and how it stands. */
export function caseFacts(
  interaction: Interaction,
  { words, clock, now, copyButton }: FactsContext,
): TemplateResult {
  const { session, state, createdAt, channel, windowClosesAt } = interaction;
  const facts: Fact[] = [
    {
      term: words.t('panel.origin'),
      value: html`<span class="origin">${channelMark(16)} ${words.t('panel.origin-whatsapp')}</span>`,
    },
    {
      term: words.t('panel.session'),
      value: words.tOr(`panel.session-${session.direction}`, session.direction),
    },
    { term: words.t('panel.started'), value: moment(session.startedAt, now, words) },
    {
      term: words.t('panel.elapsed'),
      value: html`<elapsed-time .since=${session.startedAt} .clock=${clock}></elapsed-time>`,
    },
    { term: words.t('panel.state'), value: words.tOr(`panel.state-${state}`, state) },
    ...(createdAt === session.startedAt
      ? []
      : [{ term: words.t('panel.opened'), value: moment(createdAt, now, words) }]),
    {
      term: words.t('panel.window'),
      value: windowText(windowClosesAt, now, words),
    },
    { term: words.t('panel.channel'), value: isolated(channel) },
  ];
  return factList(facts, copyButton);
}

function windowText(closesAt: number | null, now: number, words: Localizer): string {
  if (closesAt === null) return words.t('panel.window-never');
  const time = moment(closesAt, now, words);
  return serviceWindow(closesAt, now) === 'closed'
    ? words.t('panel.window-closed', { time })
    : words.t('panel.window-until', { time });
}

/** A day as people call it, and the time. */
function moment(at: number, now: number, words: Localizer): string {
  return `${words.day(at, now)} · ${words.time(at)}`;
}

/** What is known of the contact. */
export function contactFacts(contact: Contact, { words, copyButton }: FactsContext): TemplateResult {
  const label = contactLabel(contact);
  const named = label !== contactAddress(contact);
  const { phone, username, bsuid } = contact;
  const facts: (Fact | null)[] = [
    { term: words.t('panel.name'), value: named ? html`<bdi>${label}</bdi>` : words.t('panel.unknown') },
    phone
      ? { term: words.t('panel.phone'), value: isolated(contactAddress(contact)), copied: `+${phone}` }
      : null,
    username
      ? { term: words.t('panel.username'), value: isolated(`@${username}`), copied: `@${username}` }
      : null,
    bsuid ? { term: words.t('panel.user-id'), value: isolated(bsuid), copied: bsuid } : null,
  ];
  return factList(
    facts.filter((fact) => fact !== null),
    copyButton,
  );
}

/** Numbers and ids are read from left to right in every language. */
function isolated(text: string): TemplateResult {
  return html`<bdi class="numbers" dir="ltr">${text}</bdi>`;
}

function factList(facts: readonly Fact[], copyButton: CopyButton): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ({ term, value, copied }) =>
        html`<div class="fact">
          <dt class="small muted">${term}</dt>
          ${copied === undefined ? html`<dd>${value}</dd>` : copyButton(copied, term, value)}
        </div>`,
    )}
  </dl>`;
}
