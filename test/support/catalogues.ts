import type { Words } from '../../src/i18n/keys.js';
import { FEATURES } from './features.js';

const features = Object.values(FEATURES);

/** All that is said in English, whatever the feature. */
export const en: Required<Words> = Object.assign({}, ...features.map(({ english }) => english));

/** The same in Arabic. */
export const ar: Required<Words> = Object.assign(
  {},
  ...(await Promise.all(features.map(({ translations }) => translations['ar']?.() ?? Promise.resolve({})))),
);
