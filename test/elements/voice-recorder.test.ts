import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/voice-recorder.js';
import type { VoiceRefusal } from '../../src/elements/voice-recorder/composer-voice.js';
import type { VoiceRecorder } from '../../src/elements/voice-recorder/voice-recorder.js';
import { FakeVoice } from '../support/fake-voice.js';
import type { FakeRecording } from '../support/fake-voice.js';
import { eventually } from '../support/media-element.js';
import { byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

let voice: FakeVoice;
let tested: VoiceRecorder;
/** How often it was said that it ended, of the one that is tested. */
let ended: number;

async function recorder(lang = 'en'): Promise<VoiceRecorder> {
  const element = await fixture<VoiceRecorder>(
    html`<voice-recorder
      lang=${lang}
      style="inline-size: 320px"
      .voice=${voice}
      @recording-end=${({ target }: Event) => target === tested && ended++}
    ></voice-recorder>`,
  );
  // The one before, which was taken from the page, may end as late as now.
  [tested, ended] = [element, 0];
  await eventually(() => byRole(element, 'button'));
  await element.updateComplete;
  return element;
}

async function recording(): Promise<readonly [VoiceRecorder, FakeRecording]> {
  const element = await recorder();
  await eventually(() => byRole(element, 'button', 'Pause recording'));
  const [first] = voice.recordings;
  if (!first) throw new Error('Nothing is recorded.');
  return [element, first];
}

describe('<voice-recorder>', () => {
  beforeEach(() => (voice = new FakeVoice()));

  it('records at once, and shows how long and how loud', async () => {
    const [element, one] = await recording();
    one.elapsed = 67.8;
    await waitUntil(() => shadowText(element).includes('1:07'));
    const path = (): string | null | undefined =>
      element.shadowRoot?.querySelector('.bars path')?.getAttribute('d');
    const before = path();
    await waitUntil(() => path() !== before);
    await expect(element).to.be.accessible();
  });

  it('pauses, goes on, and sends, by the keyboard', async () => {
    const [element, one] = await recording();
    await waitUntil(() => deepActiveElement()?.ariaLabel === 'Pause recording');
    await sendKeys({ press: 'Enter' });
    expect(one.isPaused).to.equal(true);
    await eventually(() => byRole(element, 'button', 'Go on recording'));
    await sendKeys({ press: 'Enter' });
    expect(one.isPaused).to.equal(false);
    await eventually(() => byRole(element, 'button', 'Pause recording'));
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => ended === 1);
    expect(voice.kept).to.deep.equal([true]);
  });

  it('plays what there is while it is paused', async () => {
    const [element] = await recording();
    getByRole(element, 'button', 'Pause recording').click();
    (await eventually(() => byRole(element, 'button', 'Listen'))).focus();
    await sendKeys({ press: 'Enter' });
    await eventually(() => byRole(element, 'button', 'Pause'));
    await eventually(() => byRole(element, 'button', 'Listen'));
  });

  it('throws away what is discarded, and nothing else', async () => {
    const [element, one] = await recording();
    getByRole(element, 'button', 'Discard voice note').click();
    expect(one.discarded).to.equal(true);
    expect(ended).to.equal(1);
    element.remove();
    await Promise.resolve();
    expect(voice.kept).to.deep.equal([]);
  });

  it('keeps with the draft what Escape ends', async () => {
    await recording();
    await waitUntil(() => deepActiveElement()?.ariaLabel === 'Pause recording');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => ended === 1);
    expect(voice.kept).to.deep.equal([false]);
  });

  it('keeps with the draft what is taken from the page, for the conversation in which it began', async () => {
    const [element] = await recording();
    const other = new FakeVoice();
    element.voice = other;
    element.remove();
    await waitUntil(() => voice.kept.length === 1);
    expect(voice.kept).to.deep.equal([false]);
    expect(other.kept).to.deep.equal([]);
  });

  it('keeps it once when the page goes, and has the browser ask before', async () => {
    const [element] = await recording();
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    expect(leaving.defaultPrevented).to.equal(true);
    dispatchEvent(new Event('pagehide'));
    element.remove();
    await waitUntil(() => ended === 1);
    expect(voice.kept).to.deep.equal([false]);
  });

  it('pauses at four minutes, and says so', async () => {
    const [element, one] = await recording();
    one.elapsed = 240;
    await waitUntil(() => shadowText(element).includes('four minutes at most'));
    expect(one.isPaused).to.equal(true);
    expect(getByRole(element, 'button', 'Go on recording')).to.have.property('disabled', true);
    getByRole(element, 'button', 'Send').click();
    await waitUntil(() => voice.kept.length === 1);
  });

  it('lets one try again when no voice note could be made', async () => {
    const [element, one] = await recording();
    one.broken = true;
    getByRole(element, 'button', 'Send').click();
    const again = await eventually(() => byRole(element, 'button', 'Try again'));
    expect(ended).to.equal(0);
    one.broken = false;
    again.click();
    await waitUntil(() => ended === 1);
    expect(voice.kept).to.deep.equal([false]);
  });

  const refusals: readonly (readonly [VoiceRefusal, string])[] = [
    ['denied', 'Allow it beside the address'],
    ['absent', 'Connect one'],
    ['busy', 'Close other programs'],
    ['unsupported', 'Use another browser'],
    ['insecure', 'HTTPS'],
    ['unloaded', 'Check the connection'],
  ];
  for (const [refusal, sentence] of refusals) {
    it(`says what to do: ${refusal}`, async () => {
      voice.refusal = refusal;
      const element = await recorder();
      await waitUntil(() => shadowText(element).includes(sentence));
      await expect(element).to.be.accessible();
      const helps = refusal !== 'unsupported' && refusal !== 'insecure';
      expect(byRole(element, 'button', 'Try again') !== null).to.equal(helps);
      voice.refusal = null;
      if (helps) {
        getByRole(element, 'button', 'Try again').click();
        await eventually(() => byRole(element, 'button', 'Pause recording'));
      } else {
        getByRole(element, 'button', 'Close').click();
        expect(ended).to.equal(1);
      }
    });
  }

  it('says when the microphone went away', async () => {
    const [element, one] = await recording();
    getByRole(element, 'button', 'Pause recording').click();
    one.hasMicrophone = false;
    (await eventually(() => byRole(element, 'button', 'Go on recording'))).click();
    await element.updateComplete;
    expect(shadowText(element)).to.contain('no microphone');
  });
});
