import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { FEATURES } from '../support/features.js';

const features: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(FEATURES).map(([name, { english }]) => [name, english]),
);

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
  it('knows the words of all features', () => {
    const files = readdirSync('src/i18n').filter((name) => name.endsWith('-words.ts'));
    const names = files.map((name) => name.replace('-words.ts', '')).filter((name) => name !== 'feature');
    assert.deepEqual(Object.keys(FEATURES).toSorted(), names.toSorted());
  });

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
