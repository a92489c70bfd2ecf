import type { Entry } from '../catalogue.js';

/** Words of the agent's own settings. */
export const settings = {
  'settings.page': 'As the page has it',
  'settings.language': 'Language',
  'settings.density': 'Density',
  'settings.density-comfortable': 'Comfortable',
  'settings.density-compact': 'Compact',
  'settings.enter': 'Enter key',
  'settings.enter-send': 'Sends the message',
  'settings.enter-newline': 'Begins a new line',
  'settings.enter-hint': 'Ctrl + Enter sends.',
  'settings.sound': 'Sound',
  'settings.sound-hint':
    'For new interactions, and for messages in conversations that are not in front. Browsers let a page sound once you have clicked in it.',
  'settings.play': 'Play',
  'settings.silent': 'The browser does not let this page sound.',
  'settings.notifications': 'System notifications',
  'settings.notifications-hint': 'Name and first words of what is new, while this page is out of sight.',
  'settings.notifications-denied':
    'This browser blocks notifications of this page. Allow them in its settings for this page, then choose them again.',
  'settings.notifications-missing': 'This browser shows no notifications of pages.',
  'settings.kept': 'Kept for you on this device, in all its tabs.',
} as const satisfies Record<string, Entry>;
