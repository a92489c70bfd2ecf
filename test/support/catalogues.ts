import { actions as arActions } from '../../src/i18n/ar/actions.js';
import { connection as arConnection } from '../../src/i18n/ar/connection.js';
import { conversation as arConversation } from '../../src/i18n/ar/conversation.js';
import { desk as arDesk } from '../../src/i18n/ar/desk.js';
import { emoji as arEmoji } from '../../src/i18n/ar/emoji.js';
import { exported as arExported } from '../../src/i18n/ar/export.js';
import { failures as arFailures } from '../../src/i18n/ar/failures.js';
import { files as arFiles } from '../../src/i18n/ar/files.js';
import { media as arMedia } from '../../src/i18n/ar/media.js';
import { panel as arPanel } from '../../src/i18n/ar/panel.js';
import { search as arSearch } from '../../src/i18n/ar/search.js';
import { settings as arSettings } from '../../src/i18n/ar/settings.js';
import { workbins as arWorkbins } from '../../src/i18n/ar/workbins.js';
import { actions } from '../../src/i18n/en/actions.js';
import { connection } from '../../src/i18n/en/connection.js';
import { conversation } from '../../src/i18n/en/conversation.js';
import { desk } from '../../src/i18n/en/desk.js';
import { emoji } from '../../src/i18n/en/emoji.js';
import { exported } from '../../src/i18n/en/export.js';
import { failures } from '../../src/i18n/en/failures.js';
import { files } from '../../src/i18n/en/files.js';
import { media } from '../../src/i18n/en/media.js';
import { panel } from '../../src/i18n/en/panel.js';
import { search } from '../../src/i18n/en/search.js';
import { settings } from '../../src/i18n/en/settings.js';
import { workbins } from '../../src/i18n/en/workbins.js';

/** All that is said in English, whatever the feature. */
export const en = {
  ...actions,
  ...connection,
  ...conversation,
  ...desk,
  ...emoji,
  ...exported,
  ...failures,
  ...files,
  ...media,
  ...panel,
  ...search,
  ...settings,
  ...workbins,
};

/** The same in Arabic. */
export const ar = {
  ...arActions,
  ...arConnection,
  ...arConversation,
  ...arDesk,
  ...arEmoji,
  ...arExported,
  ...arFailures,
  ...arFiles,
  ...arMedia,
  ...arPanel,
  ...arSearch,
  ...arSettings,
  ...arWorkbins,
};
