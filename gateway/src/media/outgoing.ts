import type { MediaRef } from 'whatsapp-workspace/model';
import type { CloudMedia, HandedOver } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { tellEnding } from '../outbox/record.js';
import type { NotSent } from '../outbox/resolve.js';
import {
  endHeld,
  leaseHandovers,
  nextHandover,
  putBackHandover,
  readHandle,
  releaseHeld,
  renewHandover,
  saveHandle,
  type Handover,
} from '../store/handovers.js';
import { isFile } from '../store/account.js';
import type { LeaseTimes } from '../store/lease-times.js';
import { readServed } from '../store/media.js';
import type { MediaDisk } from './disk.js';
import type { FileJobs } from './lane.js';
import { pauseAfter } from './pause.js';

export interface OutgoingOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  readonly cloud: CloudMedia;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Told when a message may go. */
  readonly released: () => void;
  /** Between 0 and 1, for spreading retries. */
  readonly random?: () => number;
}

const DAY = 24 * 60 * 60_000;
/** WhatsApp keeps what was handed over for 30 days. */
const KEPT = 30 * DAY;
/** A message that waits for its number may wait a day after its file is there. */
const MARGIN = 2 * DAY;
/** A file that could not be handed over for so long fails with its message: WhatsApp takes no free message after a day. */
const GIVE_UP_AFTER = DAY;
/** How long handing over may take while its message is on its way, in milliseconds: the lease lasts little longer. */
const FIND_PATIENCE = 10_000;

/** Hands files over to WhatsApp, before their messages may go: that takes longer than a message may be on its way, and there is nothing to be in doubt about. */
export class OutgoingFiles implements FileJobs<Handover> {
  readonly trouble = 'Files are not handed over to WhatsApp';
  readonly #options: OutgoingOptions;

  constructor(options: OutgoingOptions) {
    this.#options = options;
  }

  lease(options: LeaseTimes): Promise<readonly Handover[]> {
    return leaseHandovers(this.#options.ledger.db, options);
  }

  next(full: readonly string[]): Promise<number | null> {
    return nextHandover(this.#options.ledger.db, full);
  }

  renew(job: Handover, holds: number): Promise<boolean> {
    return renewHandover(this.#options.ledger.db, job, holds);
  }

  /** What WhatsApp knows a file by when its message goes. It was handed over before; only if that was very long ago it has to be again. */
  async find(media: MediaRef, channel: string): Promise<{ readonly mediaId: string } | NotSent> {
    const { db, clock } = this.#options.ledger;
    const mediaId = await readHandle(db, media.id, channel, clock.now());
    if (mediaId !== null) return { mediaId };
    const outcome = await this.#handOver(media.id, channel, AbortSignal.timeout(FIND_PATIENCE)).catch(
      () => AWAY,
    );
    return outcome.outcome === 'uploaded' ? { mediaId: outcome.id } : outcome;
  }

  async carryOut(job: Handover, stop: AbortSignal): Promise<void> {
    const { ledger, metrics, log, released, random = Math.random } = this.#options;
    const { db, clock } = ledger;
    const media = job.media?.id ?? '';
    const known = await readHandle(db, media, job.channel, clock.now() + MARGIN);
    const outcome = known === null ? await this.#handOver(media, job.channel, stop) : UPLOADED;
    if (known === null) metrics.mediaHandovers.add(1, outcome.outcome);
    if (outcome.outcome === 'uploaded') {
      await releaseHeld(db, job, clock.now());
      return released();
    }
    const { error } = outcome;
    if (outcome.outcome === 'refused' || clock.now() - job.createdAt > GIVE_UP_AFTER)
      return tellEnding(ledger, job, 'failed', error, (tx) => endHeld(tx, job, error));
    if (outcome.outcome === 'blocked')
      log.error('Files are not handed over: the Cloud API refuses them: check the access token', {
        channel: job.channel,
        code: error.code,
      });
    const pause = pauseAfter(outcome, job.handovers, random);
    await putBackHandover(db, job, Math.round(clock.now() + pause), error);
  }

  async #handOver(media: string, channel: string, stop: AbortSignal): Promise<HandedOver> {
    const { ledger, disk, cloud } = this.#options;
    const file = await readServed(ledger.db, media);
    if (!file) return GONE;
    const path = disk.pathOf(file.sha256);
    if (!(await isFile(path))) return GONE;
    const { bytes, mime, name } = file;
    const outcome = await cloud.upload(channel, { path, bytes, mime, name: name ?? 'file' }, stop);
    if (outcome.outcome === 'uploaded') {
      const until = ledger.clock.now() + KEPT;
      await saveHandle(ledger.db, { media, channel, id: outcome.id, until });
    }
    return outcome;
  }
}

const AWAY: HandedOver = {
  outcome: 'retry',
  error: { code: null, detail: 'The file could not be handed over in time.' },
  retryAfter: null,
  scope: 'message',
};
const UPLOADED: HandedOver = { outcome: 'uploaded', id: '' };
const GONE: HandedOver = {
  outcome: 'refused',
  error: { code: null, detail: 'The file is not at the contact centre any more.' },
};
