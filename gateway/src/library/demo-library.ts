import { fileURLToPath } from 'node:url';
import { errorFields, type Log } from '../log.js';
import { hasResponses } from '../store/responses.js';
import { importLibrary, type ImportOptions } from './import-library.js';

/** Seen from the compiled file. */
const DEMO_LIBRARY = fileURLToPath(new URL('../../../../demo/library/library.json', import.meta.url));

/** Gives a demo without a library one, by the import that operators use. Never throws: a demo without a library is one, too. */
export async function importDemoLibrary(
  options: ImportOptions & { readonly log: Log },
  file: string = DEMO_LIBRARY,
): Promise<void> {
  try {
    if (await hasResponses(options.ledger.db)) return;
    const { responses } = await importLibrary(file, options);
    options.log.info('The library of the demo was imported', { responses });
  } catch (error) {
    options.log.warn('The library of the demo could not be imported', errorFields(error));
  }
}
