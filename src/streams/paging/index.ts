/** Transcripts and workbins, page by page. */
export { askPage } from './ask-page.js';
export { lazyFinder } from './lazy-finder.js';
export { PAGE_SIZE } from './page-query.js';
export type { PagingOptions } from './paging.js';
export { Transcripts } from './transcripts.js';
export { Workbins } from './workbins.js';
