import type { Entry, NamesOf, Param } from './catalogue.js';
import { conversation } from './en/conversation.js';
import { desk } from './en/desk.js';

export const en = { ...desk, ...conversation };

/** Names of all that can be said, such as `composer.send`. */
export type Key = keyof typeof en;

/** Everything that a language must be able to say. */
export type Catalogue = { readonly [K in Key]: Entry };

/** The parameters that a key needs, as the rest of an argument list; nothing for keys without any. */
export type Params<K extends Key> = [NamesOf<(typeof en)[K]>] extends [never]
  ? []
  : [params: { readonly [N in NamesOf<(typeof en)[K]>]: Param }];
