import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import '../../src/define/whatsapp-media.js';
import '../../src/define/whatsapp-message.js';
import type { WhatsAppMessage } from '../../src/elements/whatsapp-message/whatsapp-message.js';
import type {
  DiscardRequestEvent,
  EditRequestEvent,
  ResendRequestEvent,
} from '../../src/elements/whatsapp-message/whatsapp-message.events.js';
import { NO_CONTEXT, mediaContent } from '../../src/model/index.js';
import type {
  Content,
  ContentKind,
  DeliveryState,
  Open,
  OutboxItem,
  RefusalKind,
} from '../../src/model/index.js';
import { NOON, aMessage, aReply, anOutboxItem } from '../support/builders.js';
import { allByRole, byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

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
  state: Open<DeliveryState>,
  error: { code: number | null; detail: string } | null = null,
): Promise<WhatsAppMessage> =>
  message({
    message: aReply({ content: { kind: 'text', text: 'Hello' }, delivery: { state, at: NOON, error } }),
  });

const outbox = (step: OutboxItem['step']): OutboxItem =>
  anOutboxItem({ clientId: 'c9', body: { kind: 'text', text: 'My words' }, step });

const find = (element: Element, selector: string): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
const get = (element: Element, selector: string): HTMLElement => find(element, selector) as HTMLElement;
const link = (element: Element): HTMLAnchorElement => getByRole(element, 'link') as HTMLAnchorElement;

async function clickOn(button: HTMLElement): Promise<void> {
  const { x, y, width, height } = button.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

/** Content of each kind with what must be seen of it. */
const KINDS: {
  readonly [K in ContentKind]: readonly (readonly [content: Content, seen: readonly string[]])[];
} = {
  text: [[{ kind: 'text', text: 'Hello there' }, ['Hello there']]],
  image: [
    [
      mediaContent('image', { mimeType: 'image/jpeg', caption: 'The *box*' }),
      ['Photo', 'The box', 'still at WhatsApp'],
    ],
    [
      mediaContent('image', { status: 'refused', error: { code: 131052, detail: 'Too large' } }),
      ['Photo', 'did not hand over', 'Details'],
    ],
  ],
  video: [[mediaContent('video', { mimeType: 'video/mp4' }), ['Video']]],
  audio: [
    [mediaContent('audio', { mimeType: 'audio/ogg; codecs=opus', voice: true }), ['Voice message']],
    [mediaContent('audio', { mimeType: 'audio/mpeg' }), ['Audio']],
  ],
  document: [
    [
      mediaContent('document', { fileName: 'invoice.pdf', mimeType: 'application/pdf', caption: 'For May' }),
      ['invoice.pdf', 'For May'],
    ],
  ],
  sticker: [[mediaContent('sticker', { mimeType: 'image/webp' }), ['Sticker']]],
  location: [
    [
      {
        kind: 'location',
        latitude: -1.2921,
        longitude: 36.8219,
        name: 'Uhuru Park',
        address: 'Nairobi',
        url: null,
      },
      ['Uhuru Park', 'Nairobi', '-1.29210, 36.82190', 'Open the map'],
    ],
    [
      { kind: 'location', latitude: 1, longitude: 2, name: null, address: null, url: null },
      ['Location', '1.00000, 2.00000'],
    ],
  ],
  contacts: [
    [
      {
        kind: 'contacts',
        cards: [
          {
            name: 'Joseph',
            organization: 'Depot Ltd',
            phones: [{ phone: '+254 700 1', type: 'CELL', waId: null }],
            emails: [{ email: 'joseph@depot.example', type: null }],
          },
          { name: 'Mary', organization: null, phones: [], emails: [] },
        ],
      },
      ['2 contact cards', 'Joseph', 'Depot Ltd', '+254 700 1', 'joseph@depot.example', 'Mary'],
    ],
  ],
  reaction: [
    [{ kind: 'reaction', emoji: '❤️' }, ['❤️', 'Reaction to an earlier message']],
    [{ kind: 'reaction', emoji: null }, ['Took a reaction back']],
  ],
  reply: [
    [
      { kind: 'reply', source: 'button', title: 'Yes', description: null, id: 'y', fields: [] },
      ['Chose an answer', 'Yes'],
    ],
    [
      { kind: 'reply', source: 'list', title: 'West', description: 'Until six', id: 'w', fields: [] },
      ['Chose from the list', 'West', 'Until six'],
    ],
    [
      {
        kind: 'reply',
        source: 'flow',
        title: 'Sent',
        description: null,
        id: 'flow',
        fields: [{ name: 'rating', value: '5' }],
      },
      ['Filled in a form', 'Sent', 'rating: 5'],
    ],
  ],
  order: [
    [
      {
        kind: 'order',
        itemCount: 3,
        items: [
          { product: 'oak-4', quantity: 3, price: 12.5, currency: 'EUR' },
          { product: 'pine-2', quantity: 1, price: 1, currency: 'no currency' },
        ],
        catalog: 'c',
        text: 'Before Friday',
      },
      ['Order of 3 items', '3 × oak-4', '€12.50', 'no currency', 'Before Friday'],
    ],
  ],
  interactive: [
    [
      {
        kind: 'interactive',
        header: 'Delivery',
        body: 'When does it *suit* you?',
        footer: 'We come once',
        action: {
          kind: 'buttons',
          buttons: [
            { id: '1', title: 'In the morning' },
            { id: '2', title: 'In the evening' },
          ],
        },
      },
      ['Delivery', 'When does it suit you?', 'We come once', 'In the morning', 'In the evening'],
    ],
    [
      {
        kind: 'interactive',
        header: null,
        body: 'Which shop?',
        footer: null,
        action: {
          kind: 'list',
          button: 'Shops',
          sections: [
            { title: 'North', rows: [{ id: '1', title: 'Harbour', description: 'Open till nine' }] },
            { title: 'South', rows: [{ id: '2', title: 'Market', description: null }] },
          ],
        },
      },
      ['Which shop?', 'Shops', 'North', 'Harbour', 'Open till nine', 'South', 'Market'],
    ],
  ],
  template: [
    [
      {
        kind: 'template',
        name: 'ready',
        language: 'en',
        header: 'Good news',
        body: 'Order *47* is ready',
        footer: 'Harbour & Pine',
        buttons: ['Thanks'],
      },
      ['Notification', 'Good news', 'Order 47 is ready', 'Harbour & Pine', 'Thanks'],
    ],
    [
      {
        kind: 'template',
        name: 'shop',
        language: 'en',
        header: null,
        body: 'Fetch it here.',
        footer: null,
        buttons: [],
        above: {
          kind: 'location',
          latitude: 41.4,
          longitude: 2.2,
          name: 'Market',
          address: 'Square 1',
          url: null,
        },
      },
      ['Notification', 'Market', 'Square 1', 'Fetch it here.'],
    ],
  ],
  system: [[{ kind: 'system', text: 'The number has changed', event: null }, ['The number has changed']]],
  edited: [
    [{ kind: 'edited', text: 'order 4712' }, ['Changed an earlier message', 'order 4712']],
    [{ kind: 'edited', text: null }, ['Changed an earlier message']],
  ],
  deleted: [[{ kind: 'deleted' }, ['Deleted an earlier message']]],
  unsupported: [
    [
      { kind: 'unsupported', label: 'poll', detail: 'Message type unknown', code: 131051 },
      ['cannot be shown here', 'Details'],
    ],
  ],
};

describe('<whatsapp-message>', () => {
  // What tells links is loaded with the first text that may hold one.
  before(async () => {
    const element = await said('https://example.com');
    await waitUntil(() => byRole(element, 'link'), 'a link');
  });

  describe('a long text', () => {
    const WORDS = 'The parcel has not come yet and nobody knows why. ';
    const height = (element: Element): number => element.getBoundingClientRect().height;

    it('of 4,095 line breaks is as high as a screen at most, until it is unfolded', async () => {
      const element = await said(`First${'\n'.repeat(4095)}Last`);
      expect(height(element)).to.be.below(600);
      expect(shadowText(element)).to.not.contain('Last');
      const more = getByRole(element, 'button', 'Show more');
      expect(more.getAttribute('aria-expanded')).to.equal('false');
      await expect(element).to.be.accessible();
      more.focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(shadowText(element)).to.contain('Last');
      expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'Show less'));
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(height(element)).to.be.below(600);
      expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'Show more'));
    });

    it('of two screens of words ends with a whole word', async () => {
      const element = await said(WORDS.repeat(80));
      expect(shadowText(element)).to.match(/(parcel|has|not|come|yet|and|nobody|knows|why\.|The)… Show more/);
    });

    it('stays unfolded where it is shown anew', async () => {
      const one = aMessage({ content: { kind: 'text', text: WORDS.repeat(80) } });
      const element = await message({ message: one });
      getByRole(element, 'button', 'Show more').click();
      const again = await message({ message: { ...one, at: NOON + 1 } });
      expect(byRole(again, 'button', 'Show less')).to.be.instanceOf(HTMLElement);
    });

    it('folds as a caption too, and says so in Arabic', async () => {
      const content = mediaContent('image', { mimeType: 'image/jpeg', caption: '\n.'.repeat(500) });
      const element = await message({ message: aMessage({ content }) }, 'ar');
      expect(height(element)).to.be.below(700);
      expect(byRole(element, 'button', 'عرض المزيد')).to.be.instanceOf(HTMLElement);
    });

    const lists: Readonly<Record<string, [content: Content, title: string, last: string]>> = {
      'a form of 60 answers': [
        {
          kind: 'reply',
          source: 'flow',
          title: 'Form',
          description: null,
          id: null,
          fields: Array.from({ length: 60 }, (_, i) => ({ name: `field ${i}`, value: 'line\n'.repeat(60) })),
        },
        'Form',
        'field 59',
      ],
      'an order of 300 lines': [
        {
          kind: 'order',
          itemCount: 300,
          items: Array.from({ length: 300 }, (_, i) => ({
            product: `product ${i}`,
            quantity: 1,
            price: null,
            currency: null,
          })),
          catalog: null,
          text: null,
        },
        '300',
        'product 299',
      ],
      '200 contact cards': [
        {
          kind: 'contacts',
          cards: Array.from({ length: 200 }, (_, i) => ({
            name: `Person ${i}`,
            organization: null,
            phones: [{ phone: `+25471234${i}`, type: null, waId: null }],
            emails: [],
          })),
        },
        '200',
        'Person 199',
      ],
    };
    for (const [what, [content, title, last]] of Object.entries(lists)) {
      it(`folds ${what}`, async () => {
        const element = await message({ message: aMessage({ content }) });
        expect(height(element)).to.be.below(700);
        expect(shadowText(element)).to.contain(title).and.to.not.contain(last);
        getByRole(element, 'button', 'Show more').focus();
        await sendKeys({ press: 'Enter' });
        await element.updateComplete;
        expect(shadowText(element)).to.contain(last);
        expect(deepActiveElement()).to.equal(getByRole(element, 'button', 'Show less'));
      });
    }

    it('of less is whole', async () => {
      const element = await said(WORDS.repeat(30));
      expect(byRole(element, 'button')).to.equal(null);
    });
  });

  describe('content', () => {
    for (const [kind, cases] of Object.entries(KINDS)) {
      it(`of kind ${kind} is shown with what is known of it, and with its time`, async () => {
        for (const [content, seen] of cases) {
          const element = await message({ message: aMessage({ content }) });
          const text = (): string => shadowText(element).replaceAll(' ,', ',');
          // What plays a recording comes a moment after the rest.
          for (const part of seen) await waitUntil(() => text().includes(part), `${part} in ${text()}`);
          expect(find(element, 'time')?.getAttribute('datetime')).to.equal(new Date(NOON).toISOString());
          await expect(element).to.be.accessible();
        }
      });
    }

    it('that is not text, or was changed, shows at the end of its first update', async () => {
      const shown = aMessage({
        content: mediaContent('image', { mimeType: 'image/jpeg', caption: 'The box' }),
      });
      const element = await fixture<WhatsAppMessage>(html`<whatsapp-message></whatsapp-message>`);
      element.message = shown;
      await element.rendered;
      expect(shadowText(element)).to.contain('The box');
      await element.updateComplete;
      expect(find(element, 'whatsapp-media')).to.be.instanceOf(HTMLElement);
    });

    it('of a kind that is not known here is shown as such', async () => {
      const content = { kind: 'hologram' } as unknown as Content;
      const element = await message({ message: aMessage({ content }) });
      expect(shadowText(element)).to.contain('cannot be shown here');
      get(element, 'summary').click();
      expect(shadowText(element)).to.contain('hologram');
    });

    it('has codes and types of other systems on request only', async () => {
      const refused = mediaContent('audio', {
        status: 'refused',
        mimeType: 'audio/amr',
        error: { code: 131052, detail: 'Too large' },
      });
      const unknown: Content = { kind: 'unsupported', label: 'poll', detail: 'Unknown type', code: 131051 };
      for (const [content, facts] of [
        [refused, ['131052', 'Too large', 'audio/amr']],
        [unknown, ['131051', 'Unknown type', 'poll']],
      ] as const) {
        const element = await message({ message: aMessage({ content }) });
        for (const fact of facts) expect(shadowText(element)).to.not.contain(fact);
        get(element, 'summary').click();
        for (const fact of facts) expect(shadowText(element)).to.contain(fact);
        await expect(element).to.be.accessible();
      }
    });

    it('begins where the language of the desk does, whoever is named', async () => {
      const card = (name: string): Content => ({
        kind: 'contacts',
        cards: [{ name, organization: null, phones: [], emails: [] }],
      });
      const file = (fileName: string): Content => mediaContent('document', { fileName, mimeType: null });
      for (const [lang, content] of [
        ['en', card('نورة الحربي')],
        ['en', file('مخطط.pdf')],
        ['ar', card('Joseph Mwangi')],
        ['ar', file('plan.pdf')],
      ] as const) {
        const element = await message({ message: aMessage({ content }) }, lang);
        const inside = (find(element, 'whatsapp-media') ?? element) as WhatsAppMessage;
        await inside.updateComplete;
        const around = get(inside, '.card-text, .lines').getBoundingClientRect();
        for (const name of inside.shadowRoot?.querySelectorAll('.card bdi, .lines bdi') ?? []) {
          const { left, right } = name.getBoundingClientRect();
          const off = lang === 'en' ? left - around.left : around.right - right;
          expect(off, `${lang} ${name.textContent}`).to.be.closeTo(0, 1);
        }
      }
    });

    it('keeps a phone number in one piece, from left to right', async () => {
      const number = '+254 712 345 678';
      const text = `My colleague نورة has changed from ${number} to +254 712 345 679, call her`;
      for (const content of [
        { kind: 'text', text },
        { kind: 'system', text, event: null },
      ] as const) {
        for (let width = 200; width < 420; width += 20) {
          const element = await message({ message: aMessage({ content }) });
          element.style.inlineSize = `${width}px`;
          const phone = get(element, '.phone');
          expect(phone.textContent).to.equal(number);
          const range = document.createRange();
          range.selectNodeContents(phone);
          const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          expect(tops.size, `${content.kind} ${width}`).to.equal(1);
        }
      }
    });

    it('tells the time of a notice apart from a number at its end', async () => {
      const element = await message({
        message: aMessage({ content: { kind: 'system', text: 'Now +254 712 345 679', event: null } }),
      });
      expect(shadowText(element)).to.match(/345 679 · \d/);
    });

    it('has its place on a map that learns nothing of this page', async () => {
      const content: Content = {
        kind: 'location',
        latitude: -1.5,
        longitude: 36.25,
        name: null,
        address: null,
        url: null,
      };
      const map = link(await message({ message: aMessage({ content }) }));
      expect(map.href).to.contain('mlat=-1.5').and.to.contain('mlon=36.25');
      expect(map.rel).to.contain('noreferrer');
      expect(map.referrerPolicy).to.equal('no-referrer');
    });

    it('has no link to a place that is none', async () => {
      const content: Content = {
        kind: 'location',
        latitude: NaN,
        longitude: 0,
        name: 'x',
        address: null,
        url: null,
      };
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
      const name: Content = mediaContent('document', { fileName: 'pay\u202Efdp.exe', mimeType: null });
      const file = await message({ message: aMessage({ content: name }) });
      expect(shadowText(file)).to.contain('payfdp.exe');
    });

    it('of 4,096 characters without a space, or a link of 500, stays inside', async () => {
      for (const [text, folds] of [
        ['x'.repeat(4096), true],
        [`https://example.com/${'a'.repeat(480)}`, false],
        ['*'.repeat(4096), true],
      ] as const) {
        const element = await said(text);
        expect(get(element, '.bubble').getBoundingClientRect().width).to.be.at.most(400 * 0.78 + 1);
        if (folds) getByRole(element, 'button', 'Show more').click();
        else expect(byRole(element, 'button', 'Show more')).to.equal(null);
        await element.updateComplete;
        expect(get(element, '.bubble').getBoundingClientRect().width).to.be.at.most(400 * 0.78 + 1);
        expect(element.scrollWidth).to.be.at.most(400);
        expect(get(element, '.content').textContent).to.contain(text);
      }
    });

    it('of a word without end is broken every hundred letters, unfolded, as code and in what was edited and deleted', async () => {
      const word = 'نْ'.repeat(2500);
      const former = [{ text: word, at: NOON }];
      const content: Content = { kind: 'text', text: word };
      const changes = [
        {},
        { content: { kind: 'text', text: `\`${word}\`` } },
        { content: { kind: 'text', text: 'Else' }, former, editedAt: NOON },
        { deletedAt: NOON },
      ] as const;
      for (const change of changes) {
        const element = await message({ message: aMessage({ content, ...change }) });
        byRole(element, 'button', 'Show more')?.click();
        await element.updateComplete;
        const bubble = get(element, '.bubble');
        expect(bubble.textContent).to.contain(word);
        const texts = document.createTreeWalker(bubble, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) expect(texts.currentNode.textContent?.length).to.be.at.most(101);
        expect(bubble.querySelectorAll('wbr').length).to.be.at.least(49);
      }
    });

    const endless: Record<string, string> = {
      'a word of 100,000 letters': 'x'.repeat(100_000),
      'a word of 100,000 Arabic letters': 'ن'.repeat(100_000),
      '4,095 line breaks': `a${'\n'.repeat(4095)}b`,
    };
    for (const [what, long] of Object.entries(endless)) {
      it(`of ${what} is in no box that is wider than the message, and fills no more than two screens`, async () => {
        const phones = [{ phone: long, type: null, waId: null }];
        const items = [{ product: long, quantity: 1, price: 1, currency: long }];
        const buttons = [long];
        const contents: Content[] = [
          { kind: 'contacts', cards: [{ name: long, organization: long, phones, emails: [] }] },
          { kind: 'location', latitude: 1, longitude: 2, name: long, address: long, url: null },
          { kind: 'order', itemCount: 1, items, catalog: 'c', text: long },
          { kind: 'reaction', emoji: long },
          mediaContent('document', { fileName: long, mimeType: long, caption: long }),
          { kind: 'text', text: long },
          { kind: 'system', text: long, event: null },
          { kind: 'template', name: 'n', language: 'en', header: long, body: long, footer: long, buttons },
          { kind: 'unsupported', label: long, detail: long, code: 1 },
          { kind: 'edited', text: long },
        ];
        for (const content of contents) {
          const reactions = [{ by: { id: 'b', name: long }, emoji: long, at: NOON }];
          const author = { id: 'ben', name: long };
          const element = await message({ message: aReply({ content, author, reactions }) });
          const { left, right, height } = element.getBoundingClientRect();
          expect(height, content.kind).to.be.below(1200);
          for (const one of element.shadowRoot?.querySelectorAll('.bubble, .bubble *') ?? []) {
            if (one.closest('wbr, .visually-hidden, svg, .truncate, .reactions > *')) continue;
            const box = one.getBoundingClientRect();
            expect(box.left, `${content.kind} ${one.className}`).to.be.at.least(left - 0.5);
            expect(box.right, `${content.kind} ${one.className}`).to.be.at.most(right + 0.5);
          }
        }
      });
    }

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
        const inSight = get(element, '.lookalike [aria-hidden=true]:not(svg)');
        expect(inSight.textContent).to.match(/^Leads to .*xn--/);
        expect(inSight.getBoundingClientRect().width).to.be.greaterThan(40);
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

    it('has the time where the interface ends, whatever the direction of the text', async () => {
      for (const lang of ['en', 'ar']) {
        for (const text of [
          'Hi',
          'word '.repeat(30),
          'مرحبا كيف الحال',
          'שלום '.repeat(30),
          '😀',
          '> quote',
          '- one',
        ]) {
          const element = await message({ message: aMessage({ content: { kind: 'text', text } }) }, lang);
          const tail = get(element, '.tail-words:not(.tail-room)').getBoundingClientRect();
          const bubble = get(element, '.bubble').getBoundingClientRect();
          const off = lang === 'en' ? bubble.right - tail.right : tail.left - bubble.left;
          expect(off, `${lang} ${text}`).to.be.closeTo(11, 1.5);
          expect(bubble.bottom - tail.bottom, `${lang} ${text}`).to.be.within(0, 12);
        }
      }
    });

    it('has the time in the last line, also below what was added to the text', async () => {
      const buttons = ['I will come'];
      const template = {
        kind: 'template',
        name: 'n',
        language: 'en',
        header: null,
        body: 'Ready',
        footer: 'Harbour',
        buttons,
      } as const;
      const changed = { former: [{ text: 'Before', at: NOON - 1 }] };
      for (const more of [
        { content: template },
        { editedAt: NOON },
        { editedAt: NOON, ...changed },
        { deletedAt: NOON },
      ]) {
        const element = await message({ message: aMessage(more) });
        const inside = [
          ...get(element, '.bubble').querySelectorAll('p:not(details *), summary, .text:not(details *)'),
        ];
        const { bottom } = get(element, '.tail').getBoundingClientRect();
        for (const one of inside) {
          const at = one.getBoundingClientRect();
          expect(bottom, one.textContent ?? '').to.be.at.least((at.top + at.bottom) / 2);
        }
      }
    });

    it('has the time in letters of 12 pixels, without a needless zero', async () => {
      const element = await said('Hi');
      const time = get(element, 'time');
      expect(getComputedStyle(time).fontSize).to.equal('12px');
      expect(time.textContent).to.match(/^[1-9]/);
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

    it('of a later version has its own name', async () => {
      const element = await reply('listened');
      expect(get(element, '[part=status]').textContent).to.contain('listened');
      expect(get(element, '[part=status]').title).to.equal('listened');
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
      expect(asked).to.deep.equal({ clientId: 'client-1', text: 'Hello' });
      expect(byRole(element, 'button', 'Try again')).to.equal(null);
    });

    it('is not shown of what the contact wrote', async () => {
      expect(find(await said('Hello'), '.tail .state')).to.equal(null);
    });
  });

  describe('in the outbox', () => {
    it('waits and goes', async () => {
      const words: readonly (readonly [OutboxItem['step'], string])[] = [
        [{ at: 'saving' }, 'Being saved'],
        [{ at: 'queued' }, 'Waiting to be sent'],
        [{ at: 'sending' }, 'Sending'],
        [{ at: 'busy', kind: 'unavailable', sentence: '' }, 'The contact centre is busy'],
        [{ at: 'accepted', cursor: { epoch: 'e1', seq: 1 } }, 'Sending'],
      ];
      for (const [step, said] of words)
        expect(shadowText(await message({ pending: outbox(step) }))).to.contain(said);
    });

    it('says in words to be seen that the contact centre is busy, once', async () => {
      const element = await message({
        pending: outbox({ at: 'busy', kind: 'unavailable', sentence: '' }),
      });
      const said = [...(element.shadowRoot?.querySelectorAll('p, span') ?? [])].filter(
        (one) => one.children.length === 0 && one.textContent?.includes('The contact centre is busy'),
      );
      expect(said).to.have.length(1);
      expect(said[0]?.getBoundingClientRect().width).to.be.greaterThan(100);
      expect(shadowText(element)).to.contain('Waiting to be sent');
    });

    it('says when nobody knows whether it went', async () => {
      const step = { at: 'failed', cause: 'doubt', kind: 'unavailable', sentence: 'Restored.' } as const;
      const element = await message({ pending: outbox(step) });
      expect(shadowText(element)).to.contain('whether this message was sent is unknown');
      expect(get(element, '.state[title]').title).to.equal('Not confirmed');
    });

    const refused = (kind: RefusalKind): Promise<WhatsAppMessage> =>
      message({ pending: outbox({ at: 'failed', cause: 'refusal', kind, sentence: 'Words.' }) });
    const offered = (element: Element): string[] =>
      allByRole(element, 'button').map((button) => button.textContent?.trim() ?? '');

    it('offers first what can help', async () => {
      expect(offered(await refused('unavailable'))).to.deep.equal(['Try again', 'Edit', 'Discard']);
      for (const kind of ['text-too-long', 'invalid', 'not-yours'] as const)
        expect(offered(await refused(kind)), kind).to.deep.equal(['Edit', 'Discard']);
      expect(offered(await refused('window-closed'))[0]).to.equal('Edit');
    });

    it('can only be discarded where nothing can be sent', async () => {
      const element = await refused('not-yours');
      element.readonly = true;
      await element.updateComplete;
      expect(offered(element)).to.deep.equal(['Discard']);
    });

    describe('that waits for room to take the place of a failed one', () => {
      const waits = (
        body: OutboxItem['body'] = { kind: 'text', text: 'My words' },
      ): Promise<WhatsAppMessage> =>
        message({ pending: { ...outbox({ at: 'saving', yields: 'c8' }), body } });

      it('is edited and discarded by pointer and key', async () => {
        const element = await waits();
        expect(offered(element)).to.deep.equal(['Edit', 'Discard']);
        expect(getByRole(element, 'button', 'Edit').getBoundingClientRect().height).to.be.at.least(24);
        await expect(element).to.be.accessible();
        const asked: unknown[] = [];
        const note = (event: DiscardRequestEvent | EditRequestEvent): number =>
          asked.push([event.type, event.detail.clientId]);
        element.addEventListener('edit-request', note);
        element.addEventListener('discard-request', note);
        const pressed: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['Edit', () => clickOn(getByRole(element, 'button', 'Edit'))],
          ['Discard', () => clickOn(getByRole(element, 'button', 'Discard'))],
          ['Discard', () => sendKeys({ press: 'Enter' })],
          ['Edit', () => sendKeys({ press: ' ' })],
        ];
        for (const [name, press] of pressed) {
          getByRole(element, 'button', name).focus();
          // oxlint-disable-next-line no-await-in-loop -- One after the other.
          await press();
        }
        await resetMouse();
        expect(asked).to.deep.equal([
          ['edit-request', 'c9'],
          ['discard-request', 'c9'],
          ['discard-request', 'c9'],
          ['edit-request', 'c9'],
        ]);
      });

      it('says what it waits for, and is not outlined as one that failed', async () => {
        const element = await waits();
        expect(shadowText(element)).to.contain('Being saved');
        expect(get(element, '.state[title]').title).to.equal('Waiting to be sent');
        expect(find(element, '.failed')).to.equal(null);
      });

      it('can only be discarded where it is no text, or nothing can be sent', async () => {
        expect(
          offered(await waits({ kind: 'location', latitude: 1, longitude: 2, name: null, address: null })),
        ).to.deep.equal(['Discard']);
        const element = await waits();
        element.readonly = true;
        await element.updateComplete;
        expect(offered(element)).to.deep.equal(['Discard']);
      });
    });

    it('is outlined in the colour of what is wrong, and in no other', async () => {
      const failed = getComputedStyle(get(await refused('invalid'), '.bubble')).borderTopColor;
      const waiting = await message({ pending: outbox({ at: 'queued' }) });
      expect(failed).to.equal('rgb(195, 38, 31)');
      expect(getComputedStyle(get(waiting, '.bubble')).borderTopColor).to.not.equal(failed);
      const unknown = await reply('unknown');
      expect(getComputedStyle(get(unknown, '.bubble')).borderTopColor).to.not.equal(failed);
    });

    it('says what a notification says, and leaves its words where they are', async () => {
      const shown = {
        kind: 'template',
        name: 'ready',
        language: 'en',
        header: null,
        body: 'Order 47 is ready',
        footer: null,
        buttons: ['Thanks'],
      } as const;
      const values = { header: {}, body: { 1: '47' }, buttons: {} };
      const body = { kind: 'template', name: 'ready', language: 'en', values, shown } as const;
      const step = { at: 'failed', cause: 'refusal', kind: 'invalid', sentence: 'It is paused.' } as const;
      const element = await message({ pending: { ...outbox(step), body } });
      await waitUntil(() => shadowText(element).includes('Thanks'));
      expect(shadowText(element)).to.contain('Order 47 is ready');
      expect(offered(element)).to.deep.equal(['Discard']);
    });

    it('leaves its sentence to the one below that went wrong for the same reason', async () => {
      const element = await refused('unavailable');
      element.repeated = true;
      await element.updateComplete;
      expect(shadowText(element)).to.not.contain('cannot do this now');
      expect(offered(element)[0]).to.equal('Try again');
      expect(find(element, 'details')).to.equal(null);
    });

    it('offers to try again, edit and discard what was refused', async () => {
      const refused = { kind: 'window-closed', sentence: 'Window closed at noon.' } as const;
      const element = await message({ pending: outbox({ at: 'failed', cause: 'refusal', ...refused }) });
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
      const element = await message({
        message: aMessage({ context: { ...NO_CONTEXT, forwarded: true, reply: true, replyTo: null } }),
      });
      expect(shadowText(element)).to.contain('Forwarded').and.to.contain('Answer to an earlier message');
    });

    it('is marked as an answer also while it waits', async () => {
      const pending = { ...outbox({ at: 'queued' }), replyTo: 'asked' };
      expect(shadowText(await message({ pending }))).to.contain('Answer to an earlier message');
      expect(shadowText(await message({ pending: outbox({ at: 'queued' }) }))).not.to.contain('Answer');
    });

    it('shows who reacted how, and nothing of what was taken back', async () => {
      const reactions = [
        { by: null, emoji: '👍', at: NOON },
        { by: { id: 'ben', name: 'Ben Mwangi' }, emoji: '🎉', at: NOON },
        { by: { id: 'ana', name: 'Ana' }, emoji: null, at: NOON },
      ];
      const element = await message({ message: aReply({ reactions }) });
      const list = getByRole(element, 'list', 'Reactions');
      const shown = [...list.children].map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
      expect(shown).to.deep.equal(['👍 from Masha', '🎉 from Ben Mwangi']);
      const gone = await message({ message: aReply({ reactions: reactions.slice(2) }) });
      expect(byRole(gone, 'list', 'Reactions')).to.equal(null);
    });

    it('has no reaction over its words', async () => {
      const reactions = [{ by: null, emoji: '👍', at: NOON }];
      const element = await message({ message: aReply({ reactions }) });
      const words = document.createRange();
      words.selectNodeContents(get(element, '.text'));
      const list = getByRole(element, 'list', 'Reactions').getBoundingClientRect();
      expect(list.top).to.be.at.least(words.getBoundingClientRect().bottom);
    });

    it('is marked when edited, with what it said before on request', async () => {
      const edited = aMessage({ editedAt: NOON, former: [{ text: 'Before <b>', at: NOON - 1 }] });
      const element = await message({ message: edited });
      const details = get(element, 'details.former') as HTMLDetailsElement;
      expect(shadowText(element)).to.contain('Hello').and.to.contain('Edited');
      expect(details.open).to.equal(false);
      details.querySelector('summary')?.click();
      expect(details.open).to.equal(true);
      expect(details.textContent).to.contain('Before <b>');
    });

    it('is marked when edited without a word of what', async () => {
      const element = await message({ message: aMessage({ editedAt: NOON }) });
      expect(shadowText(element)).to.contain('Edited');
      expect(find(element, 'details')).to.equal(null);
    });

    it('is shown as deleted, what it said only on request', async () => {
      const element = await message({ message: aMessage({ deletedAt: NOON }) });
      expect(get(element, '.note').textContent).to.contain('The contact deleted this message');
      const details = get(element, 'details.former') as HTMLDetailsElement;
      expect(details.open).to.equal(false);
      expect(find(element, '.bubble > .content')).to.equal(null);
      details.querySelector('summary')?.click();
      expect(details.textContent).to.contain('Hello');
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
