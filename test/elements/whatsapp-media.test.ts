import { expect } from '@open-wc/testing';
import { NEVER, of, throwError } from 'rxjs';
import '../../src/define/whatsapp-media.js';
import type { WhatsAppMedia } from '../../src/elements/whatsapp-media/whatsapp-media.js';
import { mediaContent } from '../../src/model/index.js';
import type { MediaContent } from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import {
  choose,
  eventually,
  imageOf,
  isShown,
  mediaElement,
  pressed,
  stored,
} from '../support/media-element.js';
import { aPicture } from '../support/sample-files.js';
import { allByRole, byRole, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;
let picture: string;

const media = (content: MediaContent, lang?: string): Promise<WhatsAppMedia> =>
  mediaElement(workspace, content, lang);

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
});
