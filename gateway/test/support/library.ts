import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_POLICY, type Clock } from 'whatsapp-workspace/model';
import { Ledger } from '../../src/ledger/ledger.js';
import { importLibrary, type ImportOptions, type ImportReport } from '../../src/library/import-library.js';
import { MediaDisk } from '../../src/media/disk.js';
import { NO_SCANNER, type Scanner } from '../../src/media/scanner.js';
import { openDb } from '../../src/store/db.js';
import { temporaryFolder } from './folder.js';

/** The library of a test's database, as operators fill it. */
export interface TestLibrary {
  /** Where its file lies, and what it names. */
  readonly folder: string;
  readonly file: string;
  readonly options: ImportOptions;
  /** @param library What stands in its file: text, or what is written as JSON. */
  readonly imports: (library: unknown, scanner?: Scanner) => Promise<ImportReport>;
  readonly close: () => Promise<void>;
}

const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

export async function openLibrary(
  databaseUrl: string,
  mediaDir: string,
  clock = SYSTEM_CLOCK,
): Promise<TestLibrary> {
  const folder = temporaryFolder();
  const file = join(folder, 'library.json');
  const db = openDb(databaseUrl, () => undefined, { max: 2, answerTimeout: null });
  const ledger = new Ledger({ db, clock, notify: false });
  const disk = await MediaDisk.open(mediaDir);
  const options = { ledger, disk, scanner: NO_SCANNER, policy: DEFAULT_POLICY };
  return {
    folder,
    file,
    options,
    imports: async (library, scanner = NO_SCANNER) => {
      await writeFile(file, typeof library === 'string' ? library : JSON.stringify(library));
      return importLibrary(file, { ...options, scanner });
    },
    close: () => db.close(),
  };
}
