import type { TranscriptFinder } from '../workspace.js';
import type { PagingOptions } from './paging.js';

/** What finds things in transcripts, one for all who ask. Most conversations are read at their ends, so it is no part of the first load. */
export function lazyFinder(options: PagingOptions): () => Promise<TranscriptFinder> {
  let finder: TranscriptFinder | null = null;
  return async () => {
    const { Finder } = await import('./finder.js');
    return (finder ??= new Finder(options));
  };
}
