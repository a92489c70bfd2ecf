import type { DeliveryError } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import { dropBlobs, dropUploads, expireFile, findOld, type OldFile } from '../store/media-retention.js';
import type { MediaDisk } from './disk.js';
import { tellNews } from './news.js';

export interface RetentionOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  /** How long files are kept, in days; null for ever. */
  readonly days: number | null;
  readonly log: Log;
}

const DAY = 24 * 60 * 60_000;
/** What an agent has brought and not sent, and what never came whole, is kept so long, in milliseconds: a desk may be without a link over a weekend. */
const UNSENT = 7 * DAY;
const BATCH = 100;

/**
 * Throws away files that have become too old, those that nobody sent, and contents that no file has any more. Conversations stay, and say so. Never throws: what
 * goes wrong with one of them keeps none of the others, and is tried again the next time.
 */
export async function dropOldFiles({ ledger, disk, days, log }: RetentionOptions): Promise<void> {
  const now = ledger.clock.now();
  const { db } = ledger;
  const jobs: Readonly<Record<string, () => Promise<void>>> = {
    old: async () => {
      if (days !== null)
        await expire(ledger, now - days * DAY, { code: null, detail: `Files are kept for ${days} days.` });
    },
    unsent: () => inBatches(() => dropUploads(db, now - UNSENT, BATCH)),
    contents: () => inBatches(() => db.tx((tx) => dropBlobs(tx, BATCH, (sha256) => disk.remove(sha256)))),
    unfinished: () => disk.sweep(Date.now() - UNSENT),
  };
  for (const [files, drop] of Object.entries(jobs)) {
    try {
      await drop();
    } catch (error) {
      log.warn('Files could not be thrown away', { files, ...errorFields(error) });
    }
  }
}

async function inBatches(drop: () => Promise<number>): Promise<void> {
  while ((await drop()) === BATCH);
}

async function expire(ledger: Ledger, before: number, error: DeliveryError): Promise<void> {
  for (let old: readonly OldFile[] = []; (old = await findOld(ledger.db, before, BATCH)).length > 0;) {
    for (const { id } of old) {
      await tellNews(ledger, id, { status: 'gone', error }, (tx) => expireFile(tx, id));
    }
  }
}
