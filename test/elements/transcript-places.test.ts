import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-interaction.js';
import '../../src/define/whatsapp-transcript.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import type { WhatsAppTranscript } from '../../src/elements/whatsapp-transcript/whatsapp-transcript.js';
import { appendItem, joinPage, messageItem, NO_CONTEXT, openTranscript } from '../../src/model/index.js';
import type { Transcript, TranscriptItem } from '../../src/model/index.js';
import { movedTo, withPartBelow } from '../../src/model/transcript-parts.js';
import { NOON, aMessage, aReply, anInteraction, anOutboxItem } from '../support/builders.js';
import { FakeWorkspace, NOWHERE } from '../support/fake-workspace.js';
import { byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';
const CURSOR = { epoch: 'e1', seq: 1 };
const WORDS = 'The parcel has not come yet and nobody can tell me where it is. '.repeat(8);

function messages(from: number, to: number, replyTo: string | null = null): TranscriptItem[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const text = `${n} ${WORDS.slice(0, (n * 37) % 160)}`;
    const common = { id: `m${n}`, at: NOON + n * 60_000, content: { kind: 'text', text } as const };
    const context = replyTo === null ? null : { ...NO_CONTEXT, reply: true, replyTo };
    return messageItem(
      n % 3 === 0 ? aReply({ ...common, clientId: `c${n}` }) : aMessage({ ...common, context }),
    );
  });
}

const before = (items: readonly TranscriptItem[]) => ({ interaction: ID, before: items[0]?.id ?? null });
const below = (items: readonly TranscriptItem[]) => ({ interaction: ID, item: items.at(-1)?.id ?? null });

function newest(items: readonly TranscriptItem[]): Transcript {
  return joinPage(openTranscript(ID), ID, { items, next: before(items), cursor: CURSOR });
}

const partOf = (items: readonly TranscriptItem[], item: string | null, more = true) => ({
  interaction: ID,
  item,
  items,
  above: before(items),
  below: more ? below(items) : null,
  cursor: CURSOR,
});

const around = (transcript: Transcript, items: readonly TranscriptItem[], item: string): Transcript =>
  movedTo(transcript, partOf(items, item), 1);

function further(transcript: Transcript, items: readonly TranscriptItem[], more = true): Transcript {
  const last = transcript.chunks.at(-1)?.items.at(-1)?.id ?? '';
  return withPartBelow(transcript, { interaction: ID, item: last }, partOf(items, null, more));
}

const root = (element: Element): ShadowRoot => element.shadowRoot as ShadowRoot;
const scroller = (element: Element): HTMLElement => root(element).querySelector('.scroller') as HTMLElement;
const rows = (element: Element): HTMLElement[] => [...root(element).querySelectorAll<HTMLElement>('.row')];
const row = (element: Element, key: string): HTMLElement | undefined =>
  rows(element).find((one) => one.dataset['key'] === key);

async function still(element: WhatsAppTranscript): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet++) {
    await element.updateComplete;
    await nextFrame();
    if (element.isUpdatePending) quiet = -1;
  }
}

async function shown(transcript: Transcript): Promise<WhatsAppTranscript> {
  const element = await fixture<WhatsAppTranscript>(
    html`<whatsapp-transcript
      style="block-size: 500px; inline-size: 400px"
      contact="Masha"
      agent="ana"
    ></whatsapp-transcript>`,
  );
  element.transcript = transcript;
  await still(element);
  return element;
}

function inView(element: Element, key: string): boolean {
  const { top, bottom } = scroller(element).getBoundingClientRect();
  const rect = row(element, key)?.getBoundingClientRect();
  return rect !== undefined && rect.top >= top && rect.bottom <= bottom;
}

function topOf(element: Element, key: string): number {
  const { top } = scroller(element).getBoundingClientRect();
  return (row(element, key)?.getBoundingClientRect().top ?? NaN) - top;
}

async function scrollTo(element: WhatsAppTranscript, top: number): Promise<void> {
  scroller(element).scrollTop = top;
  await nextFrame();
  await still(element);
}

const outlined = (element: Element): (string | undefined)[] =>
  rows(element)
    .filter((one) => one.matches('.outlined'))
    .map((one) => one.dataset['key']);

describe('a place in <whatsapp-transcript>', () => {
  it('that is here is scrolled into view, outlined for a moment, and has the focus', async () => {
    const element = await shown(newest(messages(0, 200)));
    expect(await element.goTo('m25')).to.equal(true);
    await still(element);
    expect(inView(element, 'm25')).to.equal(true);
    expect(outlined(element)).to.deep.equal(['m25']);
    expect(deepActiveElement()).to.equal(row(element, 'm25'));
    const mark = row(element, 'm25')?.getAnimations({ subtree: true })[0];
    mark?.finish();
    await waitUntil(() => outlined(element).length === 0);
    expect(deepActiveElement(), 'the focus stays').to.equal(row(element, 'm25'));
  });

  it('keeps its outline, and leaves the focus, where that is wanted', async () => {
    const element = await shown(newest(messages(0, 100)));
    scroller(element).focus();
    await element.goTo('m20', true);
    await still(element);
    expect(row(element, 'm20')?.getAnimations({ subtree: true }).length).to.equal(0);
    expect(deepActiveElement()).to.equal(scroller(element));
    await element.goTo('m40', true);
    await still(element);
    expect(outlined(element)).to.deep.equal(['m40']);
    element.leavePlace();
    await still(element);
    expect(outlined(element)).to.deep.equal([]);
  });

  it('that is not here is gone to when the transcript has it', async () => {
    const start = newest(messages(1000, 1050));
    const element = await shown(start);
    expect(await element.goTo('m31')).to.equal(false);
    await still(element);
    element.transcript = around(start, messages(0, 60), 'm31');
    await still(element);
    expect(inView(element, 'm31')).to.equal(true);
    expect(outlined(element)).to.deep.equal(['m31']);
  });

  it('asks for more below when that is near, once, and what is read stays where it is when it comes', async () => {
    const start = newest(messages(1000, 1050));
    const element = await shown(start);
    let asked = 0;
    const readings: string[] = [];
    element.addEventListener('newer-request', () => asked++);
    element.addEventListener('reading-change', ({ detail }) => readings.push(detail.at));
    await element.goTo('m31');
    let transcript = around(start, messages(0, 100), 'm31');
    element.transcript = transcript;
    await still(element);
    expect(asked).to.equal(0);
    await scrollTo(element, scroller(element).scrollHeight);
    expect(asked).to.equal(1);
    await scrollTo(element, scroller(element).scrollTop - 20);
    expect(asked).to.equal(1);
    const key = rows(element).findLast((one) => inView(element, one.dataset['key'] ?? ''))?.dataset['key'];
    const top = topOf(element, key ?? '');
    transcript = further(transcript, messages(100, 150));
    element.transcript = transcript;
    for (let i = 0; i < 5; i++) {
      await element.updateComplete;
      expect(topOf(element, key ?? '')).to.be.closeTo(top, 0.6);
      await nextFrame();
    }
    // The very end of a window that is not at the end of the conversation is no end to stay at.
    await scrollTo(element, scroller(element).scrollHeight);
    const last = topOf(element, 'm149');
    element.transcript = further(transcript, messages(150, 180), false);
    await still(element);
    expect(topOf(element, 'm149')).to.be.closeTo(last, 0.6);
    expect(readings).to.deep.equal(['above']);
    await scrollTo(element, scroller(element).scrollHeight);
    expect(readings).to.deep.equal(['above', 'end']);
  });

  it('counts what comes meanwhile, and the button for it goes to the end', async () => {
    const start = newest(messages(1000, 1050));
    const element = await shown(start);
    const readings: string[] = [];
    element.addEventListener('reading-change', ({ detail }) => readings.push(detail.at));
    await element.goTo('m31');
    let transcript = around(start, messages(0, 100), 'm31');
    element.transcript = transcript;
    await still(element);
    getByRole(element, 'button', 'Go to the newest message');
    for (const item of messages(1051, 1053)) transcript = appendItem(transcript, item, 9);
    element.transcript = transcript;
    await still(element);
    expect(inView(element, 'm31')).to.equal(true);
    getByRole(element, 'button', /^2 new messages/).click();
    expect(readings).to.deep.equal(['above', 'end']);
    element.transcript = newest(messages(1000, 1053));
    await still(element);
    expect(inView(element, 'm1052')).to.equal(true);
    const { scrollHeight, clientHeight, scrollTop } = scroller(element);
    expect(scrollHeight - clientHeight - scrollTop).to.be.lessThan(1);
    expect(readings).to.deep.equal(['above', 'end']);
    element.transcript = appendItem(newest(messages(1000, 1053)), messages(1053, 1054)[0] ?? never(), 10);
    await still(element);
    expect(inView(element, 'c1053'), 'it goes along again').to.equal(true);
  });

  it('is left with the End key, and by who sends something', async () => {
    const start = newest(messages(1000, 1050));
    for (const leave of ['key', 'message']) {
      const element = await shown(start);
      const readings: string[] = [];
      element.addEventListener('reading-change', ({ detail }) => readings.push(detail.at));
      await element.goTo('m31');
      element.transcript = around(start, messages(0, 100), 'm31');
      await still(element);
      scroller(element).focus();
      if (leave === 'key') await sendKeys({ press: 'End' });
      else element.pending = [anOutboxItem({ interaction: ID })];
      await still(element);
      expect(readings, leave).to.deep.equal(['above', 'end']);
      element.remove();
    }
  });

  it('has a button for what is below, by hand', async () => {
    const start = newest(messages(1000, 1050));
    const element = await shown(start);
    await element.goTo('m5');
    element.transcript = around(start, messages(0, 10), 'm5');
    await still(element);
    let asked = 0;
    element.addEventListener('newer-request', () => asked++);
    getByRole(element, 'button', 'See newer messages…').click();
    expect(asked).to.equal(1);
  });
});

describe('the message that another one answers', () => {
  async function conversation(items: readonly TranscriptItem[]) {
    const workspace = new FakeWorkspace();
    workspace.setInteractions(anInteraction());
    workspace.transcript(ID).next({ transcript: newest(items), loaded: true, loading: false, error: null });
    workspace.selected$.next(ID);
    const element = await fixture<WhatsAppInteraction>(
      html`<whatsapp-interaction
        .workspace=${workspace}
        style="block-size: 480px; inline-size: 600px"
      ></whatsapp-interaction>`,
    );
    await element.updateComplete;
    const transcript = root(element).querySelector('whatsapp-transcript') as WhatsAppTranscript;
    await still(transcript);
    return { workspace, element, transcript };
  }
  /** What is quoted is here: its words lead to it. */
  const quote = (element: Element): HTMLElement | null => byRole(element, 'button', /Masha.* 10\b/);
  const answer = (element: Element): HTMLElement =>
    getByRole(element, 'button', /Answer to an earlier message/);

  it('is gone to where it is here, by keyboard', async () => {
    const { element, transcript } = await conversation([...messages(0, 81), ...messages(82, 83, 'm10')]);
    await waitUntil(() => quote(element));
    quote(element)?.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => outlined(transcript)[0] === 'm10');
    await waitUntil(() => deepActiveElement() === row(transcript, 'm10'));
  });

  it('is loaded where it is far', async () => {
    const items = [...messages(1000, 1040), ...messages(1042, 1043, 'm31')];
    const { workspace, element, transcript } = await conversation(items);
    const newer: string[] = [];
    workspace.finding = {
      ...NOWHERE,
      goTo: async (interaction, place) => {
        expect([interaction, place]).to.deep.equal([ID, { kind: 'around', item: 'm31' }]);
        workspace.changeTranscript(ID, (now) => around(now, messages(0, 100), 'm31'));
        return { ok: true, item: 'm31' };
      },
      loadNewer: async (interaction) => newer.push(interaction) > 0,
    };
    answer(element).click();
    await waitUntil(() => outlined(transcript)[0] === 'm31');
    await waitUntil(() => inView(transcript, 'm31'));
    await waitUntil(() => deepActiveElement() === row(transcript, 'm31'));
    await scrollTo(transcript, scroller(transcript).scrollHeight);
    await waitUntil(() => newer.includes(ID));
  });

  for (const [why, sentence] of [
    ['gone', 'not there any more'],
    ['offline', 'cannot be loaded'],
    ['unsupported', 'so far back'],
  ] as const) {
    it(`says so when it cannot be had: ${why}`, async () => {
      const { workspace, element, transcript } = await conversation(messages(82, 83, 'm10'));
      workspace.finding = { ...NOWHERE, goTo: async () => ({ ok: false, why }) };
      answer(element).click();
      await waitUntil(() => shadowText(element).includes(sentence));
      workspace.changeTranscript(ID, (now) => around(now, messages(0, 100), 'm10'));
      await still(transcript);
      expect(outlined(transcript), 'it does not come after all').to.deep.equal([]);
    });
  }

  it('says so in the language that the agent has chosen', async () => {
    const { workspace, element } = await conversation(messages(82, 83, 'm10'));
    workspace.settings$.next({ ...workspace.settings$.value, language: 'ar' });
    await element.updateComplete;
    workspace.finding = { ...NOWHERE, goTo: async () => ({ ok: false, why: 'gone' }) };
    answer(element).click();
    await waitUntil(() => shadowText(element).includes('لم تعد'));
  });
});

function never(): never {
  throw new Error('There is none.');
}
