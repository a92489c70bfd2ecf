/** What conversations that end in another, or leave the desk, leave behind. */
export { endingIn } from './ending.js';
export { tidy } from './tidy.js';
