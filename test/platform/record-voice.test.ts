import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { inspectFile } from '../../src/platform/files/inspect-file.js';
import { decodeSound } from '../../src/platform/sound/decode-sound.js';
import { recordVoice } from '../../src/platform/sound/record-voice.js';
import type { VoiceCapture } from '../../src/platform/sound/record-voice.js';
import { heardIn } from '../support/sample-sounds.js';
import { waitUntil } from '../support/wait-until.js';

type Microphone = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

/** Instead of the machine's microphone. */
async function withMicrophone<T>(microphone: Microphone, act: () => Promise<T>): Promise<T> {
  const devices = navigator.mediaDevices as { getUserMedia?: Microphone } | undefined;
  if (!devices) throw new Error('There are no devices.');
  Object.defineProperty(devices, 'getUserMedia', { configurable: true, value: microphone });
  try {
    return await act();
  } finally {
    Reflect.deleteProperty(devices, 'getUserMedia');
  }
}

const refusing =
  (name: string): Microphone =>
  () =>
    Promise.reject(new DOMException('No.', name));

const kindOf = async (recording: Promise<unknown>): Promise<unknown> => {
  try {
    await recording;
    return 'none';
  } catch (error) {
    return (error as { readonly kind?: unknown }).kind;
  }
};

const canRecord = (): boolean =>
  'mediaDevices' in navigator &&
  typeof MediaRecorder !== 'undefined' &&
  ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'].some((type) => MediaRecorder.isTypeSupported(type));

describe('recordVoice', () => {
  it('says why there is no voice', async function () {
    if (!canRecord()) this.skip();
    for (const [name, kind] of [
      ['NotAllowedError', 'denied'],
      ['NotFoundError', 'absent'],
      ['NotReadableError', 'busy'],
    ] as const)
      expect(await withMicrophone(refusing(name), () => kindOf(recordVoice()))).to.equal(kind);
  });

  it('says that a browser that knows no Opus cannot', async function () {
    if (!('mediaDevices' in navigator)) this.skip();
    const { MediaRecorder: real } = globalThis;
    Object.assign(globalThis, { MediaRecorder: undefined });
    try {
      expect(await kindOf(recordVoice())).to.equal('unsupported');
    } finally {
      Object.assign(globalThis, { MediaRecorder: real });
    }
  });

  it('makes a voice note as WhatsApp has them, without what was said in a pause', async function () {
    if (!canRecord()) this.skip();
    // By a key, because browsers let nothing sound that nobody asked for.
    const button = await fixture<HTMLButtonElement>(html`<button>Record</button>`);
    button.focus();
    await sendKeys({ press: 'Enter' });
    const context = new AudioContext();
    void context.resume();
    const sounds = async (): Promise<boolean> => {
      await waitUntil(() => context.state === 'running');
      return true;
    };
    // Some engines want a device that plays, where there is none.
    if (!(await sounds().catch(() => false))) this.skip();
    const voice = new OscillatorNode(context, { frequency: 440 });
    const stereo = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
    voice.connect(stereo);
    voice.start();
    const capture: VoiceCapture = await withMicrophone(() => Promise.resolve(stereo.stream), recordVoice);
    await waitUntil(() => capture.level > 0.1 && capture.elapsed > 1);
    capture.pause();
    const { elapsed } = capture;
    expect((await capture.soFar()).size).to.be.above(0);
    expect(capture.elapsed).to.equal(elapsed);
    expect(capture.level).to.equal(0);
    expect(capture.resume()).to.equal(true);
    await waitUntil(() => capture.elapsed > elapsed + 0.5);
    const length = capture.elapsed;
    const note = await capture.finish();
    expect(note.type).to.equal('audio/ogg; codecs=opus');
    expect(await inspectFile(note)).to.deep.equal({ mimeType: 'audio/ogg', codecs: ['opus'], channels: 1 });
    const bytes = new Uint8Array(await note.arrayBuffer());
    const heard = await heardIn(
      (await decodeSound(bytes, new AbortController().signal))?.toBlob() ?? new Blob(),
    );
    expect(heard.pitch).to.be.closeTo(440, 10);
    expect(heard.loudest).to.be.above(0.1);
    expect(heard.duration).to.be.closeTo(length, 0.5);
    expect(stereo.stream.getTracks().every(({ readyState }) => readyState === 'ended')).to.equal(true);
    await context.close();
  });
});
