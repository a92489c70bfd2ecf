import type { Words } from './keys.js';

/** Loads words when they are needed. */
export type WordsLoader = () => Promise<Words>;

/** The words of one feature. They come with the code that says them, so that what is loaded later brings its own. */
export interface FeatureWords {
  readonly english: Words;
  /** By BCP 47 tag. */
  readonly translations: Readonly<Record<string, WordsLoader>>;
}
