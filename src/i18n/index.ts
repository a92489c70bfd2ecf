export type { Catalogue, Key, Params } from './en.js';
export { durationStep } from './duration.js';
export { ENGLISH, localizerFor } from './languages.js';
export { Localizer } from './localizer.js';
export type { Direction } from './localizer.js';
