import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define/whatsapp-transcript.js';
import type { WhatsAppTranscript } from '../../src/elements/whatsapp-transcript/whatsapp-transcript.js';
import { appendItem, joinPage, messageItem, openTranscript, sessionItem } from '../../src/model/index.js';
import type { OutboxItem, Transcript, TranscriptItem } from '../../src/model/index.js';
import { NOON, aMessage, aReply, anOutboxItem } from '../support/builders.js';
import { shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const MINUTE = 60_000;
const WORDS = 'The parcel has not come yet and nobody can tell me where it is. '.repeat(8);

/** Messages `from` to `to`, of many heights, by turns from both sides. */
function messages(from: number, to: number): TranscriptItem[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const text = `${n} ${WORDS.slice(0, (n * 37) % 160)}`;
    const common = { id: `m${n}`, at: NOON + n * MINUTE, content: { kind: 'text', text } as const };
    return messageItem(
      n % 3 === 0 ? aReply({ ...common, clientId: `c${n}` }) : aMessage({ ...common, clientId: null }),
    );
  });
}

function page(items: readonly TranscriptItem[], more = false, earlier: string | null = null): Transcript {
  const above = more ? { interaction: 'i1', before: items[0]?.id ?? null } : null;
  const next = above ?? (earlier === null ? null : { interaction: earlier, before: null });
  return joinPage(openTranscript('i1'), 'i1', { items, next, cursor: { epoch: 'e', seq: 1 } });
}

function append(transcript: Transcript, ...items: TranscriptItem[]): Transcript {
  return items.reduce((whole, item) => appendItem(whole, item, 99), transcript);
}

function prepend(transcript: Transcript, items: readonly TranscriptItem[], more = false): Transcript {
  const next = more ? { interaction: 'i1', before: items[0]?.id ?? null } : null;
  return joinPage(transcript, 'i1', { items, next, cursor: { epoch: 'e', seq: 1 } });
}

function outboxItem(overrides: Partial<OutboxItem> = {}): OutboxItem {
  return anOutboxItem({
    clientId: 'new-1',
    interaction: 'i1',
    body: { kind: 'text', text: 'On its way' },
    createdAt: NOON + 5000 * MINUTE,
    ...overrides,
  });
}

async function shown(
  properties: Partial<WhatsAppTranscript>,
  size = 'block-size: 500px; inline-size: 400px',
): Promise<WhatsAppTranscript> {
  const element = await fixture<WhatsAppTranscript>(
    html`<whatsapp-transcript style=${size} contact="Masha" agent="ana"></whatsapp-transcript>`,
  );
  Object.assign(element, properties);
  await still(element);
  return element;
}

/** Until two frames in a row have nothing left to do. */
async function still(element: WhatsAppTranscript): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet++) {
    await element.updateComplete;
    await nextFrame();
    if (element.isUpdatePending) quiet = -1;
  }
}

const root = (element: Element): ShadowRoot => element.shadowRoot as ShadowRoot;
const scroller = (element: Element): HTMLElement => root(element).querySelector('.scroller') as HTMLElement;
const rows = (element: Element): HTMLElement[] => [...root(element).querySelectorAll<HTMLElement>('.row')];
const row = (element: Element, key: string): HTMLElement | undefined =>
  rows(element).find((one) => one.dataset['key'] === key);

const messageOf = (one: HTMLElement | undefined): HTMLElement =>
  one?.querySelector('whatsapp-message') as HTMLElement;

function fromEnd(element: Element): number {
  const { scrollHeight, clientHeight, scrollTop } = scroller(element);
  return scrollHeight - clientHeight - scrollTop;
}

/** Where the messages in view are, by key. */
function places(element: Element): Map<string, number> {
  const { top, bottom } = scroller(element).getBoundingClientRect();
  const inView = rows(element)
    .map((one) => [one.dataset['key'] ?? '', one.querySelector('.body') ?? one] as const)
    .map(([key, body]) => [key, body.getBoundingClientRect()] as const)
    .filter(([, rect]) => rect.top >= top && rect.bottom <= bottom);
  return new Map(inView.map(([key, rect]) => [key, rect.top - top]));
}

function expectSamePlaces(element: Element, before: Map<string, number>): void {
  expect(before.size).to.be.greaterThan(1);
  for (const [key, top] of before) {
    const body = row(element, key)?.querySelector('.body');
    const now = (body?.getBoundingClientRect().top ?? NaN) - scroller(element).getBoundingClientRect().top;
    expect(now, key).to.be.closeTo(top, 0.6);
  }
}

/** Does something and looks at each frame after it, so that a jump and a jump back is seen too. */
async function expectStill(element: WhatsAppTranscript, change: () => void): Promise<void> {
  const before = places(element);
  change();
  await element.updateComplete;
  expectSamePlaces(element, before);
  for (let i = 0; i < 5; i++) {
    await nextFrame();
    expectSamePlaces(element, before);
  }
}

/** Rows follow each other without gap or overlap. */
function expectStacked(element: Element): void {
  const rects = rows(element).map((one) => one.getBoundingClientRect());
  rects.forEach((rect, i) => {
    const before = rects[i - 1];
    if (before) expect(rect.top, `row ${i}`).to.be.closeTo(before.bottom, 0.6);
  });
}

async function scrollTo(element: WhatsAppTranscript, top: number): Promise<void> {
  scroller(element).scrollTop = top;
  await waitUntil(() => Math.abs(scroller(element).scrollTop - top) < 2 || top < 0);
  await nextFrame();
  await still(element);
}

const button = (element: Element, name: RegExp): HTMLButtonElement | undefined =>
  [...root(element).querySelectorAll('button')].find((one) =>
    name.test(one.getAttribute('aria-label') ?? one.textContent ?? ''),
  );

describe('<whatsapp-transcript>', () => {
  describe('accessibility', () => {
    const states: Record<string, Partial<WhatsAppTranscript>> = {
      'while loading': { transcript: openTranscript('i1'), loading: true },
      'when empty': { transcript: page([]) },
      'after an error': { transcript: openTranscript('i1'), error: 'offline' },
      'with messages': {
        transcript: page(
          [sessionItem({ id: 's', direction: 'inbound', startedAt: NOON }), ...messages(0, 30)],
          false,
          'i0',
        ),
        pending: [outboxItem()],
        unread: 2,
      },
      'with an error above': { transcript: page(messages(0, 3), true), error: 'timeout' },
    };
    for (const [name, properties] of Object.entries(states)) {
      it(`has no violations ${name}`, async () => {
        const element = await shown(properties);
        await expect(element).to.be.accessible();
      });
    }

    it('has no violations in the dark', async () => {
      const element = await shown({
        transcript: page(messages(0, 30), false, 'i0'),
        pending: [outboxItem()],
        unread: 2,
        theme: 'dark',
      });
      await expect(element).to.be.accessible();
    });

    it('is a list whose items know their place', async () => {
      const element = await shown({ transcript: page(messages(0, 300)) });
      const last = rows(element).at(-1);
      expect(last?.getAttribute('aria-posinset')).to.equal('300');
      expect(last?.getAttribute('aria-setsize')).to.equal('300');
    });

    it('does not pretend to know the size of a list that goes on above', async () => {
      const element = await shown({ transcript: page(messages(0, 30), true) });
      expect(rows(element).at(-1)?.getAttribute('aria-setsize')).to.equal('-1');
    });
  });

  describe('opening', () => {
    it('is at the very end', async () => {
      const element = await shown({ transcript: page(messages(0, 300)) });
      expect(fromEnd(element)).to.be.lessThan(1);
      expect(row(element, 'm299')).to.exist;
    });

    it('keeps few rows of many in the document', async () => {
      const element = await shown({ transcript: page(messages(0, 2000)) });
      expect(rows(element).length).to.be.lessThan(50);
      await scrollTo(element, 30_000);
      expect(rows(element).length).to.be.lessThan(50);
      expect(places(element).size).to.be.greaterThan(0);
    });

    it('makes the rows in view first, those around them after that, and none in vain', async () => {
      const element = await shown({ transcript: openTranscript('i1'), loading: true });
      const removed: Node[] = [];
      const observer = new MutationObserver((changes) => {
        for (const { removedNodes } of changes) removed.push(...removedNodes);
      });
      element.transcript = page(messages(0, 100));
      await element.updateComplete;
      observer.observe(root(element).querySelector('ul') as HTMLElement, { childList: true });
      const { top } = scroller(element).getBoundingClientRect();
      const outOfSight = rows(element).filter((one) => one.getBoundingClientRect().bottom < top);
      expect(outOfSight.length).to.be.at.most(2);
      const first = rows(element).length;
      await waitUntil(() => rows(element).length >= first + 6);
      await still(element);
      expect(removed.filter((node) => node instanceof HTMLElement)).to.deep.equal([]);
      expect(fromEnd(element)).to.be.lessThan(1);
    });

    it('puts few messages at the bottom', async () => {
      const element = await shown({ transcript: page(messages(0, 2)) });
      const floor = scroller(element).getBoundingClientRect().bottom;
      expect(floor - (row(element, 'm1')?.getBoundingClientRect().bottom ?? 0)).to.be.closeTo(12, 1);
    });

    it('begins anew with another conversation', async () => {
      const element = await shown({ transcript: page(messages(0, 100)) });
      await scrollTo(element, 300);
      const page2 = { items: messages(500, 600), next: null, cursor: { epoch: 'e', seq: 1 } };
      element.transcript = joinPage(openTranscript('i2'), 'i2', page2);
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      expect(row(element, 'm599')).to.exist;
    });
  });

  describe('the reading position', () => {
    it('goes along at the end when messages come', async () => {
      const element = await shown({ transcript: page(messages(0, 100)) });
      for (let n = 100; n < 105; n++) {
        element.transcript = append(element.transcript as Transcript, ...messages(n, n + 1));
        await element.updateComplete;
        expect(fromEnd(element)).to.be.lessThan(1);
        await nextFrame();
        expect(fromEnd(element)).to.be.lessThan(1);
      }
      expect(row(element, 'm104')).to.exist;
    });

    it('goes along when many come at once', async () => {
      const element = await shown({ transcript: page(messages(0, 100)) });
      element.transcript = append(element.transcript as Transcript, ...messages(100, 160));
      await element.updateComplete;
      expect(fromEnd(element)).to.be.lessThan(1);
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
    });

    it('stays while reading when messages come', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      await expectStill(element, () => {
        element.transcript = append(element.transcript as Transcript, ...messages(200, 203));
      });
    });

    it('is where the reader has just scrolled to, when a message comes before the browser tells of it', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      scroller(element).scrollTop = 4000;
      element.transcript = append(element.transcript as Transcript, ...messages(200, 202));
      await still(element);
      expect(fromEnd(element)).to.be.greaterThan(2000);
      expectStacked(element);
    });

    it('stays in the middle when history comes on top', async () => {
      const element = await shown({ transcript: page(messages(100, 200), true) });
      await scrollTo(element, 2500);
      await expectStill(element, () => {
        element.transcript = prepend(element.transcript as Transcript, messages(50, 100));
      });
    });

    it('stays at the very top when history comes on top', async () => {
      const element = await shown({ transcript: page(messages(100, 200), true) });
      await scrollTo(element, 0);
      await expectStill(element, () => {
        element.transcript = prepend(element.transcript as Transcript, messages(50, 100));
      });
      // What came is there, and more of it is reached by scrolling.
      expect(scroller(element).scrollTop).to.be.greaterThan(1000);
      await scrollTo(element, 0);
      expect(row(element, 'm50')).to.exist;
    });

    it('stays when a day begins anew above what is read', async () => {
      const element = await shown({ transcript: page(messages(100, 130), true) });
      await scrollTo(element, 0);
      const older = messages(60, 100).map((item) => ({ ...item, at: item.at - 86_400_000 }));
      await expectStill(element, () => {
        element.transcript = prepend(element.transcript as Transcript, older);
      });
    });

    it('stays at the end when history comes on top', async () => {
      const element = await shown({ transcript: page(messages(100, 130), true) });
      await expectStill(element, () => {
        element.transcript = prepend(element.transcript as Transcript, messages(50, 100));
      });
      expect(fromEnd(element)).to.be.lessThan(1);
    });

    it('stays when a row above grows', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      const above = messageOf(rows(element)[0]);
      await expectStill(element, () => {
        above.style.paddingBlockEnd = '90px';
      });
      expectStacked(element);
    });

    it('stays at the end when a row in view grows', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      messageOf(rows(element).at(-2)).style.paddingBlockEnd = '90px';
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      expectStacked(element);
    });

    it('keeps the distance of a reader who is near the end when rows grow', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, scroller(element).scrollTop - 40);
      messageOf(rows(element)[0]).style.paddingBlockEnd = '90px';
      await still(element);
      expect(fromEnd(element)).to.be.closeTo(40, 1);
    });

    it('stays at the end when the area gets lower, higher, narrower', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      for (const size of [{ blockSize: '300px' }, { blockSize: '640px' }, { inlineSize: '300px' }]) {
        Object.assign(element.style, size);
        await still(element);
        expect(fromEnd(element), JSON.stringify(size)).to.be.lessThan(1);
      }
    });

    it('keeps the first message in view when the area changes while reading', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      for (const size of [{ blockSize: '420px' }, { inlineSize: '320px' }, { inlineSize: '600px' }]) {
        const [first] = places(element);
        Object.assign(element.style, size);
        await still(element);
        const top =
          row(element, first?.[0] ?? '')
            ?.querySelector('.body')
            ?.getBoundingClientRect().top ?? NaN;
        expect(top - scroller(element).getBoundingClientRect().top, JSON.stringify(size)).to.be.closeTo(
          first?.[1] ?? NaN,
          1,
        );
      }
    });

    it('stays when another font changes every height', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      element.style.setProperty('--whatsapp-font-size', '17px');
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      await scrollTo(element, 4000);
      const [first] = places(element);
      element.style.setProperty('--whatsapp-font-size', '13px');
      await still(element);
      const top =
        row(element, first?.[0] ?? '')
          ?.querySelector('.body')
          ?.getBoundingClientRect().top ?? NaN;
      expect(top - scroller(element).getBoundingClientRect().top).to.be.closeTo(first?.[1] ?? NaN, 1);
    });

    it('is the same after a move in the page', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      const before = places(element);
      const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
      elsewhere.append(element);
      await still(element);
      expectSamePlaces(element, before);
    });

    it('is the end after being out of sight, when messages came', async () => {
      const element = await shown({ transcript: page(messages(0, 100)) });
      element.hidden = true;
      await still(element);
      element.transcript = append(element.transcript as Transcript, ...messages(100, 130));
      await still(element);
      element.hidden = false;
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      expect(row(element, 'm128')).to.exist;
    });

    it('stays through scrolling back over rows whose heights are not known yet', async () => {
      const element = await shown({ transcript: page(messages(0, 400)) });
      for (let i = 0; i < 12; i++) {
        const before = places(element);
        const [key, top] = [...before][0] as [string, number];
        scroller(element).scrollTop -= 150;
        await nextFrame();
        await still(element);
        const now = row(element, key)?.querySelector('.body')?.getBoundingClientRect().top ?? NaN;
        expect(now - scroller(element).getBoundingClientRect().top - top, `step ${i}`).to.be.closeTo(150, 1);
      }
    });
  });

  describe('new messages', () => {
    it('are counted while reading, and gone to by a button', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      expect(button(element, /new message/)).to.not.exist;
      await scrollTo(element, 4000);
      const inbound = messages(200, 206).filter(
        (item) => item.kind === 'message' && item.message.direction === 'inbound',
      );
      element.transcript = append(element.transcript as Transcript, ...inbound.slice(0, 3));
      await still(element);
      const more = button(element, /^\s*3 new messages/);
      expect(more).to.exist;
      await expect(element).to.be.accessible();
      more?.click();
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      expect(button(element, /new message/)).to.not.exist;
      expect(root(element).activeElement === scroller(element)).to.equal(true);
    });

    it('are not counted when an agent wrote them', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      element.transcript = append(element.transcript as Transcript, ...messages(201, 202));
      await still(element);
      expect(button(element, /new message/)).to.not.exist;
      expect(button(element, /Go to the newest/)).to.exist;
    });
  });

  describe('messages on their way', () => {
    it('stand at the end, and are gone to when the agent sends one while reading', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      await scrollTo(element, 4000);
      element.pending = [outboxItem()];
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
      expect(rows(element).at(-1)?.dataset['key']).to.equal('new-1');
    });

    it('keep their row when the log shows them', async () => {
      const element = await shown({ transcript: page(messages(0, 50)), pending: [outboxItem()] });
      const before = row(element, 'new-1');
      const sent = messageItem(
        aReply({
          id: 'm-sent',
          clientId: 'new-1',
          at: NOON + 5001 * MINUTE,
          content: { kind: 'text', text: 'On its way' },
        }),
      );
      // First both have it, then the outbox lets go.
      element.transcript = append(element.transcript as Transcript, sent);
      await still(element);
      expect(rows(element).filter((one) => one.dataset['key'] === 'new-1').length).to.equal(1);
      element.pending = [];
      await still(element);
      expect(row(element, 'new-1') === before).to.equal(true);
      expect(fromEnd(element)).to.be.lessThan(1);
    });
  });

  describe('older messages', () => {
    it('are asked for by the button when an earlier conversation lies above', async () => {
      const element = await shown({ transcript: page(messages(0, 5), false, 'i0') });
      let asked = 0;
      element.addEventListener('older-request', () => asked++);
      button(element, /See older messages…/)?.click();
      expect(asked).to.equal(1);
    });

    it('are asked for once by scrolling near the top of a conversation that goes on', async () => {
      const element = await shown({ transcript: page(messages(100, 200), true) });
      let asked = 0;
      element.addEventListener('older-request', () => asked++);
      await scrollTo(element, 2500);
      expect(asked).to.equal(0);
      await scrollTo(element, 500);
      await scrollTo(element, 300);
      expect(asked).to.equal(1);
      element.transcript = prepend(element.transcript as Transcript, messages(50, 100), true);
      await still(element);
      await scrollTo(element, 100);
      expect(asked).to.equal(2);
    });

    it('say when their reader leaves the end and is back, once each', async () => {
      const element = await shown({ transcript: page(messages(100, 200), true) });
      const places: string[] = [];
      element.addEventListener('reading-change', ({ detail }) => places.push(detail.at));
      await scrollTo(element, 2500);
      await scrollTo(element, 2200);
      expect(places).to.deep.equal(['above']);
      element.transcript = append(element.transcript as Transcript, ...messages(200, 201));
      await still(element);
      expect(places).to.deep.equal(['above']);
      element.scrollToEnd();
      await waitUntil(() => places.length > 1);
      expect(places).to.deep.equal(['above', 'end']);
    });

    it('are not asked for by scrolling where an earlier conversation begins', async () => {
      const element = await shown({ transcript: page(messages(0, 100), false, 'i0') });
      let asked = 0;
      element.addEventListener('older-request', () => asked++);
      await scrollTo(element, 0);
      expect(asked).to.equal(0);
    });

    it('are asked for again by hand after an error', async () => {
      const element = await shown({ transcript: page(messages(100, 200), true), error: 'timeout' });
      let asked = 0;
      element.addEventListener('older-request', () => asked++);
      await scrollTo(element, 0);
      expect(asked).to.equal(0);
      expect(root(element).textContent).to.contain('Older messages could not be loaded.');
      button(element, /Try again/)?.click();
      expect(asked).to.equal(1);
    });
  });

  it('has the same button to try again, whatever it stands in', async () => {
    const colour = async (properties: Partial<WhatsAppTranscript>): Promise<string> => {
      const again = button(await shown({ error: 'timeout', ...properties }), /Try again/);
      return getComputedStyle(again as Element).color;
    };
    expect(await colour({ transcript: null })).to.equal(
      await colour({ transcript: page(messages(100, 200), true) }),
    );
  });

  describe('rows', () => {
    it('name each day once', async () => {
      const items = messages(0, 6).map((item, i) => ({ ...item, at: NOON - (i < 3 ? 86_400_000 : 0) + i }));
      const element = await shown({ transcript: page(items), clock: { now: () => NOON } });
      const days = [...root(element).querySelectorAll('.day')].map((day) => day.textContent?.trim());
      expect(days).to.deep.equal(['Yesterday', 'Today']);
    });

    it('draw one line above what was unread, which stays there', async () => {
      const element = await shown({ transcript: page(messages(0, 30)), unread: 2 });
      const above = (): string | undefined =>
        root(element).querySelector<HTMLElement>('.row:has(.unread)')?.dataset['key'];
      expect(root(element).querySelector('.unread')?.textContent).to.contain('2 unread messages');
      expect(above()).to.equal('m28');
      element.transcript = append(element.transcript as Transcript, ...messages(31, 33));
      await still(element);
      expect(above()).to.equal('m28');
    });

    it('say what they cannot show', async () => {
      const element = await shown({
        transcript: page([
          ...messages(0, 1),
          { kind: 'unknown-event', id: 'e9', at: NOON, type: 'contact-blinked' },
        ]),
      });
      const said = (): string => shadowText(row(element, 'e9') as HTMLElement);
      expect(said()).to.contain('cannot be shown here').and.to.not.contain('contact-blinked');
      row(element, 'e9')?.querySelector('summary')?.click();
      expect(said()).to.contain('contact-blinked');
    });

    it('say once, at the end of a run, why messages failed', async () => {
      const failed = (id: string, code: number): TranscriptItem => {
        const delivery = { state: 'failed', at: NOON, error: { code, detail: 'Words' } } as const;
        return messageItem(aReply({ id, clientId: id, at: NOON, delivery }));
      };
      const element = await shown({
        transcript: page([
          failed('a', 131026),
          failed('b', 131026),
          failed('c', 131026),
          failed('d', 131000),
        ]),
      });
      const said = ['a', 'b', 'c', 'd'].map((key) => shadowText(messageOf(row(element, key))));
      const reach = said.map((text) => text.includes('cannot reach this contact'));
      expect(reach).to.deep.equal([false, false, true, false]);
      expect(said[3]).to.contain('a fault of its own');
      for (const text of said) expect(text).to.contain('Edit');
    });

    it('are no more than the page has room for where its parent has no height', async () => {
      const element = await shown({ transcript: page(messages(0, 400)) }, 'inline-size: 400px');
      expect(element.getBoundingClientRect().height).to.be.at.most(innerHeight);
      expect(rows(element).length).to.be.within(1, 100);
    });

    it('are only those in view or near it, however long the conversation', async () => {
      const short = await shown({ transcript: page(messages(0, 100)) });
      const long = await shown({ transcript: page(messages(0, 2000)) });
      expect(Math.abs(rows(long).length - rows(short).length)).to.be.lessThan(6);
    });
  });

  describe('keyboard and pointer', () => {
    it('leave nothing behind when thousands have passed', async () => {
      const element = await shown({ transcript: page(messages(0, 200)) });
      const nodes = (): number => root(element).querySelector('ul')?.childNodes.length ?? 0;
      const before = nodes();
      for (let from = 200; from < 3200; from += 100) {
        element.transcript = append(
          element.transcript ?? openTranscript('i1'),
          ...messages(from, from + 100),
        );
        await element.updateComplete;
      }
      await still(element);
      expect(row(element, 'm3199')).to.be.instanceOf(HTMLElement);
      // Each row has a few nodes of Lit's own around it; how many rows there are depends on their heights.
      expect(nodes()).to.be.below(2 * before);
    });

    it('scrolls by PageUp, Home and End when it has the focus', async () => {
      const element = await shown({ transcript: page(messages(0, 100)) });
      scroller(element).focus();
      const end = scroller(element).scrollTop;
      await sendKeys({ press: 'PageUp' });
      await waitUntil(() => scroller(element).scrollTop < end - 200);
      await sendKeys({ press: 'Home' });
      await waitUntil(() => scroller(element).scrollTop === 0);
      await still(element);
      expect(scroller(element).scrollTop).to.equal(0);
      expect(row(element, 'c0')).to.exist;
      await sendKeys({ press: 'End' });
      await waitUntil(() => fromEnd(element) < 1, 'the end');
      await still(element);
      expect(fromEnd(element)).to.be.lessThan(1);
    });

    it('keeps the focus on a link that is scrolled out of sight', async () => {
      const link = aMessage({ id: 'link', at: NOON, content: { kind: 'text', text: 'https://example.com' } });
      const element = await shown({ transcript: page([messageItem(link), ...messages(1, 200)]) });
      await scrollTo(element, 0);
      const message = row(element, 'link')?.querySelector('whatsapp-message') as HTMLElement;
      await waitUntil(() => root(message).querySelector('a'));
      root(message).querySelector('a')?.focus();
      await scrollTo(element, 6000);
      // Not compared as such: what a failure would print of an element does not end.
      expect(root(element).activeElement === message).to.equal(true);
    });

    it('lets text be selected by pointer', async () => {
      const element = await shown({ transcript: page(messages(0, 3)) });
      const message = row(element, 'm2')?.querySelector('whatsapp-message') as HTMLElement;
      const text = root(message).querySelector('.text') as HTMLElement;
      const { left, top, width, height } = text.getBoundingClientRect();
      const [y, from, to] = [top + height / 2, left + 2, left + width - 2].map(Math.round) as [
        number,
        number,
        number,
      ];
      await sendMouse({ type: 'move', position: [from, y] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [to, y] });
      await sendMouse({ type: 'up' });
      const selected = String(getSelection()).trim();
      expect(selected.length).to.be.greaterThan(3);
      expect(text.textContent).to.include(selected);
    });
  });
});
