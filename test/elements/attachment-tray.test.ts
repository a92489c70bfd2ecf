import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import '../../src/define/attachment-tray.js';
import type {
  AttachmentsChangeEvent,
  DismissRequestEvent,
} from '../../src/elements/attachment-tray/attachment-tray.events.js';
import type { AttachmentTray } from '../../src/elements/attachment-tray/attachment-tray.js';
import type { DraftAttachment } from '../../src/model/index.js';
import { allByRole, byRole, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const attachment = (name: string, more: Partial<DraftAttachment> = {}): DraftAttachment => ({
  id: name,
  name,
  as: 'document',
  mimeType: 'application/pdf',
  bytes: 240_000,
  caption: '',
  ...more,
});

const FILES = ['a.pdf', 'b.pdf', 'c.pdf'].map((name) => attachment(name));

async function tray(properties: Partial<AttachmentTray> = { attachments: FILES }): Promise<AttachmentTray> {
  const element = await fixture<AttachmentTray>(
    html`<attachment-tray style="inline-size: 400px"></attachment-tray>`,
  );
  Object.assign(element, properties);
  await element.updateComplete;
  return element;
}

/** The names of the files, each time that they have changed. */
function changes(element: Element): string[][] {
  const told: string[][] = [];
  element.addEventListener('attachments-change', (event) =>
    told.push((event as AttachmentsChangeEvent).detail.attachments.map(({ name }) => name)),
  );
  return told;
}

async function pressAlt(key: string): Promise<void> {
  await sendKeys({ down: 'Alt' });
  await sendKeys({ press: key });
  await sendKeys({ up: 'Alt' });
}

const face = (element: AttachmentTray, name: string): HTMLElement =>
  allByRole(element, 'button').find((one) => one.getAttribute('aria-label')?.startsWith(name)) as HTMLElement;

const focused = (element: AttachmentTray): string | null =>
  element.shadowRoot?.activeElement?.getAttribute('aria-label') ?? null;

describe('<attachment-tray>', () => {
  const refused = {
    key: 'k1',
    name: 'photo.png',
    bytes: 900,
    refusal: { kind: 'misnamed', found: 'image/svg+xml' },
  } as const;
  const states: Record<string, Partial<AttachmentTray>> = {
    files: { attachments: FILES },
    'a file that is looked at': { incoming: [{ key: 'k1', name: 'a.pdf', bytes: 9, refusal: null }] },
    'a refused file': { attachments: FILES, incoming: [refused] },
  };
  for (const [name, properties] of Object.entries(states)) {
    it(`has no violations with ${name}`, async () => {
      await expect(await tray(properties)).to.be.accessible();
    });
  }

  it('names each file, its size and its place', async () => {
    const element = await tray();
    expect(allByRole(element, 'button').map((one) => one.getAttribute('aria-label'))).to.deep.equal([
      'a.pdf, 240 kB, 1 of 3',
      'Remove a.pdf',
      'b.pdf, 240 kB, 2 of 3',
      'Remove b.pdf',
      'c.pdf, 240 kB, 3 of 3',
      'Remove c.pdf',
    ]);
  });

  it('removes a file with its X, and the focus goes on to the next one', async () => {
    const element = await tray();
    const told = changes(element);
    getByRole(element, 'button', 'Remove b.pdf').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => focused(element) === 'c.pdf, 240 kB, 2 of 2', 'the next file has the focus');
    expect(told).to.deep.equal([['a.pdf', 'c.pdf']]);
  });

  it('goes from file to file with arrow keys, moves them with Alt, removes them with Delete', async () => {
    const element = await tray();
    const told = changes(element);
    face(element, 'a.pdf').focus();
    await sendKeys({ press: 'ArrowRight' });
    await waitUntil(() => focused(element)?.startsWith('b.pdf') ?? false, 'the second file has the focus');
    await pressAlt('ArrowRight');
    await element.updateComplete;
    expect(told).to.deep.equal([['a.pdf', 'c.pdf', 'b.pdf']]);
    await waitUntil(
      () => focused(element) === 'b.pdf, 240 kB, 3 of 3',
      'the file that was moved has the focus',
    );
    await pressAlt('ArrowRight');
    expect(told).to.have.length(1);
    await sendKeys({ press: 'Delete' });
    await waitUntil(() => focused(element) === 'c.pdf, 240 kB, 2 of 2', 'the neighbour has the focus');
    expect(told.at(-1)).to.deep.equal(['a.pdf', 'c.pdf']);
  });

  it('moves files the other way where one reads from right to left', async () => {
    const element = await tray({ attachments: FILES, lang: 'ar' });
    await waitUntil(() => element.shadowRoot?.querySelector('[dir=rtl]') != null, 'it speaks Arabic');
    const told = changes(element);
    element.shadowRoot?.querySelector<HTMLElement>('.face')?.focus();
    await pressAlt('ArrowLeft');
    expect(told).to.deep.equal([['b.pdf', 'a.pdf', 'c.pdf']]);
  });

  it('takes a caption for the file that was chosen, and Enter goes back to it', async () => {
    const element = await tray();
    let attachments: readonly DraftAttachment[] = [];
    element.addEventListener(
      'attachments-change',
      (event) => ({ attachments } = (event as AttachmentsChangeEvent).detail),
    );
    face(element, 'b.pdf').click();
    await element.updateComplete;
    getByRole(element, 'textbox', 'Caption of b.pdf').focus();
    await sendKeys({ type: 'See page 2' });
    await sendKeys({ press: 'Enter' });
    expect(attachments.map(({ caption }) => caption)).to.deep.equal(['', 'See page 2', '']);
    await waitUntil(() => focused(element)?.startsWith('b.pdf') ?? false, 'the file has the focus');
    expect(byRole(element, 'textbox')).to.equal(null);
  });

  it('offers no caption with sound, which WhatsApp shows without', async () => {
    const element = await tray({
      attachments: [attachment('a.mp3', { as: 'audio', mimeType: 'audio/mpeg' })],
    });
    face(element, 'a.mp3').click();
    await element.updateComplete;
    expect(byRole(element, 'textbox')).to.equal(null);
  });

  it('says why a file cannot be sent, and lets it go', async () => {
    const element = await tray({ incoming: [refused] });
    expect(getByRole(element, 'alert').textContent?.replace(/\s+/g, ' ').trim()).to.equal(
      'photo.png This is not what its name says: its content is SVG. Open it where it was made and save it again.',
    );
    const keys: string[] = [];
    element.addEventListener('dismiss-request', (event) =>
      keys.push((event as DismissRequestEvent).detail.key),
    );
    getByRole(element, 'button', 'Remove photo.png').click();
    expect(keys).to.deep.equal(['k1']);
  });

  it('shows small pictures, drawn from the file', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 20 });
    canvas.getContext('2d')?.fillRect(0, 0, 40, 20);
    const picture = new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    const element = await tray({
      attachments: [attachment('a.png', { as: 'image', mimeType: 'image/png' })],
      fileOf: () => picture,
    });
    await waitUntil(() => element.shadowRoot?.querySelector('canvas') != null, 'the picture is there');
  });

  it('has an icon where the picture cannot be shown', async () => {
    const element = await tray({
      attachments: [attachment('a.png', { as: 'image', mimeType: 'image/png' })],
      fileOf: async () => new Blob(['no picture']),
    });
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('.kind svg')).to.exist;
  });

  it('shows what a hostile name says as text', async () => {
    const element = await tray({ attachments: [attachment('<img src=x onerror=alert(1)>.pdf')] });
    expect(element.shadowRoot?.querySelector('img')).not.to.exist;
    expect(shadowText(element)).to.contain('<img src=x onerror=alert(1)>.pdf');
  });

  describe('on a low page', () => {
    before(() => setViewport({ width: 800, height: 400 }));
    after(() => setViewport({ width: 800, height: 600 }));

    it('is folded to how many files there are, and unfolds', async () => {
      const element = await tray();
      await waitUntil(() => byRole(element, 'button', '3 files'), 'it is folded');
      const fold = getByRole(element, 'button', '3 files');
      expect(fold.getAttribute('aria-expanded')).to.equal('false');
      expect(element.shadowRoot?.querySelector('.face')?.checkVisibility()).to.equal(false);
      fold.focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(face(element, 'a.pdf').checkVisibility()).to.equal(true);
    });
  });
});
