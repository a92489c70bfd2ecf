/** A voice that is being recorded. */
export interface VoiceRecording {
  readonly isPaused: boolean;
  /** In seconds. */
  readonly elapsed: number;
  /** How loud it is now, from 0 to 1. */
  readonly level: number;
  pause(): void;
  /** @returns false when the microphone is gone. */
  resume(): boolean;
  /** What there is so far, to be listened to. */
  soFar(): Promise<Blob>;
  /** Ends it. Rejects when no voice note can be made of it; may be asked for again. */
  finish(): Promise<Blob>;
  discard(): void;
}

/** Why nothing can be recorded. */
export type VoiceRefusal = 'unsupported' | 'insecure' | 'denied' | 'absent' | 'busy' | 'unloaded';

/** How voice notes are recorded in a conversation, and what becomes of them. */
export interface ComposerVoice {
  /** Asks for the microphone and begins. */
  record(): Promise<VoiceRecording | VoiceRefusal>;
  /** Takes a voice note into the draft of the conversation; with `send` it is sent at once. */
  keep(note: Blob, send: boolean): void;
}
