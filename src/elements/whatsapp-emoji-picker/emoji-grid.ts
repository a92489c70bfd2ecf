import type { Localizer } from '../../i18n/index.js';
import { markupPolicy } from '../base/trusted-types.js';
import { setting } from './made/picker.js';
import type { EmojiGridWords } from './made/picker.js';

const TONES = ['default', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

const CATEGORIES = [
  'smileys-emotion',
  'people-body',
  'animals-nature',
  'food-drink',
  'travel-places',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

/** In which language emoji have the names and tags that they are found by, as a grid's `locale` and `dataSource`. There are no other data yet. */
export const EMOJI_DATA = 'en';

// As a module, and not as a file that is fetched: whoever lets our script run lets this come too.
setting.data = async (_source, body) => {
  const { version, json } = await import('./made/data-en.js');
  return new Response(body ? json : null, { headers: { etag: version } });
};
setting.markup = (markup) => markupPolicy?.createHTML(markup) ?? markup;

/** What a grid says, in the language of its place. */
export function gridWords(words: Localizer): EmojiGridWords {
  const tones = TONES.map((tone) => words.t(`emoji.tone-${tone}`));
  const categories = CATEGORIES.map((name): [string, string] => [name, words.t(`emoji.${name}`)]);
  return {
    categories: Object.fromEntries(categories),
    categoriesLabel: words.t('emoji.categories'),
    emojiUnsupportedMessage: words.t('emoji.unsupported'),
    favoritesLabel: words.t('emoji.favorites'),
    loadingMessage: words.t('emoji.loading'),
    networkErrorMessage: words.t('emoji.failed'),
    regionLabel: words.t('emoji.picker'),
    searchDescription: words.t('emoji.search-hint'),
    searchLabel: words.t('emoji.search'),
    searchResultsLabel: words.t('emoji.results'),
    skinToneDescription: words.t('emoji.skin-tones-hint'),
    // The grid puts the tone in its place.
    skinToneLabel: words.t('emoji.skin-tone', { tone: '{skinTone}' }),
    skinTones: tones,
    skinTonesLabel: words.t('emoji.skin-tones'),
  };
}
