import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/index.js';
import type { ResponseCategory, ResponseSearch } from '../../model/index.js';
import { icon } from '../base/index.js';
import type { Popover, Tree } from '../base/index.js';
import { categoryItems } from './category-items.js';

/** Of all categories, in the tree: no category has it. */
const ALL = '';

interface Filters {
  readonly search: ResponseSearch;
  readonly categories: readonly ResponseCategory[];
  readonly languages: readonly string[];
  readonly words: Localizer;
  readonly popover: Popover;
  readonly tree: Tree;
  readonly change: (change: Partial<ResponseSearch>) => void;
  readonly openCategories: (event: Event) => void;
}

/** What is looked for beside words: a category, where there are any; how words belong together; and a language, where there is more than one. */
export function pickerFilters(filters: Filters): TemplateResult {
  const { search, categories, words, change } = filters;
  const matches = (['all', 'any', 'phrase'] as const).map(
    (match) => [match, words.t(`responses.match-${match}`)] as const,
  );
  return html`<div class="filters">
    ${categories.length === 0 ? nothing : categoryFilter(filters)}
    ${select(words.t('responses.match'), matches, search.match, (match) => change({ match }))}
    ${languageFilter(filters)}
  </div>`;
}

function categoryFilter({
  search,
  categories,
  words,
  popover,
  tree,
  change,
  openCategories,
}: Filters): TemplateResult {
  const all = words.t('responses.all-categories');
  const name = categories.find(({ id }) => id === search.category)?.name ?? all;
  const { id, isOpen, onKeyDown, onFocusOut, onBeforeToggle } = popover;
  return html`<div class="popover-place category" @keydown=${onKeyDown} @focusout=${onFocusOut}>
    <button
      class="field choice"
      type="button"
      popovertarget=${id}
      aria-haspopup="tree"
      aria-expanded=${String(isOpen)}
      aria-label=${words.t('responses.category', { name })}
      title=${name}
      @click=${openCategories}
    >
      <bdi class="truncate">${name}</bdi>${icon('chevron-down', 16)}
    </button>
    <div id=${id} class="popover categories" popover="auto" tabindex="-1" @beforetoggle=${onBeforeToggle}>
      ${
        isOpen
          ? tree.render({
              label: words.t('responses.categories'),
              items: [{ key: ALL, text: all }, ...categoryItems(categories)],
              selected: search.category ?? ALL,
              choose: (key) => change({ category: key === ALL ? null : key }),
            })
          : nothing
      }
    </div>
  </div>`;
}

function languageFilter({ search, languages, words, change }: Filters): TemplateResult | typeof nothing {
  if (languages.length < 2) return nothing;
  const names = new Intl.DisplayNames(words.locale, { type: 'language' });
  const known = languages
    .map((tag) => [tag, languageName(names, tag)] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b, words.locale));
  const choices = [[ALL, words.t('responses.all-languages')] as const, ...known];
  return select(words.t('responses.language'), choices, search.language ?? ALL, (tag) =>
    change({ language: tag === ALL ? null : tag }),
  );
}

/** An import may hold tags that are none. */
function languageName(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function select<K extends string>(
  label: string,
  choices: readonly (readonly [key: K, name: string])[],
  chosen: K,
  choose: (key: K) => void,
): TemplateResult {
  const onChange = ({ target }: Event): void => {
    const choice = choices[(target as HTMLSelectElement).selectedIndex];
    if (choice) choose(choice[0]);
  };
  return html`<select class="field choice" aria-label=${label} title=${label} @change=${onChange}>
    ${choices.map(([key, name]) => html`<option value=${key} .selected=${key === chosen}>${name}</option>`)}
  </select>`;
}
