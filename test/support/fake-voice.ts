import type {
  ComposerVoice,
  VoiceRecording,
  VoiceRefusal,
} from '../../src/elements/voice-recorder/composer-voice.js';
import { aTone } from './sample-files.js';

/** A voice that speaks for as long as a test says. */
export class FakeRecording implements VoiceRecording {
  isPaused = false;
  elapsed = 0;
  level = 0.5;
  discarded = false;
  /** Whether no voice note can be made of it. */
  broken = false;
  hasMicrophone = true;

  pause(): void {
    this.isPaused = true;
  }

  resume(): boolean {
    if (this.hasMicrophone) this.isPaused = false;
    return this.hasMicrophone;
  }

  soFar(): Promise<Blob> {
    return Promise.resolve(aTone(2));
  }

  finish(): Promise<Blob> {
    return this.broken ? Promise.reject(new Error('No voice.')) : Promise.resolve(new Blob(['note']));
  }

  discard(): void {
    this.discarded = true;
  }
}

export class FakeVoice implements ComposerVoice {
  readonly recordings: FakeRecording[] = [];
  /** Whether each was to be sent at once. */
  readonly kept: boolean[] = [];
  refusal: VoiceRefusal | null = null;

  record(): Promise<VoiceRecording | VoiceRefusal> {
    if (this.refusal) return Promise.resolve(this.refusal);
    const recording = new FakeRecording();
    this.recordings.push(recording);
    return Promise.resolve(recording);
  }

  keep(_note: Blob, send: boolean): void {
    this.kept.push(send);
  }
}
