import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/whatsapp-message.js';
import type { WhatsAppMessage } from '../../src/elements/whatsapp-message/whatsapp-message.js';
import type {
  DiscardRequestEvent,
  EditRequestEvent,
  ResendRequestEvent,
} from '../../src/elements/whatsapp-message/whatsapp-message.events.js';
import type { Content, ContentKind, DeliveryState, OutboxItem } from '../../src/model/index.js';
import { aMessage, aReply, NOON } from '../support/builders.js';
import { allByRole, byRole, getByRole, shadowText } from '../support/queries.js';

async function message(properties: Partial<WhatsAppMessage>, lang = 'en'): Promise<WhatsAppMessage> {
  const element = await fixture<WhatsAppMessage>(
    html`<whatsapp-message
      lang=${lang}
      contact="Masha"
      agent="ana"
      style="inline-size: 400px; background: #f3f4f1"
    ></whatsapp-message>`,
  );
  Object.assign(element, properties);
  await element.updateComplete;
  return element;
}

const said = (text: string): Promise<WhatsAppMessage> =>
  message({ message: aMessage({ content: { kind: 'text', text } }) });

const reply = (
  state: DeliveryState,
  error: { code: number | null; detail: string } | null = null,
): Promise<WhatsAppMessage> =>
  message({
    message: aReply({ content: { kind: 'text', text: 'Hello' }, delivery: { state, at: NOON, error } }),
  });

const outbox = (overrides: Partial<OutboxItem> = {}): OutboxItem => ({
  clientId: 'c9',
  interaction: 'interaction-1',
  contact: 'contact-1',
  content: { kind: 'text', text: 'My words' },
  createdAt: NOON,
  state: 'queued',
  error: null,
  ...overrides,
});

const find = (element: Element, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
const get = (element: Element, selector: string): HTMLElement => find(element, selector) as HTMLElement;
const link = (element: Element): HTMLAnchorElement => getByRole(element, 'link') as HTMLAnchorElement;

const media = { mediaId: 'm', mimeType: null, fileName: null, caption: null, voice: false };

/** Content of each kind with what must be seen of it. */
const KINDS: {
  readonly [K in ContentKind]: readonly (readonly [content: Content, seen: readonly string[]])[];
} = {
  text: [[{ kind: 'text', text: 'Hello there' }, ['Hello there']]],
  image: [
    [
      { ...media, kind: 'image', mimeType: 'image/jpeg', caption: 'The *box*' },
      ['Photo', 'image/jpeg', 'The box', 'Cannot be opened here yet'],
    ],
    [{ ...media, kind: 'image', mediaId: null }, ['Photo', 'did not hand over']],
  ],
  video: [[{ ...media, kind: 'video', mimeType: 'video/mp4' }, ['Video', 'video/mp4']]],
  audio: [
    [
      { ...media, kind: 'audio', mimeType: 'audio/ogg; codecs=opus', voice: true },
      ['Voice message', 'audio/ogg'],
    ],
    [{ ...media, kind: 'audio', mimeType: 'audio/mpeg' }, ['Audio', 'audio/mpeg']],
  ],
  document: [
    [
      {
        ...media,
        kind: 'document',
        fileName: 'invoice.pdf',
        mimeType: 'application/pdf',
        caption: 'For May',
      },
      ['invoice.pdf', 'Document', 'application/pdf', 'For May'],
    ],
  ],
  sticker: [[{ ...media, kind: 'sticker', mimeType: 'image/webp' }, ['Sticker']]],
  location: [
    [
      { kind: 'location', latitude: -1.2921, longitude: 36.8219, name: 'Uhuru Park', address: 'Nairobi' },
      ['Uhuru Park', 'Nairobi', '-1.29210, 36.82190', 'Open the map'],
    ],
    [
      { kind: 'location', latitude: 1, longitude: 2, name: null, address: null },
      ['Location', '1.00000, 2.00000'],
    ],
  ],
  contacts: [[{ kind: 'contacts', names: ['Joseph', 'Mary'] }, ['2 contact cards', 'Joseph', 'Mary']]],
  reaction: [
    [{ kind: 'reaction', emoji: '❤️', target: 'w' }, ['❤️', 'Reaction to an earlier message']],
    [{ kind: 'reaction', emoji: null, target: 'w' }, ['Took a reaction back']],
  ],
  reply: [
    [{ kind: 'reply', source: 'button', title: 'Yes', description: null }, ['Chose an answer', 'Yes']],
    [
      { kind: 'reply', source: 'list', title: 'West', description: 'Until six' },
      ['Chose from the list', 'West', 'Until six'],
    ],
    [{ kind: 'reply', source: 'flow', title: 'Sent', description: null }, ['Filled in a form', 'Sent']],
  ],
  order: [[{ kind: 'order', itemCount: 3, text: 'Before Friday' }, ['Order of 3 items', 'Before Friday']]],
  system: [[{ kind: 'system', text: 'The number has changed' }, ['The number has changed']]],
  edited: [
    [{ kind: 'edited', target: 'w', text: 'order 4712' }, ['Changed an earlier message', 'order 4712']],
    [{ kind: 'edited', target: 'w', text: null }, ['Changed an earlier message']],
  ],
  deleted: [[{ kind: 'deleted', target: 'w' }, ['Deleted an earlier message']]],
  unsupported: [
    [
      { kind: 'unsupported', label: 'poll', detail: 'Message type unknown' },
      ['cannot be shown here', 'poll', 'Message type unknown'],
    ],
  ],
};

describe('<whatsapp-message>', () => {
  // What tells links is loaded with the first text that may hold one.
  before(async () => {
    const element = await said('https://example.com');
    await waitUntil(() => byRole(element, 'link'), 'a link', { timeout: 4000 });
  });

  describe('content', () => {
    for (const [kind, cases] of Object.entries(KINDS)) {
      it(`of kind ${kind} is shown with what is known of it, and with its time`, async () => {
        for (const [content, seen] of cases) {
          const element = await message({ message: aMessage({ content }) });
          const text = shadowText(element).replaceAll(' ,', ',');
          for (const part of seen) expect(text).to.contain(part);
          expect(find(element, 'time')?.getAttribute('datetime')).to.equal(new Date(NOON).toISOString());
          await expect(element).to.be.accessible();
        }
      });
    }

    it('of a kind that is not known here is shown as such', async () => {
      const content = { kind: 'hologram' } as unknown as Content;
      const element = await message({ message: aMessage({ content }) });
      expect(shadowText(element)).to.contain('hologram');
    });

    it('has its place on a map that learns nothing of this page', async () => {
      const content: Content = {
        kind: 'location',
        latitude: -1.5,
        longitude: 36.25,
        name: null,
        address: null,
      };
      const map = link(await message({ message: aMessage({ content }) }));
      expect(map.href).to.contain('mlat=-1.5').and.to.contain('mlon=36.25');
      expect(map.rel).to.contain('noreferrer');
      expect(map.referrerPolicy).to.equal('no-referrer');
    });

    it('has no link to a place that is none', async () => {
      const content: Content = { kind: 'location', latitude: NaN, longitude: 0, name: 'x', address: null };
      expect(byRole(await message({ message: aMessage({ content }) }), 'link')).to.equal(null);
    });

    it('shows up to three emoji larger', async () => {
      const size = async (text: string): Promise<number> =>
        parseFloat(getComputedStyle(get(await said(text), '.text')).fontSize);
      expect(await size('😀👍🏽❤️')).to.be.greaterThan(28);
      expect(await size('😀😀😀😀')).to.equal(14);
      expect(await size('😀 ok')).to.equal(14);
    });
  });

  describe('formatting', () => {
    it('is rendered by elements that mean it', async () => {
      const element = await said('*b* _i_ ~s~ `c`\n- one\n1. two\n> three\n```\nfour\n```');
      const texts = ['strong', 'em', 's', 'code', 'ul li', 'ol li', 'blockquote', 'pre'].map((selector) =>
        get(element, selector).textContent?.trim(),
      );
      expect(texts).to.deep.equal(['b', 'i', 's', 'c', 'one', 'two', 'three', 'four']);
      await expect(element).to.be.accessible();
    });

    it('keeps line breaks, and no others', async () => {
      const element = await said('one\n\ntwo');
      const text = get(element, '.text');
      expect(text.textContent).to.equal('one\n\ntwo');
      expect(text.getBoundingClientRect().height).to.be.closeTo(60, 6);
    });
  });

  describe('hostile text', () => {
    it('is only ever text', async () => {
      const text = '<img src=x onerror="document.title=1"><script>1</script> ${1} {{1}} <b>*x*</b>';
      const element = await said(text);
      expect(find(element, 'img, script, b')).to.equal(null);
      expect(get(element, '.text').textContent).to.equal(text.replaceAll('*', ''));
    });

    it('does not turn what is around it', async () => {
      const element = await said('\u202Eabc \u202E def');
      const { left } = get(element, '.tail').getBoundingClientRect();
      const bubble = get(element, '.bubble').getBoundingClientRect();
      expect(left).to.be.greaterThan(bubble.left + bubble.width / 3);
      const name: Content = { ...media, kind: 'document', fileName: 'pay\u202Efdp.exe', mimeType: null };
      const file = await message({ message: aMessage({ content: name }) });
      expect(shadowText(file)).to.contain('payfdp.exe');
    });

    it('of 4,096 characters without a space, or a link of 500, stays inside', async () => {
      for (const text of ['x'.repeat(4096), `https://example.com/${'a'.repeat(480)}`, '*'.repeat(4096)]) {
        const element = await said(text);
        expect(get(element, '.bubble').getBoundingClientRect().width).to.be.at.most(400 * 0.78 + 1);
        expect(element.scrollWidth).to.be.at.most(400);
        expect(get(element, '.content').textContent).to.contain(text);
      }
    });

    it('makes no link of other schemes', async () => {
      for (const text of [
        'javascript:alert(1)',
        'data:text/html,<script>1</script>',
        'vbscript:x',
        'file:///etc/passwd',
        'JaVaScRiPt://example.com/%0aalert(1)',
        'blob:https://example.com/1',
      ]) {
        const links = allByRole(await said(text), 'link') as HTMLAnchorElement[];
        // Of the last, what looks like an address of its own may be one.
        for (const { href } of links) expect(href).to.match(/^https?:/);
        if (!text.includes('example.com')) expect(links, text).to.deep.equal([]);
      }
    });
  });

  describe('links', () => {
    it('open a new tab that learns nothing of this page', async () => {
      const a = link(await said('see https://example.com/a_b?x=1, please'));
      expect(a.href).to.equal('https://example.com/a_b?x=1');
      expect(a.textContent).to.equal('https://example.com/a_b?x=1');
      expect(a.target).to.equal('_blank');
      expect(a.rel).to.equal('noopener noreferrer nofollow');
      expect(a.referrerPolicy).to.equal('no-referrer');
    });

    it('are made of bare domains, over a safe connection', async () => {
      expect(link(await said('go to example.com/x.')).href).to.equal('https://example.com/x');
    });

    it('are found inside marks', async () => {
      expect(link(await said('*https://example.com/a_b*')).href).to.equal('https://example.com/a_b');
    });

    const misleading: Record<string, string> = {
      'all Cyrillic that looks Latin': 'http://аррӏе.com',
      'two scripts in a name': 'https://gооgle.com/x',
      'a name in punycode': 'https://xn--80ak6aa92e.com',
      'a sign drawn like the slash behind a name': 'http://bank.example⁄login.evil.example/',
    };
    for (const [what, text] of Object.entries(misleading)) {
      it(`that mislead are marked: ${what}`, async () => {
        const element = await said(text);
        expect(find(element, '.lookalike')).to.exist;
        expect(shadowText(element)).to.contain('may pass for another one');
        expect(link(element).title).to.contain('xn--');
        await expect(element).to.be.accessible();
      });
    }

    it('that hide a number or something invisible are marked with where they lead', async () => {
      for (const [text, host] of [
        ['http://0x7f.1/', '127.0.0.1'],
        ['http://3232235777/', '192.168.1.1'],
        ['http://exa\u200bmple.com', 'example.com'],
      ] as const) {
        const element = await said(text);
        expect(find(element, '.lookalike'), text).to.exist;
        expect(link(element).title).to.contain(host);
      }
    });

    it('of honest international names are not marked', async () => {
      for (const text of [
        'https://münchen.de',
        'http://пример.рф',
        'https://例え.jp',
        'https://example.com',
      ]) {
        expect(find(await said(text), '.lookalike'), text).to.equal(null);
      }
    });

    it('are not made where a name stands before the host', async () => {
      expect(byRole(await said('https://bank.example@evil.example/x'), 'link')).to.equal(null);
    });
  });

  describe('the last line', () => {
    it('has the time beside the text, and never over it', async () => {
      for (const text of [
        'Hi',
        'x'.repeat(38),
        'word '.repeat(30),
        'مرحبا كيف الحال',
        'שלום',
        '😀',
        'a\nb',
      ]) {
        const element = await said(text);
        const tail = get(element, '.tail').getBoundingClientRect();
        const range = document.createRange();
        range.selectNodeContents(get(element, '.text'));
        for (const line of range.getClientRects()) {
          const apart =
            line.right <= tail.left + 0.5 ||
            line.left >= tail.right - 0.5 ||
            line.bottom <= tail.top + 5 ||
            line.top >= tail.bottom;
          expect(apart, `${text}: ${JSON.stringify(line)} ${JSON.stringify(tail)}`).to.equal(true);
        }
        const bubble = get(element, '.bubble').getBoundingClientRect();
        expect(tail.right).to.be.at.most(bubble.right);
        expect(tail.left).to.be.at.least(bubble.left);
      }
    });

    it('does not make a short message higher', async () => {
      expect(get(await said('Hi'), '.bubble').getBoundingClientRect().height).to.be.at.most(36);
    });
  });

  describe('delivery', () => {
    const names: Record<Exclude<DeliveryState, 'failed' | 'unknown'>, string> = {
      queued: 'Waiting to be sent',
      sending: 'Sending',
      sent: 'Sent',
      delivered: 'Delivered',
      read: 'Read',
      played: 'Played',
    };
    for (const [state, name] of Object.entries(names)) {
      it(`${state} is said in words, not by a mark alone`, async () => {
        const element = await reply(state as DeliveryState);
        expect(shadowText(element)).to.contain(name);
        expect(get(element, '.tail .state').title).to.equal(name);
        await expect(element).to.be.accessible();
      });
    }

    const failures: Record<number, string> = {
      131026: 'cannot reach this contact',
      131047: 'More than 24 hours have passed',
      131049: 'Try again another day',
      131050: 'asked for no such messages',
      131053: 'could not take the attachment',
      130429: 'Too many messages were sent at once',
      131056: 'Wait a minute',
      190: 'Tell your administrator',
      200: 'Tell your administrator',
      131000: 'a fault of its own',
      999999: 'did not deliver this message',
    };
    for (const [code, sentence] of Object.entries(failures)) {
      it(`failed by ${code} is said plainly, the code behind Details`, async () => {
        const element = await reply('failed', { code: Number(code), detail: 'Words of WhatsApp' });
        expect(shadowText(element)).to.contain(sentence);
        expect(get(element, 'details').hasAttribute('open')).to.equal(false);
        get(element, 'summary').click();
        expect(get(element, 'details').textContent).to.contain(code).and.to.contain('Words of WhatsApp');
        await expect(element).to.be.accessible();
      });
    }

    it('is legible in the dark too', async () => {
      const error = { code: 131047, detail: 'Words of WhatsApp' };
      for (const state of ['read', 'unknown', 'failed'] as const) {
        const element = await reply(state, error);
        element.theme = 'dark';
        element.style.background = '#0c1311';
        await element.updateComplete;
        await expect(element).to.be.accessible();
      }
    });

    it('unknown warns against sending again', async () => {
      const element = await reply('unknown');
      expect(shadowText(element)).to.contain('did not confirm').and.to.contain('before you repeat it');
      expect(byRole(element, 'button', 'Try again')).to.equal(null);
    });

    it('failed gives the words back to be edited', async () => {
      const element = await reply('failed', { code: 131026, detail: '' });
      let asked: EditRequestEvent['detail'] | null = null;
      element.addEventListener('edit-request', ({ detail }) => (asked = detail));
      getByRole(element, 'button', 'Edit').click();
      expect(asked).to.deep.equal({ clientId: null, text: 'Hello' });
      expect(byRole(element, 'button', 'Try again')).to.equal(null);
    });

    it('is not shown of what the contact wrote', async () => {
      expect(find(await said('Hello'), '.tail .state')).to.equal(null);
    });
  });

  describe('in the outbox', () => {
    it('waits and goes', async () => {
      expect(shadowText(await message({ pending: outbox() }))).to.contain('Waiting to be sent');
      expect(shadowText(await message({ pending: outbox({ state: 'sending' }) }))).to.contain('Sending');
    });

    it('offers to try again, edit and discard what was refused', async () => {
      const error = { kind: 'window-closed', sentence: 'Window closed at noon.' } as const;
      const element = await message({ pending: outbox({ state: 'failed', error }) });
      expect(shadowText(element)).to.contain('More than 24 hours have passed');
      await expect(element).to.be.accessible();
      const asked: unknown[] = [];
      const note = (event: ResendRequestEvent | DiscardRequestEvent | EditRequestEvent): number =>
        asked.push([event.type, event.detail, event.bubbles && event.composed]);
      element.addEventListener('resend-request', note);
      element.addEventListener('edit-request', note);
      element.addEventListener('discard-request', note);
      for (const name of ['Try again', 'Edit', 'Discard']) getByRole(element, 'button', name).click();
      expect(asked).to.deep.equal([
        ['resend-request', { clientId: 'c9' }, true],
        ['edit-request', { clientId: 'c9', text: 'My words' }, true],
        ['discard-request', { clientId: 'c9' }, true],
      ]);
      expect(get(element, 'details').textContent).to.contain('Window closed at noon.');
    });
  });

  describe('who and how', () => {
    it('is said to screen readers', async () => {
      expect(shadowText(await said('Hello'))).to.contain('Masha wrote:');
      expect(shadowText(await reply('read'))).to.contain('You wrote:');
    });

    it('names another agent, once in a group', async () => {
      const ben = aReply({ author: { id: 'ben', name: 'Ben Mwangi' } });
      const first = await message({ message: ben });
      expect(get(first, '.author').textContent).to.equal('Ben Mwangi');
      const next = await message({ message: ben, grouped: true });
      expect(find(next, '.author')).to.equal(null);
      expect(shadowText(next)).to.contain('Ben Mwangi');
    });

    it('is marked when forwarded or an answer', async () => {
      const element = await message({ message: aMessage({ context: { forwarded: true, replyTo: 'w' } }) });
      expect(shadowText(element)).to.contain('Forwarded').and.to.contain('Answer to an earlier message');
    });

    it('is at the start for the contact and at the end for agents, in both directions', async () => {
      const side = async (lang: string, inbound: boolean): Promise<string> => {
        const shown = inbound ? aMessage() : aReply();
        const element = await message({ message: shown }, lang);
        const bubble = get(element, '.bubble').getBoundingClientRect();
        return bubble.left - element.getBoundingClientRect().left < 2 ? 'left' : 'right';
      };
      expect(await side('en', true)).to.equal('left');
      expect(await side('en', false)).to.equal('right');
      expect(await side('ar', true)).to.equal('right');
      expect(await side('ar', false)).to.equal('left');
    });
  });
});
