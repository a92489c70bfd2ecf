import type { ComposerVoice, VoiceRecording, VoiceRefusal } from 'whatsapp-workspace';
import { shows } from '../state.js';
import type { Group, State } from '../state.js';

/** How loud somebody is who speaks. */
const speech = (i: number): number => (i % 9 < 2 ? 0.01 : 0.08 + 0.3 * Math.abs(Math.sin(i * 1.7)));

/** A voice that speaks, always at the same moment. @param elapsed In seconds. @param pausedAfter So many looks. */
function speaking(elapsed: number, pausedAfter = Infinity): VoiceRecording {
  let looks = 0;
  return {
    get isPaused() {
      return looks >= pausedAfter;
    },
    elapsed,
    get level() {
      return speech(looks++);
    },
    pause: () => undefined,
    resume: () => true,
    soFar: () => Promise.resolve(new Blob()),
    finish: () => new Promise(() => undefined),
    discard: () => undefined,
  };
}

const voice = (record: () => Promise<VoiceRecording | VoiceRefusal>): ComposerVoice => ({
  record,
  keep: () => undefined,
});

const state = (id: string, title: string, record: () => Promise<VoiceRecording | VoiceRefusal>): State =>
  shows('voice-recorder', id, title, () => ({ voice: voice(record) }), { ground: 'panel' });

export const voiceRecorder: Group = {
  tag: 'voice-recorder',
  states: [
    state('asking', 'The browser asks', () => new Promise(() => undefined)),
    state('recording', 'Recording', () => Promise.resolve(speaking(17))),
    state('paused', 'Paused: it can be listened to', () => Promise.resolve(speaking(93, 0))),
    state('full', 'As long as can be', () => Promise.resolve(speaking(240, 0))),
    state('denied', 'The microphone is refused', () => Promise.resolve('denied')),
    state('absent', 'There is no microphone', () => Promise.resolve('absent')),
    state('unsupported', 'A browser that cannot', () => Promise.resolve('unsupported')),
  ],
};
