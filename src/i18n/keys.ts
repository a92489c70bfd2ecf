import type { Entry, NamesOf, Param } from './catalogue.js';
import type { actions } from './en/actions.js';
import type { compose } from './en/compose.js';
import type { connection } from './en/connection.js';
import type { conversation } from './en/conversation.js';
import type { desk } from './en/desk.js';
import type { emoji } from './en/emoji.js';
import type { exported } from './en/export.js';
import type { failures } from './en/failures.js';
import type { files } from './en/files.js';
import type { formatting } from './en/formatting.js';
import type { media } from './en/media.js';
import type { notification } from './en/notification.js';
import type { panel } from './en/panel.js';
import type { responses } from './en/responses.js';
import type { search } from './en/search.js';
import type { settings } from './en/settings.js';
import type { voice } from './en/voice.js';
import type { workbins } from './en/workbins.js';

type English = typeof actions &
  typeof compose &
  typeof connection &
  typeof conversation &
  typeof desk &
  typeof emoji &
  typeof exported &
  typeof failures &
  typeof files &
  typeof formatting &
  typeof media &
  typeof notification &
  typeof panel &
  typeof responses &
  typeof search &
  typeof settings &
  typeof voice &
  typeof workbins;

/** Names of all that can be said, such as `composer.send`. */
export type Key = keyof English;

/** What a language says, or a part of it. */
export type Words = { readonly [K in Key]?: Entry };

/** A feature's English in another language: everything that the English says. */
export type Translation<E> = { readonly [K in keyof E]: Entry };

/** The parameters that a key needs, as the rest of an argument list; nothing for keys without any. */
export type Params<K extends Key> = [NamesOf<English[K]>] extends [never]
  ? []
  : [params: { readonly [N in NamesOf<English[K]>]: Param }];
