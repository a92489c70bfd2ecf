import type { Entry } from '../catalogue.js';

/** Words of files that are attached: the tray, and why a file cannot be sent. */
export const files = {
  'tray.label': 'Files to send',
  'tray.count': { one: '{count} file', other: '{count} files' },
  'tray.file': '{name}, {size}, {place} of {count}',
  'tray.checking': 'Checking {name}',
  'tray.refused': '{name} cannot be sent',
  'tray.remove': 'Remove {name}',
  'tray.unnamed': 'a file without a name',
  'tray.voice': 'Voice note',
  'tray.keys': 'Alt and an arrow key move a file, Delete removes it.',
  'tray.moved': '{name} is {place} of {count} now',
  'tray.caption': 'Caption of {name}',
  'tray.caption-hint': 'Add a caption',

  'file.refused.empty': 'This file is empty. Choose another one.',
  'file.refused.unknown':
    'WhatsApp does not take files of this kind: {found}. Save it as PDF and attach that.',
  'file.refused.unknown-nothing':
    'WhatsApp does not take files of this kind. Save it as PDF and attach that.',
  'file.refused.misnamed':
    'This is not what its name says: its content is {found}. Open it where it was made and save it again.',
  'file.refused.misnamed-nothing':
    'This is not what its name says; it may be damaged. Open it where it was made and save it again.',
  'file.refused.not-allowed':
    'Your contact centre does not send files of this kind: {found}. Attach another kind, or ask your supervisor.',
  'file.refused.codec-video':
    'Not every phone plays this video: it has {found} in it. Save it as MP4 with H.264 and AAC.',
  'file.refused.codec-audio':
    'WhatsApp does not play this recording: it has {found} in it. Save it as MP3, M4A or Opus.',
  'file.refused.stereo':
    'WhatsApp plays recordings of this kind with one channel only. Save it in mono, or as MP3.',
  'file.refused.depth': 'This picture has more than 8 bits for each colour. Save it as JPEG.',
  'file.refused.bomb':
    'This file unpacks to far more than its size, as files do that are made to harm. It is not sent.',
  'file.refused.too-large-image':
    'This picture has {size}, and at most {limit} can be sent. Make it smaller, or put it into a PDF.',
  'file.refused.too-large-video':
    'This video has {size}, and at most {limit} can be sent. Shorten it, or save it smaller.',
  'file.refused.too-large-audio':
    'This recording has {size}, and at most {limit} can be sent. Shorten it, or save it as MP3.',
  'file.refused.too-large-document':
    'This document has {size}, and at most {limit} can be sent. Split it, or make it smaller.',
  'file.refused.unreadable':
    'The browser could not read this file: it may have been moved or changed. Attach it again.',
  'file.refused.no-room':
    'The browser has no room to keep this file until it is sent. Free some space, or attach a smaller one.',
} as const satisfies Record<string, Entry>;
