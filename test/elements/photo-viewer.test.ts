import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { of } from 'rxjs';
import '../../src/define/whatsapp-media.js';
import type { WhatsAppMedia } from '../../src/elements/whatsapp-media/whatsapp-media.js';
import type { MediaContent } from '../../src/model/index.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { isShown, mediaElement, stored } from '../support/media-element.js';
import { byRole, deepActiveElement, getByRole } from '../support/queries.js';
import { aPicture } from '../support/sample-files.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const media = (content: MediaContent, lang?: string): Promise<WhatsAppMedia> =>
  mediaElement(workspace, content, lang);

describe('photos of <whatsapp-media> opened large', () => {
  let picture: string;

  before(async () => {
    picture = URL.createObjectURL(await aPicture());
  });
  after(() => URL.revokeObjectURL(picture));

  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['media'] });
    workspace.sourceOf = () => of({ url: picture, until: null });
  });

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
