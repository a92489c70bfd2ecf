import type { Entry } from '../catalogue.js';

/** Words of what saves or prints a conversation. */
export const exported = {
  'export.heading': 'Save conversation',
  'export.as': 'Save as',
  'export.text': 'Text',
  'export.page': 'Web page (HTML)',
  'export.json': 'Data for programs (JSON)',
  'export.files': 'All sessions with this contact. Photos and other files are named, not included.',
  'export.reading': { one: 'Reading… {count} message', other: 'Reading… {count} messages' },
  'export.failed': 'The conversation could not be read to its beginning. Try again when the link is back.',
  'export.save': 'Save',
  'export.print': 'Print…',
  'export.title': 'WhatsApp conversation with {contact}',
  'export.business': 'Business',
  'export.answers': 'Answers {message}',
  'export.former': 'Before: {text}',
} as const satisfies Record<string, Entry>;
