import type { ResponseLibrary } from '../workspace.js';
import type { ResponsesOptions } from './responses.js';

/** The library of prepared responses, one for all who ask. It comes when it is first wanted, so it is no part of the first load. */
export function lazyResponses(options: ResponsesOptions): () => Promise<ResponseLibrary> {
  let library: ResponseLibrary | null = null;
  return async () => {
    const { Responses } = await import('./responses.js');
    return (library ??= new Responses(options));
  };
}
