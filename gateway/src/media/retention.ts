import type { DeliveryError } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { dropBlobs, dropUploads, expireFile, findOld, type OldFile } from '../store/media-retention.js';
import type { MediaDisk } from './disk.js';
import { tellNews } from './news.js';

export interface RetentionOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  /** How long files are kept, in days; null for ever. */
  readonly days: number | null;
}

const DAY = 24 * 60 * 60_000;
/** What an agent has brought and not sent, and what never came whole, is kept so long, in milliseconds: a desk may be without a link over a weekend. */
const UNSENT = 7 * DAY;
const BATCH = 100;

/** Throws away files that have become too old, those that nobody sent, and contents that no file has any more. Conversations stay, and say so. */
export async function dropOldFiles({ ledger, disk, days }: RetentionOptions): Promise<void> {
  const now = ledger.clock.now();
  if (days !== null)
    await expire(ledger, now - days * DAY, { code: null, detail: `Files are kept for ${days} days.` });
  await dropUploads(ledger.db, now - UNSENT);
  for (let dropped = BATCH; dropped === BATCH;) {
    dropped = await ledger.db.tx((tx) => dropBlobs(tx, BATCH, (sha256) => disk.remove(sha256)));
  }
  await disk.sweep(Date.now() - UNSENT);
}

async function expire(ledger: Ledger, before: number, error: DeliveryError): Promise<void> {
  for (let old: readonly OldFile[] = []; (old = await findOld(ledger.db, before, BATCH)).length > 0;) {
    for (const { id } of old) {
      await tellNews(ledger, id, { status: 'gone', error }, (tx) => expireFile(tx, id));
    }
  }
}
