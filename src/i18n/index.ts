export type { FeatureWords } from './feature-words.js';
export type { Key, Params, Words } from './keys.js';
export { durationStep } from './duration.js';
export { english, languages, localizerFor, observeRegistrations, registerLanguage } from './languages.js';
export { Localizer } from './localizer.js';
export type { Direction } from './localizer.js';
