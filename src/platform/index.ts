/** The browser's facts behind small objects. */
export { browserPlatform } from './browser-platform.js';
export type { BrowserPlatform } from './browser-platform.js';
export { createPageAttention } from './lazy-page-attention.js';
export type { Call, PageAttention } from './page-attention.js';
