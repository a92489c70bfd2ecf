import type { ResponseLibrary } from '../workspace.js';
import type { ResponsesOptions } from './responses.js';

/** The library of prepared responses. Each who asks has one, so that no search overtakes somebody else's. It is no part of the first load. */
export function lazyResponses(options: ResponsesOptions): () => Promise<ResponseLibrary> {
  return async () => {
    const { Responses } = await import('./responses.js');
    return new Responses(options);
  };
}
