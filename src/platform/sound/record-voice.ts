/** What browsers record Opus in, best first. */
const CONTAINERS = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'];
/** WhatsApp shows a voice note as such up to 512 KB: four minutes of speech. In bits a second. */
const BITS = 16_000;
/** How often the browser hands over what it has, in milliseconds. */
const HANDED_OVER = 1_000;

/**
 * Why nothing can be recorded. unsupported: this browser records no Opus. insecure: the page is not served by HTTPS. denied: the agent, the page's policy or the system
 * does not allow it. absent: there is no microphone. busy: something else uses it, or it does not work.
 */
export type VoiceRefusalKind = 'unsupported' | 'insecure' | 'denied' | 'absent' | 'busy';

export class VoiceRefusal extends Error {
  override readonly name = 'VoiceRefusal';
  readonly kind: VoiceRefusalKind;

  constructor(kind: VoiceRefusalKind, options?: ErrorOptions) {
    super(`Nothing can be recorded: ${kind}.`, options);
    this.kind = kind;
  }
}

/** Begins to record the microphone, in one channel. Rejects with a VoiceRefusal. */
export async function recordVoice(): Promise<VoiceCapture> {
  if (!isSecureContext || !navigator.mediaDevices) throw new VoiceRefusal('insecure');
  const type =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : CONTAINERS.find((one) => MediaRecorder.isTypeSupported(one));
  if (type === undefined) throw new VoiceRefusal('unsupported');
  const stream = await microphone();
  const context = new AudioContext();
  try {
    await context.resume();
    return new VoiceCapture(stream, context, type);
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
    throw new VoiceRefusal('unsupported', { cause: error });
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError')
      throw new VoiceRefusal('denied', { cause: error });
    throw new VoiceRefusal(name === 'NotFoundError' ? 'absent' : 'busy', { cause: error });
  }
}

/** A voice that is being recorded. The microphone is let go of when it is finished or discarded. */
export class VoiceCapture {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;
  readonly #recorder: MediaRecorder;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #pieces: Blob[] = [];
  /** Before the last pause, in milliseconds. */
  #before = 0;
  #since: number | null;

  constructor(stream: MediaStream, context: AudioContext, mimeType: string) {
    this.#stream = stream;
    this.#context = context;
    this.#analyser = context.createAnalyser();
    this.#samples = new Float32Array(this.#analyser.fftSize);
    const source = context.createMediaStreamSource(stream);
    // A voice note has one channel, whatever the microphone has.
    const mono = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    source.connect(this.#analyser);
    source.connect(mono);
    this.#recorder = new MediaRecorder(mono.stream, { mimeType, audioBitsPerSecond: BITS });
    this.#recorder.ondataavailable = ({ data }) => void (data.size > 0 && this.#pieces.push(data));
    this.#recorder.start(HANDED_OVER);
    this.#since = performance.now();
    // A microphone that is unplugged: what was said is kept.
    for (const track of stream.getTracks()) track.onended = () => this.pause();
  }

  get isPaused(): boolean {
    return this.#since === null;
  }

  /** In seconds. */
  get elapsed(): number {
    return (this.#before + (this.#since === null ? 0 : performance.now() - this.#since)) / 1_000;
  }

  /** How loud it is now, from 0 to 1. */
  get level(): number {
    if (this.isPaused) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return Math.min(
      1,
      this.#samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0),
    );
  }

  pause(): void {
    if (this.#since === null || this.#recorder.state !== 'recording') return;
    this.#before += performance.now() - this.#since;
    this.#since = null;
    this.#recorder.pause();
    this.#hear(false);
  }

  /** @returns false when the microphone is gone. */
  resume(): boolean {
    const isThere = this.#stream.getTracks().some(({ readyState }) => readyState === 'live');
    if (!isThere || this.#recorder.state !== 'paused') return false;
    this.#hear(true);
    this.#recorder.resume();
    this.#since = performance.now();
    return true;
  }

  /** What there is so far, as this browser plays it. */
  async soFar(): Promise<Blob> {
    if (this.#recorder.state !== 'inactive') {
      const given = once(this.#recorder, 'dataavailable');
      this.#recorder.requestData();
      await given;
    }
    return this.#recorded();
  }

  /** Ends it. @returns A voice note as WhatsApp has them: Opus in Ogg. */
  async finish(): Promise<Blob> {
    if (this.#recorder.state !== 'inactive') {
      const stopped = once(this.#recorder, 'stop');
      this.#recorder.stop();
      await stopped;
    }
    this.discard();
    const { toVoiceNote } = await import('./to-voice-note.js');
    return toVoiceNote(this.#recorded());
  }

  discard(): void {
    this.#since = null;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    for (const track of this.#stream.getTracks()) track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  #hear(enabled: boolean): void {
    for (const track of this.#stream.getTracks()) track.enabled = enabled;
  }

  #recorded(): Blob {
    return new Blob(this.#pieces, { type: this.#recorder.mimeType });
  }
}

function once(target: EventTarget, type: string): Promise<unknown> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
