import type { FileLimits, Policy } from 'whatsapp-workspace/model';
import { CloudMedia } from '../cloud-api/index.js';
import type { Config } from '../config.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Handover } from '../store/handovers.js';
import { readMediaKey, type FetchLease } from '../store/media.js';
import { MediaDisk } from './disk.js';
import { IncomingFiles } from './incoming.js';
import { FileLane } from './lane.js';
import { OutgoingFiles } from './outgoing.js';
import { dropOldFiles } from './retention.js';
import { scannerFor, type Scanner } from './scanner.js';
import { Sources } from './sources.js';
import { Uploads } from './uploads.js';

export interface MediaOptions {
  /** For work that nobody waits for. */
  readonly ledger: Ledger;
  /** For what desks wait for. */
  readonly desks: Ledger;
  readonly config: Pick<Config, 'mediaDir' | 'mediaDays' | 'clamdUrl' | 'whatsapp'>;
  readonly policy: Policy;
  /** What the contact centre takes from contacts; kinds that are left out are taken whatever they are. */
  readonly receives: () => Partial<FileLimits>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Told when a message with a file may go. */
  readonly released: () => void;
  readonly sweepInterval: number;
  readonly stalledAfter?: number | undefined;
}

/** Everything about files, ready to run. */
export interface Media {
  readonly disk: MediaDisk;
  readonly scanner: Scanner;
  readonly key: string;
  readonly sources: Sources;
  readonly uploads: Uploads;
  readonly outgoing: OutgoingFiles;
  /** Throws away what has become too old. */
  readonly dropOld: () => Promise<void>;
  /** Fetches what contacts sent. */
  readonly fetching: FileLane<FetchLease>;
  /** Hands over what agents send. */
  readonly handing: FileLane<Handover>;
}

/** @throws When the folder for files cannot be written to. */
export async function openMedia(options: MediaOptions): Promise<Media> {
  const { ledger, desks, config, receives, metrics, log, released } = options;
  const { apiUrl, accessToken } = config.whatsapp;
  const disk = await MediaDisk.open(config.mediaDir);
  const cloud = new CloudMedia({ baseUrl: apiUrl, accessToken });
  const key = await readMediaKey(ledger.db);
  const scanner = scannerFor(config.clamdUrl);
  const work = { ledger, disk, cloud, metrics, log };
  const outgoing = new OutgoingFiles({ ...work, released });
  const lane = { ...options, clock: ledger.clock };
  const fetching = new FileLane(new IncomingFiles({ ...work, scanner, receives }), lane);
  const handing = new FileLane(outgoing, lane);
  ledger.onCommit(({ events }) => {
    if (events.some(({ type }) => type === 'message-received' || type === 'message-changed')) fetching.hint();
    if (events.some(({ type }) => type === 'message-sent')) handing.hint();
  });
  const uploads = new Uploads({ ledger: desks, disk, scanner, policy: () => options.policy, metrics });
  const dropOld = () => dropOldFiles({ ledger, disk, days: config.mediaDays, log });
  return {
    dropOld,
    disk,
    scanner,
    key,
    sources: new Sources(key, ledger.clock),
    uploads,
    outgoing,
    fetching,
    handing,
  };
}
