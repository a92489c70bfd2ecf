// @open-wc/semantic-dom-diff declares that every `equal` returns a promise, which none does. Said rightly here, the linter can tell
// a forgotten `await` (as of `expect(element).to.be.accessible()`) from a plain comparison.
import '@open-wc/testing';

declare global {
  namespace Chai {
    interface Equal {
      (value: unknown, message?: string): Assertion;
    }
  }
}
