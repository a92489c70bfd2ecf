import type { Entry } from '../catalogue.js';

/** Words of the voice recorder. */
export const voice = {
  'voice.label': 'Voice note',
  'voice.asking': 'Let this page use the microphone: the browser asks you.',
  'voice.recording': 'Recording',
  'voice.paused': 'Recording paused',
  'voice.kept': 'The voice note waits with your draft.',
  'voice.discard': 'Discard voice note',
  'voice.pause': 'Pause recording',
  'voice.resume': 'Go on recording',
  'voice.listen': 'Listen',
  'voice.quiet': 'Pause',
  'voice.send': 'Send',
  'voice.full': 'A voice note has four minutes at most. Send it, and record another one.',
  'voice.keys': 'Escape keeps it with the draft.',
  'voice.broken': 'The recording could not be made a voice note.',
  'voice.refused.unsupported':
    'This browser does not record what WhatsApp takes as a voice note. Use another browser, or attach a recording.',
  'voice.refused.insecure':
    'Browsers give the microphone only to pages that are served by HTTPS. Tell whoever runs this page.',
  'voice.refused.denied':
    'This page may not use the microphone. Allow it beside the address in your browser, then try again.',
  'voice.refused.absent': 'There is no microphone. Connect one, then try again.',
  'voice.refused.busy': 'The microphone does not answer. Close other programs that use it, then try again.',
  'voice.refused.unloaded': 'The recorder could not be loaded. Check the connection, then try again.',
} as const satisfies Record<string, Entry>;
