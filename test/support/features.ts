// oxlint-disable no-restricted-imports -- Tests go over the catalogues themselves, which the package does not export.
import { actionsWords } from '../../src/i18n/actions-words.js';
import { composeWords } from '../../src/i18n/compose-words.js';
import { connectionWords } from '../../src/i18n/connection-words.js';
import { conversationWords } from '../../src/i18n/conversation-words.js';
import { deskWords } from '../../src/i18n/desk-words.js';
import { emojiWords } from '../../src/i18n/emoji-words.js';
import { exportWords } from '../../src/i18n/export-words.js';
import { failuresWords } from '../../src/i18n/failures-words.js';
import { filesWords } from '../../src/i18n/files-words.js';
import { formattingWords } from '../../src/i18n/formatting-words.js';
import { mediaWords } from '../../src/i18n/media-words.js';
import { notificationWords } from '../../src/i18n/notification-words.js';
import { panelWords } from '../../src/i18n/panel-words.js';
import { responsesWords } from '../../src/i18n/responses-words.js';
import { searchWords } from '../../src/i18n/search-words.js';
import { settingsWords } from '../../src/i18n/settings-words.js';
import { voiceWords } from '../../src/i18n/voice-words.js';
import { workbinsWords } from '../../src/i18n/workbins-words.js';
import type { FeatureWords } from '../../src/i18n/feature-words.js';

/** The words of every feature, by the name of their file; `test/rules/words.test.ts` sees that none is missing. */
export const FEATURES: Readonly<Record<string, FeatureWords>> = {
  actions: actionsWords,
  compose: composeWords,
  connection: connectionWords,
  conversation: conversationWords,
  desk: deskWords,
  emoji: emojiWords,
  export: exportWords,
  failures: failuresWords,
  files: filesWords,
  formatting: formattingWords,
  media: mediaWords,
  notification: notificationWords,
  panel: panelWords,
  responses: responsesWords,
  search: searchWords,
  settings: settingsWords,
  voice: voiceWords,
  workbins: workbinsWords,
};
