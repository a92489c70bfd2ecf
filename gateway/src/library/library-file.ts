import { createHash } from 'node:crypto';
import { DEFAULT_POLICY } from 'whatsapp-workspace/model';
import { Checker, isNothing, orNothing, type Place } from '../checker.js';
import { sortKey } from '../store/response-words.js';
import type { NewCategory, NewResponse } from '../store/library.js';
import { readNotification } from './notification-file.js';
import { readAttachment, type WantedAttachment } from './attachment-file.js';
import { CategoryTree } from './category-tree.js';

/** A response as the library file has it. */
export interface WantedResponse extends Omit<NewResponse, 'attachments' | 'header' | 'digest'> {
  readonly attachments: readonly WantedAttachment[];
  readonly header: WantedAttachment | null;
}

/** A whole library as its file says; nothing is known of its attachments yet. */
export interface LibraryReading {
  readonly categories: readonly NewCategory[];
  readonly responses: readonly WantedResponse[];
  /** A sentence for everything that does not fit: where, what was found, what is allowed. With one of them nothing of the library may be used. */
  readonly problems: readonly string[];
}

const MOST_RESPONSES = 100_000;
const MOST_CATEGORIES = 10_000;
const LONGEST_NAME = 100;
const LONGEST_ID = 128;
const LONGEST_SHORTCUT = 40;
const LONGEST_HTML = 100_000;
/** The longest tag that anybody uses (BCP 47). */
const LONGEST_LANGUAGE = 35;
const MOST_KEYWORDS = 50;
const MOST_ATTACHMENTS = 10;
const USAGES = ['suggestion', 'faq', 'acknowledgement', 'autoresponse'] as const;
const KEYS = [
  'id',
  'category',
  'name',
  'language',
  'body',
  'html',
  'shortcut',
  'keywords',
  'usage',
  'approved',
  'validFrom',
  'validTo',
  'attachments',
  'notification',
];

/** Reads the text of a library file. Never throws: what is wrong is told, all of it. */
export function readLibraryFile(json: string): LibraryReading {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    const problem = `The file is not JSON: ${(error as Error).message}.`;
    return { categories: [], responses: [], problems: [problem] };
  }
  const checker = new Checker();
  const tree = new CategoryTree(checker);
  const file = checker.object({ at: '', value }, ['categories', 'responses']);
  for (const entry of checker.list(file('categories'), MOST_CATEGORIES) ?? [])
    tree.add(checker.object(entry, ['path'])('path'));
  const list = file('responses');
  if (list.value === undefined)
    checker.problem('responses is missing; allowed is a list, which may be empty');
  const responses = (checker.list(list, MOST_RESPONSES) ?? []).map((entry) => ({
    at: entry.at,
    response: readResponse(checker, tree, entry),
  }));
  if (tree.categories.length > MOST_CATEGORIES)
    checker.problem(`The file has ${tree.categories.length} categories; allowed is ${MOST_CATEGORIES}`);
  distinct(checker, responses, 'id', ({ id }) => id);
  distinct(checker, responses, 'shortcut', ({ shortcut, language }) =>
    shortcut === null ? null : JSON.stringify([sortKey(shortcut), language]),
  );
  return {
    categories: tree.categories,
    responses: responses.map(({ response }) => response),
    problems: checker.problems,
  };
}

function readResponse(checker: Checker, tree: CategoryTree, entry: Place): WantedResponse {
  const part = checker.object(entry, KEYS);
  const category = tree.add(part('category'));
  const name = checker.text(part('name'), LONGEST_NAME).normalize('NFC');
  const language = readLanguage(checker, part('language'));
  const attachments = (checker.list(orNothing(part('attachments')), MOST_ATTACHMENTS) ?? []).map((one) =>
    readAttachment(checker, one),
  );
  const body = checker.lines(part('body'), DEFAULT_POLICY.textLimit);
  const notified = isNothing(part('notification')) ? null : readNotification(checker, part('notification'));
  if (part('body').value === '' && attachments.length === 0 && notified === null)
    checker.problem(`${part('body').at} is empty; allowed is that only with attachments or a notification`);
  return {
    id: readId(checker, part('id'), [category, name, language]),
    category,
    name,
    language,
    body,
    html: isNothing(part('html')) ? null : checker.lines(part('html'), LONGEST_HTML),
    shortcut: readShortcut(checker, part('shortcut')),
    keywords: (checker.list(orNothing(part('keywords')), MOST_KEYWORDS) ?? []).map((keyword) =>
      checker.text(keyword, LONGEST_NAME),
    ),
    usage: readUsage(checker, part('usage')),
    approved: checker.flag(orNothing(part('approved'))) ?? true,
    ...readValidity(checker, part('validFrom'), part('validTo')),
    attachments,
    notification: notified?.notification ?? null,
    header: notified?.header ?? null,
  };
}

/** What has no id of its own keeps the same one as long as it has its category, name and language. */
function readId(checker: Checker, place: Place, made: readonly unknown[]): string {
  if (!isNothing(place)) return checker.text(place, LONGEST_ID);
  return `r-${createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 32)}`;
}

function readLanguage(checker: Checker, place: Place): string | null {
  if (isNothing(place)) return null;
  const tag = checker.text(place, LONGEST_LANGUAGE);
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // What is no text has its sentence already.
    if (tag !== '')
      checker.problem(`${place.at} is ${JSON.stringify(tag)}; allowed is a tag of a language such as de-AT`);
    return null;
  }
}

function readShortcut(checker: Checker, place: Place): string | null {
  if (isNothing(place)) return null;
  const shortcut = checker.text(place, LONGEST_SHORTCUT).normalize('NFC');
  if (/^[\p{L}\p{N}\p{M}._-]+$/u.test(shortcut)) return shortcut;
  if (shortcut !== '')
    checker.problem(
      `${place.at} is ${JSON.stringify(shortcut)}; allowed is letters, digits, dots, hyphens and underscores, without the slash`,
    );
  return null;
}

function readUsage(checker: Checker, place: Place): readonly string[] {
  const list = checker.list(orNothing(place), USAGES.length);
  return list?.flatMap((usage) => checker.oneOf(usage, USAGES) ?? []) ?? ['suggestion'];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

function readInstant(checker: Checker, place: Place): number | null {
  const { value } = place;
  if (isNothing(place)) return null;
  const instant = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  checker.misfit(place, 'a date with a time and its zone, such as 2027-01-31T08:00:00Z');
  return null;
}

function readValidity(
  checker: Checker,
  from: Place,
  to: Place,
): Pick<WantedResponse, 'validFrom' | 'validTo'> {
  const [validFrom, validTo] = [readInstant(checker, from), readInstant(checker, to)];
  if (validFrom !== null && validTo !== null && validTo <= validFrom)
    checker.misfit(to, `what comes after ${from.at}`);
  return { validFrom, validTo };
}

function distinct(
  checker: Checker,
  all: readonly { readonly at: string; readonly response: WantedResponse }[],
  what: string,
  keyOf: (response: WantedResponse) => string | null,
): void {
  const first = new Map<string, string>();
  for (const { at, response } of all) {
    const key = keyOf(response);
    if (key === null || key === '') continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, at);
    else
      checker.problem(
        `${at} has the same ${what} as ${before}; allowed is one of its own${HINTS[what] ?? ''}`,
      );
  }
}

const HINTS: Readonly<Record<string, string>> = {
  id: ': without an id, category, name and language are what tells responses apart',
  shortcut: ' in each language',
};
