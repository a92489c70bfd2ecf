export { endingIn } from './ending.js';
export { tidy } from './tidy.js';
