import { isMedia, type DeliveryError, type FileKind, type FileLimits } from 'whatsapp-workspace/model';
import type { CloudMedia, LocatedFile, NotFetched } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Queryable } from '../store/db.js';
import {
  endFetch,
  findNaming,
  giveUpFetch,
  leaseFiles,
  nextFetch,
  putBackFetch,
  renewFetch,
  type FetchLease,
  type FoundFile,
} from '../store/media.js';
import type { LeaseTimes } from '../store/lease-times.js';
import { readMessagesById } from '../store/messages.js';
import type { Draft, MediaDisk } from './disk.js';
import type { FileJobs } from './lane.js';
import { tellNews, type FileNews } from './news.js';
import { pauseAfter } from './pause.js';
import { receivingRefusal } from './receiving.js';
import type { Scanner } from './scanner.js';
import { sniff } from './sniff.js';

export interface IncomingOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  readonly cloud: CloudMedia;
  readonly scanner: Scanner;
  /** What the contact centre takes from contacts. */
  readonly receives: () => Partial<FileLimits>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Between 0 and 1, for spreading retries. */
  readonly random?: () => number;
}

/** WhatsApp keeps files of contacts so long, in milliseconds. */
const KEPT = 7 * 24 * 60 * 60_000;
/**
 * So many tries in a row may end with the file itself at fault. WhatsApp may be late with one that it says it has no more, and what is other than WhatsApp
 * says may have been changed on its way.
 */
const TRIES = { gone: 4, broken: 3 } as const;
/** So many tries, some seconds, may fail before anybody is told. */
const TOLD_AFTER = 3;

type Outcome =
  | { readonly outcome: 'stored'; readonly found: FoundFile }
  | { readonly outcome: 'refused' | 'broken'; readonly error: DeliveryError }
  | NotFetched;

/** Fetches what contacts sent, before WhatsApp throws it away. */
export class IncomingFiles implements FileJobs<FetchLease> {
  readonly trouble = 'Files of contacts are not fetched';
  readonly #options: IncomingOptions;
  /** The numbers of which the log says that their files are not seen; until one is. */
  readonly #unseen = new Set<string>();

  constructor(options: IncomingOptions) {
    this.#options = options;
  }

  lease(options: LeaseTimes): Promise<readonly FetchLease[]> {
    return leaseFiles(this.#options.ledger.db, options);
  }

  next(full: readonly string[]): Promise<number | null> {
    return nextFetch(this.#options.ledger.db, full);
  }

  renew(job: FetchLease, holds: number): Promise<boolean> {
    return renewFetch(this.#options.ledger.db, job, holds);
  }

  async carryOut(job: FetchLease, stop: AbortSignal): Promise<void> {
    const { disk, metrics } = this.#options;
    const draft = await disk.draft();
    try {
      const outcome = await this.#fetch(job, draft, stop);
      metrics.mediaFetches.add(1, outcome.outcome);
      await this.#record(job, outcome, draft);
    } finally {
      await draft.end();
    }
  }

  async #fetch(job: FetchLease, draft: Draft, stop: AbortSignal): Promise<Outcome> {
    const { cloud } = this.#options;
    const kind = await this.#kindOf(job);
    const named = this.#forbidden(kind, job.mime, null);
    if (named) return named;
    const located = await cloud.locate(job.graphId, job.channel);
    if (located.outcome !== 'located') return located;
    this.#unseen.delete(job.channel);
    const { mime } = job;
    return this.#forbidden(kind, null, located.bytes) ?? this.#take(located, { kind, mime, draft, stop });
  }

  async #take({ url, sha256 }: LocatedFile, { kind, mime, draft, stop }: Taking): Promise<Outcome> {
    const sink = async (chunk: Uint8Array) => {
      const tooMuch = this.#forbidden(kind, null, draft.bytes + chunk.byteLength);
      if (tooMuch) throw new TooMuch(tooMuch);
      await draft.write(chunk);
    };
    try {
      const fetched = await this.#options.cloud.download(url, sink, stop);
      if (fetched.outcome !== 'fetched') return fetched;
    } catch (error) {
      if (error instanceof TooMuch) return error.outcome;
      throw error;
    }
    const content = await draft.finish();
    if (sha256 !== null && !isSameHash(sha256, content.sha256)) return BROKEN;
    const found = { ...content, ...(await sniff(draft.path, mime)) };
    const forbidden = this.#forbidden(kind, found.mime, found.bytes);
    if (forbidden) return forbidden;
    const harm = await this.#options.scanner.scan(draft.path);
    if (harm === null) return { outcome: 'stored', found };
    const detail = `The virus scanner has found ${harm} in the file.`;
    return { outcome: 'refused', error: { code: null, detail } };
  }

  #forbidden(kind: FileKind | null, mime: string | null, bytes: number | null): Outcome | null {
    const detail = receivingRefusal(kind, mime, bytes, this.#options.receives());
    return detail === null ? null : { outcome: 'refused', error: { code: null, detail } };
  }

  async #record(job: FetchLease, outcome: Outcome, draft: Draft): Promise<void> {
    const { ledger, disk, log, random = Math.random } = this.#options;
    const now = ledger.clock.now();
    if (outcome.outcome === 'stored') {
      await disk.keep(draft.path, outcome.found.sha256);
      await tellNews(ledger, job.id, storedNews(job, outcome.found), (tx) =>
        endFetch(tx, job, outcome.found, now),
      );
      // Should the last message with this content have been thrown away meanwhile.
      await disk.keep(draft.path, outcome.found.sha256);
      return;
    }
    const { error } = outcome;
    const faults = isAtFault(outcome.outcome) ? job.faults + 1 : 0;
    const end = endingOf({ ...job, faults }, outcome.outcome, now);
    if (end)
      return tellNews(ledger, job.id, { status: end, error }, (tx) => giveUpFetch(tx, job, end, error));
    if (outcome.outcome === 'blocked')
      log.error('Files of contacts are not fetched: the Cloud API refuses them: check the access token', {
        channel: job.channel,
        code: error.code,
      });
    if (outcome.outcome === 'unseen' && job.attempts === TOLD_AFTER) this.#tellUnseen(job, error);
    const pause = pauseAfter(outcome, job.attempts, random);
    const later = { runAt: Math.round(now + pause), error, faults };
    const putBack = (q: Queryable) => putBackFetch(q, job, later);
    // Whoever looks at the message sees why it has no file yet; once is enough.
    if (job.attempts === TOLD_AFTER) await tellNews(ledger, job.id, { status: 'wanted', error }, putBack);
    else await putBack(ledger.db);
  }

  /** Each file says so at most once, and all files of a number together until one is seen: a wrong token concerns them all. */
  #tellUnseen({ channel }: FetchLease, { code }: DeliveryError): void {
    if (this.#unseen.has(channel)) return;
    this.#unseen.add(channel);
    this.#options.log.error(
      'Files of contacts are not seen: WhatsApp has them no more, or the access token may not have them: check it',
      { channel, code },
    );
  }

  /** As what the contact sent it; null when its message is gone. */
  async #kindOf({ id }: FetchLease): Promise<FileKind | null> {
    const { db } = this.#options.ledger;
    const [named] = await findNaming(db, id);
    const [stored] = named ? await readMessagesById(db, [named.message]) : [];
    return stored && isMedia(stored.message.content) ? stored.message.content.kind : null;
  }
}

/** A file that is coming. */
interface Taking {
  /** As what it was sent; null when that is not known. */
  readonly kind: FileKind | null;
  /** As its sender calls it. */
  readonly mime: string | null;
  readonly draft: Draft;
  readonly stop: AbortSignal;
}

/** More has come than is taken. */
class TooMuch extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('More of a file has come than is taken.');
    this.outcome = outcome;
  }
}

const BROKEN: Outcome = {
  outcome: 'broken',
  error: { code: null, detail: 'What came is not the file that WhatsApp says it is.' },
};

function storedNews({ id }: FetchLease, { mime, bytes, width, height }: FoundFile): FileNews {
  return {
    media: { id },
    status: 'stored',
    mimeType: mime,
    bytes,
    width,
    height,
    error: null,
  };
}

/** Whether it is about the file: outages, and whoever died at it, are not. */
function isAtFault(outcome: string): outcome is keyof typeof TRIES {
  return outcome in TRIES;
}

/** How a file ends that did not come; null while it is tried again. */
function endingOf(
  { faults, createdAt }: Pick<FetchLease, 'faults' | 'createdAt'>,
  outcome: Exclude<Outcome['outcome'], 'stored'>,
  now: number,
): 'gone' | 'refused' | null {
  if (outcome === 'refused') return 'refused';
  if (isAtFault(outcome) && faults >= TRIES[outcome]) return outcome === 'gone' ? 'gone' : 'refused';
  return now - createdAt > KEPT ? 'gone' : null;
}

/** WhatsApp writes hashes in hex here and in base64 there. */
function isSameHash(told: string, hex: string): boolean {
  return told.toLowerCase() === hex || told === Buffer.from(hex, 'hex').toString('base64');
}
