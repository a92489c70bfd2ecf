import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { of } from 'rxjs';
import '../../src/define/whatsapp-media.js';
import type { WhatsAppMedia } from '../../src/elements/whatsapp-media/whatsapp-media.js';
import type { MediaContent } from '../../src/model/index.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { choose, eventually, mediaElement, pressed, stored } from '../support/media-element.js';
import { byRole, getByRole, shadowText } from '../support/queries.js';
import { aTone } from '../support/sample-files.js';
import { aSampleSound } from '../support/sample-sounds.js';
import { waitUntil } from '../support/wait-until.js';

let workspace: FakeWorkspace;

const media = (content: MediaContent, lang?: string): Promise<WhatsAppMedia> =>
  mediaElement(workspace, content, lang);

/** As in a browser that cannot play what is there. */
async function refusing(url: string, act: () => Promise<void>): Promise<void> {
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
  const broken = URL.createObjectURL(new Blob(['nothing that plays']));
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {
    ...source,
    set(value: string) {
      source?.set?.call(this, value === url ? broken : value);
    },
  });
  try {
    await act();
  } finally {
    if (source) Object.defineProperty(HTMLMediaElement.prototype, 'src', source);
  }
}

describe('a recording in <whatsapp-media>', () => {
  let tone: string;
  const recording = (id: string, known: Partial<MediaContent> = {}) =>
    stored('audio', { media: { id }, mimeType: 'audio/wav', duration: 30, bytes: 480_044, ...known });

  before(() => (tone = URL.createObjectURL(aTone(30))));
  after(() => URL.revokeObjectURL(tone));
  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['media'] });
    workspace.sourceOf = () => of({ url: tone, until: null });
  });
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

  for (const name of ['tone.amr', 'wide.amr']) {
    it(`plays ${name}, which browsers do not, from its beginning to its end`, async function () {
      const file = await aSampleSound(name);
      if (!file) this.skip();
      const url = URL.createObjectURL(file);
      workspace.sourceOf = () => of({ url, until: null });
      const element = await audioOf(recording(name, { mimeType: 'audio/amr', duration: null }));
      await press(element, 'Play');
      await plays(element);
      expect(shadowText(element)).to.contain('0:0');
      expect(element.shadowRoot?.querySelector('svg.bars')).to.be.instanceOf(SVGElement);
      const slider = element.shadowRoot?.querySelector('input') as HTMLInputElement;
      expect(Number(slider.max)).to.be.closeTo(3, 0.1);
      await eventually(() => byRole(element, 'button', 'Play'));
      await waitUntil(() => position(element) === 0);
    });
  }

  it('plays Ogg-Opus, by itself where the browser cannot', async function () {
    const file = await aSampleSound('tone.ogg');
    if (!file) this.skip();
    const url = URL.createObjectURL(file);
    workspace.sourceOf = () => of({ url, until: null, content: file });
    const element = await audioOf(recording('opus', { mimeType: 'audio/ogg; codecs=opus', duration: null }));
    await refusing(url, async () => {
      await press(element, 'Play');
      await plays(element);
    });
    expect(element.shadowRoot?.querySelector('svg.bars')).to.be.instanceOf(SVGElement);
    const slider = element.shadowRoot?.querySelector('input') as HTMLInputElement;
    expect(Number(slider.max)).to.be.closeTo(3, 0.1);
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
