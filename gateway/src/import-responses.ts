import { readCentre } from './centre/centre.js';
import type { Config } from './config.js';
import { Ledger } from './ledger/ledger.js';
import { importLibrary, type ImportReport } from './library/import-library.js';
import type { Log } from './log.js';
import { MediaDisk } from './media/disk.js';
import { scannerFor } from './media/scanner.js';
import { withDatabase } from './operator-database.js';

/**
 * For an operator: puts the library of responses that a file describes in the place of the one that is there. Gateways may work meanwhile. All or nothing.
 * @throws LibraryFileError with everything that is wrong with the file, or with the files that it names.
 */
export async function importResponses(file: string, config: Config, log: Log): Promise<ImportReport> {
  const { policy } = await readCentre({ file: config.centreFile, policy: config.policy });
  const disk = await MediaDisk.open(config.mediaDir);
  const scanner = scannerFor(config.clamdUrl);
  return withDatabase(config, log, { purpose: 'import', max: 2 }, async (db) => {
    const ledger = new Ledger({ db, clock: { now: () => Date.now() }, notify: false });
    return importLibrary(file, { ledger, disk, scanner, policy });
  });
}

/** What an import has done, in sentences. */
export function importSentences(report: ImportReport): string {
  const { responses, categories, files, added, changed, removed } = report;
  return [
    `The library has ${count(responses, 'response')} in ${count(categories, 'category', 'categories')}, with ${count(files, 'file')}.`,
    `${added} of the responses are new, ${changed} have changed, ${removed} were not in the file any more and were removed.`,
  ].join(' ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
