import type { Entry } from '../catalogue.js';

/** Words of what is done with a message: answering, reacting, copying, forwarding. They come when somebody is about to. */
export const actions = {
  'actions.label': 'What to do with this message',
  'actions.reply': 'Reply',
  'actions.react': 'React',
  'actions.more': 'More actions for this message',
  'actions.more-emoji': 'More emoji',
  'actions.take-back': 'Take back {emoji}',
  'actions.copy': 'Copy text',
  'actions.copied': 'The text is copied.',
  'actions.copy-failed': 'This page may not copy: select the text and copy it yourself.',
  'actions.forward': 'Forward',
  'actions.forward-to': 'To which conversation?',
  'actions.forward-search': 'Search conversations',
  'actions.forward-none': 'No other open conversation takes messages now.',
  'actions.forward-no-match': 'No open conversation fits this.',
  'actions.forwarded': 'Forwarded to {name}.',
  'actions.show': 'Show',
  'actions.cancel': 'Cancel',
  'quote.you': 'You',
  'quote.earlier': 'An earlier message',
  'quote.cancel': 'Cancel reply',
} as const satisfies Record<string, Entry>;
