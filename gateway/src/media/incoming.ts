import {
  isMedia,
  receiveChange,
  type DeliveryError,
  type FileKind,
  type FileLimits,
  type MediaNews,
  type Message,
  type MessageChange,
} from 'whatsapp-workspace/model';
import type { CloudMedia, LocatedFile, NotFetched } from '../cloud-api/index.js';
import { holdBeside } from '../contacts/identify.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Tx } from '../store/db.js';
import { lockInteractions } from '../store/interactions.js';
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
import { readMessagesById } from '../store/messages.js';
import type { Draft, MediaDisk } from './disk.js';
import { LONGEST_PAUSE, type FileJobs, type LeaseTimes } from './lane.js';
import { receivingRefusal } from './receiving.js';
import { sniff } from './sniff.js';

export interface IncomingOptions {
  readonly ledger: Ledger;
  readonly disk: MediaDisk;
  readonly cloud: CloudMedia;
  /** What the contact centre takes from contacts. */
  readonly receives: () => Partial<FileLimits>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Between 0 and 1, for spreading retries. */
  readonly random?: () => number;
}

/** WhatsApp keeps files of contacts so long, in milliseconds. */
const KEPT = 7 * 24 * 60 * 60_000;
/** Of a file that WhatsApp says it has not: it may be late with it, and its word for a token that may not have it is the same. */
const TRIES_OF_THE_GONE = 4;
/** A file that is other than WhatsApp says. */
const TRIES_OF_THE_BROKEN = 3;
const FIRST_PAUSE = 1000;
/** While an operator has something to mend, in milliseconds. */
const BLOCKED_PAUSE = 60_000;

type Outcome =
  | { readonly outcome: 'stored'; readonly found: FoundFile }
  | { readonly outcome: 'refused' | 'broken'; readonly error: DeliveryError }
  | NotFetched;

/** Fetches what contacts sent, before WhatsApp throws it away. */
export class IncomingFiles implements FileJobs<FetchLease> {
  readonly trouble = 'Files of contacts are not fetched';
  readonly #options: IncomingOptions;

  constructor(options: IncomingOptions) {
    this.#options = options;
  }

  lease(times: LeaseTimes): Promise<readonly FetchLease[]> {
    return leaseFiles(this.#options.ledger.db, times);
  }

  next(): Promise<number | null> {
    return nextFetch(this.#options.ledger.db);
  }

  renew(job: FetchLease, holds: number): Promise<boolean> {
    return renewFetch(this.#options.ledger.db, job, holds);
  }

  async carryOut(job: FetchLease): Promise<void> {
    const { disk, metrics } = this.#options;
    const draft = await disk.draft();
    try {
      const outcome = await this.#fetch(job, draft);
      metrics.mediaFetches.add(1, outcome.outcome);
      await this.#record(job, outcome, draft);
    } finally {
      await draft.end();
    }
  }

  async #fetch(job: FetchLease, draft: Draft): Promise<Outcome> {
    const { cloud, receives } = this.#options;
    const kind = await this.#kindOf(job);
    const forbidden = (mime: string | null, bytes: number | null): Outcome | null => {
      const detail = receivingRefusal(kind, mime, bytes, receives());
      return detail === null ? null : { outcome: 'refused', error: { code: null, detail } };
    };
    const named = forbidden(job.mime, null);
    if (named) return named;
    const located = await cloud.locate(job.graphId, job.channel);
    if (located.outcome !== 'located') return located;
    return forbidden(null, located.bytes) ?? (await this.#take(located, job, draft, forbidden));
  }

  async #take(
    located: LocatedFile,
    { mime }: FetchLease,
    draft: Draft,
    forbidden: (mime: string | null, bytes: number | null) => Outcome | null,
  ): Promise<Outcome> {
    const { cloud } = this.#options;
    let tooMuch: Outcome | null = null;
    const fetched = await cloud
      .download(located.url, async (chunk) => {
        tooMuch ??= forbidden(null, draft.bytes + chunk.byteLength);
        if (tooMuch) throw new TooMuch();
        await draft.write(chunk);
      })
      .catch((error: unknown) => {
        if (error instanceof TooMuch && tooMuch) return tooMuch;
        throw error;
      });
    if (fetched.outcome !== 'fetched') return fetched;
    const content = await draft.finish();
    if (located.sha256 !== null && !isSameHash(located.sha256, content.sha256)) return BROKEN;
    const found = { ...content, ...(await sniff(draft.path, mime)) };
    return forbidden(found.mime, found.bytes) ?? { outcome: 'stored', found };
  }

  async #record(job: FetchLease, outcome: Outcome, draft: Draft): Promise<void> {
    const { ledger, disk, log } = this.#options;
    const now = ledger.clock.now();
    if (outcome.outcome === 'stored') {
      await disk.keep(draft.path, outcome.found.sha256);
      await this.#tell(job, storedNews(job, outcome.found), (tx) => endFetch(tx, job, outcome.found, now));
      // Should the last message with this content have been thrown away meanwhile.
      await disk.keep(draft.path, outcome.found.sha256);
      return;
    }
    const { error } = outcome;
    const end = endingOf(job, outcome.outcome, now);
    if (end)
      return this.#tell(job, { ...UNKNOWN, status: end, error }, (tx) => giveUpFetch(tx, job, end, error));
    if (outcome.outcome === 'blocked')
      log.error('Files of contacts are not fetched: the Cloud API refuses them: check the access token', {
        channel: job.channel,
        code: error.code,
      });
    const pause = Math.min(LONGEST_PAUSE, Math.max(retryAfterOf(outcome), this.#backOff(job, outcome)));
    await putBackFetch(ledger.db, job, Math.round(now + pause), error);
  }

  #backOff({ attempts }: FetchLease, { outcome }: Outcome): number {
    const { random = Math.random } = this.#options;
    const first = outcome === 'blocked' ? BLOCKED_PAUSE : FIRST_PAUSE;
    return first * 2 ** Math.min(attempts - 1, 10) * (0.75 + random() / 4);
  }

  /** As what the contact sent it; null when its message is gone. */
  async #kindOf({ id }: FetchLease): Promise<FileKind | null> {
    const { db } = this.#options.ledger;
    const [named] = await findNaming(db, id);
    const [stored] = named ? await readMessagesById(db, [named.message]) : [];
    return stored && isMedia(stored.message.content) ? stored.message.content.kind : null;
  }

  /** Writes down what became of a file, and desks see it at its messages. */
  async #tell(job: FetchLease, news: MediaNews, end: (tx: Tx) => Promise<boolean>): Promise<void> {
    const { ledger } = this.#options;
    const naming = await findNaming(ledger.db, job.id);
    const [first] = naming;
    const options = first ? { about: first.interaction } : {};
    await ledger.write(async (work) => {
      work.hold(await lockInteractions(work.tx, { ids: naming.map(({ interaction }) => interaction) }));
      await holdBeside(work);
      if (!(await end(work.tx))) return;
      for (const { message } of await readMessagesById(
        work.tx,
        naming.map((one) => one.message),
      ))
        recordNews(work, message, news);
    }, options);
  }
}

/** More has come than is taken. */
class TooMuch extends Error {}

const BROKEN: Outcome = {
  outcome: 'broken',
  error: { code: null, detail: 'What came is not the file that WhatsApp says it is.' },
};

const UNKNOWN = {
  media: null,
  mimeType: null,
  bytes: null,
  width: null,
  height: null,
  duration: null,
  waveform: null,
};

function recordNews(work: Work, message: Message, news: MediaNews): void {
  const interaction = work.interaction(message.interaction);
  if (!interaction || !isMedia(message.content)) return;
  work.messages.hold([{ message, wamid: null }]);
  // What WhatsApp said of a file stays said where nothing better is known.
  const { mimeType, bytes } = message.content;
  const known = { mimeType: news.mimeType ?? mimeType, bytes: news.bytes ?? bytes };
  const change: MessageChange = { kind: 'media', ...news, ...known };
  const isOpen = interaction.state !== 'done';
  const beside = isOpen ? null : work.openBeside(interaction);
  for (const event of receiveChange(message, change, isOpen ? interaction : null, work))
    work.record(event, null, beside);
}

function storedNews({ id }: FetchLease, { mime, bytes, width, height }: FoundFile): MediaNews {
  return { ...UNKNOWN, media: { id }, status: 'stored', mimeType: mime, bytes, width, height, error: null };
}

/** How a file ends that did not come; null while it is tried again. */
function endingOf(
  { attempts, createdAt }: FetchLease,
  outcome: Exclude<Outcome['outcome'], 'stored'>,
  now: number,
): 'gone' | 'refused' | null {
  if (outcome === 'refused' || (outcome === 'broken' && attempts >= TRIES_OF_THE_BROKEN)) return 'refused';
  if (now - createdAt > KEPT || (outcome === 'gone' && attempts >= TRIES_OF_THE_GONE)) return 'gone';
  return null;
}

function retryAfterOf(outcome: Outcome): number {
  return outcome.outcome === 'retry' ? (outcome.retryAfter ?? 0) : 0;
}

/** WhatsApp writes hashes in hex here and in base64 there. */
function isSameHash(told: string, hex: string): boolean {
  return told.toLowerCase() === hex || told === Buffer.from(hex, 'hex').toString('base64');
}
