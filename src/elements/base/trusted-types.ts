/** What is used of a Trusted Types policy: markup goes through it as it is. */
export interface MarkupPolicy {
  createHTML(markup: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: MarkupPolicy): MarkupPolicy;
}

/** The name that a page lists under `trusted-types` in its security policy. */
const NAME = 'whatsapp-workspace';

/**
 * The only Trusted Types policy of the bundle, for all in it that makes elements of markup: Lit's templates, which are constants of ours (rollup.config.mjs
 * puts this in the place of Lit's own policy), and whatever cleans markup itself. A policy of Lit's name would collide with the one of a page's own Lit, and
 * a page's list allows each name once. Undefined where the browser has no Trusted Types, or the page does not let us have it.
 */
export const markupPolicy = createPolicy();

function createPolicy(): MarkupPolicy | undefined {
  const { trustedTypes } = globalThis as typeof globalThis & { trustedTypes?: PolicyFactory };
  try {
    return trustedTypes?.createPolicy(NAME, { createHTML: (markup) => markup });
  } catch {
    // The console says so already. Where another copy has the name, that one has the elements too.
    return undefined;
  }
}
