import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { actionsWords } from '../../src/i18n/actions-words.js';
import { composeWords } from '../../src/i18n/compose-words.js';
import { connectionWords } from '../../src/i18n/connection-words.js';
import { conversationWords } from '../../src/i18n/conversation-words.js';
import { deskWords } from '../../src/i18n/desk-words.js';
import { emojiWords } from '../../src/i18n/emoji-words.js';
import { exportWords } from '../../src/i18n/export-words.js';
import { failuresWords } from '../../src/i18n/failures-words.js';
import { mediaWords } from '../../src/i18n/media-words.js';
import { panelWords } from '../../src/i18n/panel-words.js';
import { searchWords } from '../../src/i18n/search-words.js';
import { settingsWords } from '../../src/i18n/settings-words.js';
import { workbinsWords } from '../../src/i18n/workbins-words.js';

const features: Readonly<Record<string, object>> = {
  desk: deskWords.english,
  actions: actionsWords.english,
  compose: composeWords.english,
  connection: connectionWords.english,
  conversation: conversationWords.english,
  emoji: emojiWords.english,
  export: exportWords.english,
  failures: failuresWords.english,
  media: mediaWords.english,
  panel: panelWords.english,
  search: searchWords.english,
  settings: settingsWords.english,
  workbins: workbinsWords.english,
};

/** What the functions of base say that only some elements use; these bring the words. */
const SAYS_FAILURES = ['failed-sending.ts', 'failure.ts'];

const ELEMENTS = 'src/elements';

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

const keysIn = (code: string): string[] =>
  [...code.matchAll(/'([a-z]+(?:\.[a-z-]+)+)'/g)]
    .map(([, key]) => key ?? '')
    .filter((key) => Object.values(features).some((words) => Object.hasOwn(words, key)));

const unsaid = (code: string, known: readonly string[]): string[] =>
  keysIn(code).filter((key) => !known.some((feature) => Object.hasOwn(features[feature] ?? {}, key)));

describe('words come with the code that says them', () => {
  it('has every key in one feature', () => {
    const keys = Object.values(features).flatMap((words) => Object.keys(words));
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.length > 150);
  });

  for (const folder of readdirSync(ELEMENTS)) {
    it(`in ${folder}`, () => {
      if (folder === 'base') {
        for (const name of readdirSync(`${ELEMENTS}/base`)) {
          const known = SAYS_FAILURES.includes(name) ? ['desk', 'failures'] : ['desk'];
          assert.deepEqual(unsaid(readFileSync(`${ELEMENTS}/base/${name}`, 'utf8'), known), [], name);
        }
        return;
      }
      const code = filesIn(`${ELEMENTS}/${folder}`).join('\n');
      const declared = [
        ...code.matchAll(/(?:static override readonly words = |new LocalizeController\(\w+, )\[([^\]]*)\]/g),
      ].flatMap(([, list]) => (list ?? '').match(/\w+(?=Words)/g) ?? []);
      assert.deepEqual(unsaid(code, ['desk', ...declared]), []);
      if (/\b(failureKey|FailedSending|announceFailure)\b/.test(code))
        assert.ok(declared.includes('failures'));
    });
  }
});
