import { filesBelow } from './files.mjs';

/** Tests that run in browsers, by Web Test Runner. */
export const BROWSER_TEST_FOLDERS = ['elements', 'platform', 'context', 'i18n', 'leak'].map(
  (name) => `test/${name}`,
);

/** Tests that drive a browser from Node. */
const E2E_TEST_FOLDERS = ['test/e2e', 'test/hosts'];

const isTest = (path) => path.endsWith('.test.ts');

/** Source files of the tests of each kind. Every test in test/ that is of no other kind is a unit test. */
export function testFiles() {
  const elements = BROWSER_TEST_FOLDERS.flatMap(filesBelow).filter(isTest);
  const e2e = E2E_TEST_FOLDERS.flatMap(filesBelow).filter(isTest);
  const unit = filesBelow('test').filter(
    (path) => isTest(path) && !elements.includes(path) && !e2e.includes(path),
  );
  return { unit, gateway: filesBelow('gateway/test').filter(isTest), elements, e2e };
}

/** Where the compiler put a test. */
export function compiled(path) {
  const output = path.startsWith('gateway/') ? path.replace(/^gateway\//, 'gateway/dist/') : `.build/${path}`;
  return output.replace(/\.ts$/, '.js');
}
