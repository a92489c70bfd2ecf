import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { NEVER, of, throwError } from 'rxjs';
import '../../src/define/whatsapp-media.js';
import type { WhatsAppMedia } from '../../src/elements/whatsapp-media/whatsapp-media.js';
import { mediaContent } from '../../src/model/index.js';
import type { MediaContent } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { aPicture, aTone } from '../support/sample-files.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;
let picture: string;

const stored = (kind: MediaContent['kind'], known: Partial<MediaContent> = {}): MediaContent =>
  mediaContent(kind, { status: 'stored', media: { id: 'file-1' }, mimeType: 'image/png', ...known });

async function media(content: MediaContent, lang = 'en'): Promise<WhatsAppMedia> {
  return fixture<WhatsAppMedia>(
    html`<whatsapp-media
      lang=${lang}
      style="inline-size: 300px; block-size: 200px"
      .workspace=${workspace}
      .content=${content}
      .at=${Date.UTC(2026, 10, 20, 12)}
    ></whatsapp-media>`,
  );
}

const imageOf = (element: Element): HTMLImageElement | null =>
  element.shadowRoot?.querySelector('img') ?? null;

const isShown = (element: Element): boolean => {
  const image = imageOf(element);
  return image !== null && getComputedStyle(image).visibility === 'visible' && image.naturalWidth > 0;
};

/** What there will be. */
async function eventually<T>(find: () => T | null): Promise<T> {
  let found: T | null = null;
  await waitUntil(() => (found = find()) !== null);
  if (found === null) throw new Error('It is gone again.');
  return found;
}

/** What links that are pressed by script would do: nothing is saved or opened in a test. */
async function pressed(act: () => void): Promise<HTMLAnchorElement> {
  const links: HTMLAnchorElement[] = [];
  Object.defineProperty(HTMLAnchorElement.prototype, 'click', {
    configurable: true,
    value(this: HTMLAnchorElement) {
      links.push(this);
    },
  });
  try {
    act();
    return await eventually(() => links[0] ?? null);
  } finally {
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  }
}

async function choose(element: WhatsAppMedia, item: string): Promise<void> {
  getByRole(element, 'button', /What to do with/).click();
  await element.updateComplete;
  getByRole(element, 'menuitem', item).click();
}

describe('<whatsapp-media>', () => {
  before(async () => {
    picture = URL.createObjectURL(await aPicture());
  });
  after(() => URL.revokeObjectURL(picture));

  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['media'] });
    workspace.sourceOf = () => of({ url: picture, until: null });
  });

  it('shows a photo and a sticker from where the contact centre says, and says which they are', async () => {
    for (const kind of ['image', 'sticker'] as const) {
      const element = await media(stored(kind));
      await waitUntil(() => isShown(element));
      expect(imageOf(element)?.src).to.equal(picture);
      expect(imageOf(element)?.referrerPolicy).to.equal('no-referrer');
      await expect(element).to.be.accessible();
    }
  });

  it('says what it is while it is on its way', async () => {
    workspace.sourceOf = () => NEVER;
    const element = await media(stored('image'));
    await eventually(() => byRole(element, 'img', 'Loading Photo'));
    await expect(element).to.be.accessible();
  });

  it('has the place that it is given, whatever is in it', async () => {
    const contents = [
      stored('image'),
      stored('image', { width: 30_000, height: 30_000 }),
      mediaContent('image', { status: 'fetching' }),
      mediaContent('sticker', { status: 'gone' }),
    ];
    for (const content of contents) {
      const element = await media(content);
      const { width, height } = element.getBoundingClientRect();
      expect([width, height]).to.deep.equal([300, 200]);
      expect(element.scrollHeight).to.equal(200);
      expect(element.scrollWidth).to.equal(300);
    }
  });

  it('asks nobody for a file that is not there, and says where it is', async () => {
    const sentences = {
      wanted: /Photo.*still at WhatsApp/,
      fetching: /Photo.*Being fetched/,
      gone: /WhatsApp does not have the file any more/,
      refused: /did not hand over/,
    } as const;
    for (const [status, sentence] of Object.entries(sentences)) {
      const element = await media(mediaContent('image', { status: status as MediaContent['status'] }));
      expect(shadowText(element)).to.match(sentence);
      expect(imageOf(element)).to.equal(null);
      expect(allByRole(element, 'button')).to.have.length(0);
      await expect(element).to.be.accessible();
    }
    expect(workspace.calls).to.deep.equal([]);
  });

  it('shows the file when it has come', async () => {
    const element = await media(mediaContent('image', { status: 'fetching' }));
    element.content = stored('image');
    await waitUntil(() => isShown(element));
  });

  it('is tried again where no answer came', async () => {
    workspace.sourceOf = () => throwError(() => new TransportError('timeout', 'Late.'));
    const element = await media(stored('image'));
    const again = await eventually(() => byRole(element, 'button', 'Try again'));
    expect(shadowText(element)).to.contain('The file could not be loaded.');
    await expect(element).to.be.accessible();
    workspace.sourceOf = () => of({ url: picture, until: null });
    again.click();
    await waitUntil(() => isShown(element));
  });

  it('is asked for when there is a link, and again with each new one', async () => {
    workspace.connection$.next({ at: 'connecting', attempt: 1 });
    const element = await media(stored('image'));
    expect(workspace.calls).to.deep.equal([]);
    workspace.sourceOf = () => throwError(() => new TransportError('offline', 'Lost.'));
    workspace.connection$.next({ at: 'online', since: 1 });
    await eventually(() => byRole(element, 'button', 'Try again'));
    workspace.connection$.next({ at: 'waiting', retryAt: 1, attempt: 1 });
    workspace.sourceOf = () => of({ url: picture, until: null });
    workspace.connection$.next({ at: 'online', since: 2 });
    await waitUntil(() => isShown(element));
  });

  it('says plainly that there are no files, or not this one', async () => {
    workspace.sourceOf = () => throwError(() => new TransportError('invalid', 'No.'));
    const refused = await media(stored('image'));
    await waitUntil(() => shadowText(refused).includes('does not hand over this file'));
    workspace.patch({ features: [] });
    const element = await media(stored('image', { media: { id: 'file-2' } }));
    await waitUntil(() => shadowText(element).includes('Files cannot be opened here.'));
  });

  it('asks once for an address that has ended, and then says that it cannot be shown', async () => {
    const urls = ['ended', 'no-picture'].map((text) => URL.createObjectURL(new Blob([text])));
    workspace.sourceOf = () => of({ url: urls.shift() ?? picture, until: null });
    const element = await media(stored('image'));
    const again = await eventually(() => byRole(element, 'button', 'Try again'));
    expect(workspace.calls).to.have.length(2);
    expect(shadowText(element)).to.contain('This browser cannot show the file.');
    again.click();
    await waitUntil(() => isShown(element));
  });

  it('takes no address that leads to a script', async () => {
    for (const url of ['javascript:alert(1)', 'data:text/html,<script></script>', 'not an address:']) {
      workspace.sourceOf = () => of({ url, until: null });
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      const element = await media(stored('image', { media: { id: url } }));
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      await eventually(() => byRole(element, 'button', 'Try again'));
      expect(imageOf(element)).to.equal(null);
    }
  });

  it('asks once for all elements that show a file, and again when the address has ended', async () => {
    workspace.sourceOf = () => of({ url: picture, until: workspace.clock.at + 60_000 });
    const [first] = await Promise.all([media(stored('image')), media(stored('image'))]);
    await waitUntil(() => isShown(first));
    await media(stored('image'));
    expect(workspace.calls).to.have.length(1);
    workspace.clock.at += 60_000;
    await media(stored('sticker', { media: { id: 'file-2' } }));
    first.remove();
    await media(stored('image'));
    expect(workspace.calls).to.have.length(2);
  });

  it('does not decode a picture of a billion pixels unasked', async () => {
    const element = await media(stored('image', { width: 30_000, height: 30_000 }));
    expect(imageOf(element)).to.equal(null);
    expect(shadowText(element)).to.contain('30,000 × 30,000 pixels');
    getByRole(element, 'button', 'Show').click();
    await waitUntil(() => isShown(element));
  });

  describe('a document', () => {
    const pdf = stored('document', {
      mimeType: 'application/pdf',
      fileName: 'Floor plan.pdf',
      bytes: 240_000,
    });

    it('says what it is, its name and how large it is', async () => {
      const element = await media(pdf);
      expect(shadowText(element)).to.match(/Floor plan\.pdf PDF · 240 kB/);
      await expect(element).to.be.accessible();
      expect(workspace.calls, 'asks for nothing before it is used').to.deep.equal([]);
    });

    it('opens in a tab of its own when it is a PDF', async () => {
      const element = await media(pdf);
      const link = await pressed(() =>
        getByRole(element, 'button', /Floor plan.pdf.*opens in a new tab/).click(),
      );
      expect([link.href, link.target, link.rel, link.referrerPolicy]).to.deep.equal([
        picture,
        '_blank',
        'noopener noreferrer',
        'no-referrer',
      ]);
    });

    it('is saved under its real name', async () => {
      const element = await media(stored('document', { mimeType: null, fileName: 'Prices 2026.xlsx' }));
      const link = await pressed(() => getByRole(element, 'button', /^Prices 2026.xlsx.*Save as…$/).click());
      expect([link.href, link.download, link.target]).to.deep.equal([picture, 'Prices 2026.xlsx', '']);
    });

    it('is saved by its own address where the contact centre has one, and never in the place of the page', async () => {
      const saveUrl = 'https://files.example/file-1?save';
      workspace.sourceOf = () => of({ url: 'https://files.example/file-1', until: null, saveUrl });
      const element = await media(stored('document', { mimeType: null, fileName: 'Prices.xlsx' }));
      const link = await pressed(() => getByRole(element, 'button', /^Prices.xlsx.*Save as…$/).click());
      expect([link.href, link.target]).to.deep.equal([saveUrl, '_blank']);
    });

    it('has Open and Save as… in a menu, by pointer, by keyboard and as a context menu', async () => {
      const element = await media(pdf);
      const opened = await pressed(() => void choose(element, 'Open'));
      expect(opened.target).to.equal('_blank');
      const saved = await pressed(() => void choose(element, 'Save as…'));
      expect(saved.download).to.equal('Floor plan.pdf');
      const line = getByRole(element, 'button', /Floor plan.pdf.*opens in a new tab/);
      const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true });
      line.dispatchEvent(event);
      await element.updateComplete;
      expect(event.defaultPrevented).to.equal(true);
      expect(allByRole(element, 'menuitem').map((item) => item.textContent?.trim())).to.deep.equal([
        'Open',
        'Save as…',
      ]);
    });

    it('says when it could not be had', async () => {
      const element = await media(pdf);
      workspace.sourceOf = () => throwError(() => new TransportError('timeout', 'Late.'));
      getByRole(element, 'button', /Floor plan.pdf.*opens in a new tab/).click();
      const again = await eventually(() => byRole(element, 'button', 'Try again'));
      again.click();
      await eventually(() => byRole(element, 'button', /Floor plan.pdf.*opens in a new tab/));
    });

    it('has a name that fools nobody, to be read and to be saved under', async () => {
      const names: Readonly<Record<string, string>> = {
        'invoice\u202Efdp.exe': 'invoicefdp.exe',
        '..\\..\\Windows\\evil.bat': 'evil.bat',
        '../../etc/passwd': 'passwd',
        'CON.pdf': '_CON.pdf',
        '<img src=x onerror=alert(1)>.pdf': '_img src=x onerror=alert(1)_.pdf',
        ' .. ': 'Document',
      };
      for (const [fileName, name] of Object.entries(names)) {
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const element = await media(stored('document', { mimeType: 'text/plain', fileName }));
        const [button] = allByRole(element, 'button');
        expect(button && nameOf(button).startsWith(name), name).to.equal(true);
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        const { download } = await pressed(() => button?.click());
        if (name === 'Document') expect(download).to.match(/^document-\d{8}-\d{4}\.txt$/);
        else expect(download).to.equal(name);
        expect(shadowText(element)).to.contain(name);
      }
    });

    it('keeps a name of 100,000 letters and its extension in two lines', async () => {
      const element = await media(stored('document', { fileName: `${'ن'.repeat(100_000)}.exe`, bytes: 1 }));
      const button = getByRole(element, 'button', /Save as…$/);
      expect(button.getBoundingClientRect().height).to.be.at.most(200);
      expect(shadowText(element)).to.contain('EXE');
      const { download } = await pressed(() => button?.click());
      expect(download.length).to.be.at.most(180);
      expect(download).to.match(/\.exe$/);
    });
  });

  describe('a recording', () => {
    let tone: string;
    const recording = (id: string, known: Partial<MediaContent> = {}) =>
      stored('audio', { media: { id }, mimeType: 'audio/wav', duration: 30, bytes: 480_044, ...known });

    before(() => (tone = URL.createObjectURL(aTone(30))));
    after(() => URL.revokeObjectURL(tone));
    beforeEach(() => (workspace.sourceOf = () => of({ url: tone, until: null })));
    // What plays stops with its workspace.
    afterEach(() => workspace.connection$.complete());

    const audioOf = async (content: MediaContent): Promise<WhatsAppMedia> => {
      const element = await media(content);
      await eventually(() => byRole(element, 'button', 'Play'));
      return element;
    };
    /** By a key, because browsers play nothing that nobody asked for. */
    const press = async (element: WhatsAppMedia, name: string): Promise<void> => {
      getByRole(element, 'button', name).focus();
      await sendKeys({ press: 'Enter' });
    };
    const position = (element: WhatsAppMedia): number =>
      Number(element.shadowRoot?.querySelector<HTMLInputElement>('input[type=range]')?.value);
    const plays = async (element: WhatsAppMedia): Promise<void> => {
      const from = position(element);
      await waitUntil(() => position(element) > from);
    };

    it('says what it is and how long it is, and asks for nothing before it is played', async () => {
      const element = await audioOf(recording('r1', { voice: true, waveform: [0, 50, 100, -1, 900] }));
      expect(shadowText(element)).to.contain('0:30');
      expect(byRole(element, 'group', 'Voice message')).to.be.instanceOf(HTMLElement);
      expect(element.shadowRoot?.querySelector('svg.bars')).to.be.instanceOf(SVGElement);
      expect(workspace.calls).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });

    it('plays, pauses where it is, and goes on from there', async () => {
      const element = await audioOf(recording('r2'));
      await press(element, 'Play');
      await eventually(() => byRole(element, 'button', 'Pause'));
      await plays(element);
      await press(element, 'Pause');
      await eventually(() => byRole(element, 'button', 'Play'));
      const at = position(element);
      expect(at).to.be.above(0);
      await press(element, 'Play');
      await plays(element);
      expect(position(element)).to.be.at.least(at);
    });

    it('is one at a time over the page', async () => {
      const [first, second] = [await audioOf(recording('r3')), await audioOf(recording('r4'))];
      await press(first, 'Play');
      await plays(first);
      await press(second, 'Play');
      await plays(second);
      expect(byRole(first, 'button', 'Play')).to.be.instanceOf(HTMLElement);
      expect(position(first)).to.equal(0);
    });

    it('goes on when its message is out of sight, and knows where it is when that is back', async () => {
      const element = await audioOf(recording('r5'));
      await press(element, 'Play');
      await plays(element);
      const at = position(element);
      element.remove();
      const again = await media(recording('r5'));
      await eventually(() => byRole(again, 'button', 'Pause'));
      await waitUntil(() => position(again) > at);
    });

    it('stops when its workspace is closed, or another agent sits down', async () => {
      const element = await audioOf(recording('r6'));
      await press(element, 'Play');
      await plays(element);
      workspace.patch({ agent: { id: 'ben', name: 'Ben', status: 'ready', reason: null } });
      await eventually(() => byRole(element, 'button', 'Play'));
      expect(position(element)).to.equal(0);
    });

    it('is heard from where one wants, by keys too', async () => {
      const element = await audioOf(recording('r7'));
      const slider = element.shadowRoot?.querySelector('input') as HTMLInputElement;
      slider.focus();
      await sendKeys({ press: 'ArrowRight' });
      await sendKeys({ press: 'ArrowRight' });
      await waitUntil(() => position(element) === 2);
      await waitUntil(() => slider.getAttribute('aria-valuetext') === '0:02 of 0:30');
      await press(element, 'Play');
      await waitUntil(() => position(element) > 2);
    });

    it('goes on at the same place by another address when its own has ended', async () => {
      const ended = URL.createObjectURL(new Blob(['ended']));
      const urls = [ended, tone];
      workspace.sourceOf = () => of({ url: urls.shift() ?? tone, until: null });
      const element = await audioOf(recording('r8'));
      const slider = element.shadowRoot?.querySelector('input') as HTMLInputElement;
      slider.focus();
      for (let i = 0; i < 5; i++) await sendKeys({ press: 'ArrowRight' });
      await press(element, 'Play');
      await waitUntil(() => position(element) > 5);
      expect(workspace.calls).to.have.length(2);
    });

    it('says that the browser cannot play it, and can be saved all the same', async () => {
      const none = URL.createObjectURL(new Blob(['no sound']));
      workspace.sourceOf = () => of({ url: none, until: null });
      const element = await audioOf(recording('r9', { mimeType: 'audio/amr' }));
      await press(element, 'Play');
      await eventually(() => byRole(element, 'button', 'Try again'));
      expect(shadowText(element)).to.contain('This browser cannot play the file.');
      const saved = await pressed(() => void choose(element, 'Save as…'));
      expect(saved.download).to.match(/^audio-.*\.amr$/);
    });

    it('is played faster', async () => {
      const element = await audioOf(recording('r10'));
      getByRole(element, 'button', 'Speed 1×').click();
      await element.updateComplete;
      getByRole(element, 'button', 'Speed 1.5×').click();
      await element.updateComplete;
      getByRole(element, 'button', 'Speed 2×').click();
      await element.updateComplete;
      expect(byRole(element, 'button', 'Speed 1×')).to.be.instanceOf(HTMLElement);
    });

    it('draws how loud it is once it was played, where WhatsApp did not tell', async () => {
      const element = await audioOf(recording('r11'));
      expect(element.shadowRoot?.querySelector('svg.bars')).to.equal(null);
      await press(element, 'Play');
      await waitUntil(() => element.shadowRoot?.querySelector('svg.bars') != null);
    });
  });

  describe('photos opened large', () => {
    const ids = ['a', 'b', 'c'];
    const photos = ids.map((id) => ({ content: stored('image', { media: { id } }), at: 0 }));

    const opened = async (index: number, lang = 'en'): Promise<WhatsAppMedia> => {
      const photo = photos[index]?.content ?? stored('image');
      const element = await media(photo, lang);
      element.addEventListener('photos-request', (event) => (event.photos = photos));
      await waitUntil(() => isShown(element));
      element.shadowRoot?.querySelector<HTMLElement>('.opens')?.click();
      await waitUntil(() => element.shadowRoot?.querySelector('dialog')?.open === true);
      await element.updateComplete;
      return element;
    };
    const asked = () => workspace.calls.map(([, ref]) => (ref as { id: string }).id);

    it('are a dialog that closes with Escape and gives the focus back', async () => {
      const element = await opened(1);
      await waitUntil(() => (element.shadowRoot?.querySelector('img.large') as HTMLImageElement)?.complete);
      expect(byRole(element, 'heading', 'Photo 2 of 3')).to.be.instanceOf(HTMLElement);
      await expect(element).to.be.accessible();
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !element.shadowRoot?.querySelector('dialog')?.open);
      expect((deepActiveElement() as HTMLElement).className).to.equal('opens');
    });

    it('follow each other by arrow keys, as one reads', async () => {
      for (const [lang, next, back] of [
        ['en', 'ArrowRight', 'ArrowLeft'],
        ['ar', 'ArrowLeft', 'ArrowRight'],
      ] as const) {
        workspace.calls.length = 0;
        const element = await opened(0, lang);
        await sendKeys({ press: next });
        await sendKeys({ press: next });
        await sendKeys({ press: next });
        await waitUntil(() => asked().includes('c') || lang === 'ar');
        const head = () => element.shadowRoot?.querySelector('h2')?.textContent ?? '';
        await waitUntil(() => /[3٣]/.test(head()));
        await sendKeys({ press: back });
        await waitUntil(() => /[2٢]/.test(head()));
        await sendKeys({ press: 'Escape' });
        await waitUntil(() => !element.shadowRoot?.querySelector('dialog')?.open);
      }
    });

    it('become larger and smaller', async () => {
      const element = await opened(0);
      const large = () => element.shadowRoot?.querySelector('img.large') as HTMLImageElement;
      await waitUntil(() => large()?.complete);
      const before = large().getBoundingClientRect().width;
      getByRole(element, 'button', 'Zoom in').click();
      await element.updateComplete;
      // Its bars, where a browser has some, take room of the view.
      expect(large().getBoundingClientRect().width).to.be.closeTo(before * 1.5, 40);
      await sendKeys({ press: '-' });
      await waitUntil(() => Math.abs(large().getBoundingClientRect().width - before) < 2);
    });
  });
});
