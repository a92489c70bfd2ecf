import type { VoiceCapture, VoiceRefusalKind } from '../platform/sound/record-voice.js';
import { alone } from './one-sound.js';

/** Begins to record the microphone; what plays on the page is paused, and what is played pauses it. @returns Why it could not. Never rejects. */
export async function recordVoice(): Promise<VoiceCapture | VoiceRefusalKind | 'unloaded'> {
  try {
    const { recordVoice: record } = await import('../platform/sound/record-voice.js');
    const capture = await record();
    alone(() => capture.pause());
    return capture;
  } catch (error) {
    return error instanceof Error && error.name === 'VoiceRefusal' && 'kind' in error
      ? (error.kind as VoiceRefusalKind)
      : 'unloaded';
  }
}
