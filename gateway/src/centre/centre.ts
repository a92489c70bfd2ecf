import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Policy } from 'whatsapp-workspace/model';
import type { Ledger } from '../ledger/ledger.js';
import { errorFields, type Log } from '../log.js';
import {
  adoptCentre,
  dropCentreView,
  readTeamWorkbins,
  saveCentreView,
  saveTeamWorkbins,
} from '../store/centre.js';
import { readCentreFile, type CentreReading, type CentreSettings } from './centre-file.js';

export interface CentreOptions {
  readonly ledger: Ledger;
  readonly log: Log;
  /** Path of the centre file; null for none. */
  readonly file: string | null;
  /** What the environment says, and holds where the file is silent. */
  readonly policy: Policy;
  /** How often this gateway says by which configuration it works, in milliseconds; 5,000 by default. */
  readonly heartbeat?: number;
}

const HEARTBEAT = 5000;
/** For how many heartbeats a gateway counts as living. */
const SEEN_FOR = 3;

/** The centre file has faults. `problems` has a sentence for each. */
export class CentreFileError extends Error {
  override readonly name = 'CentreFileError';

  constructor(file: string, problems: readonly string[]) {
    super(`${file} has faults:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** What the contact centre has decided, as this gateway knows it: from its file and its environment. */
export class Centre {
  readonly #options: CentreOptions;
  readonly #gateway = randomUUID();
  #settings: CentreSettings;
  #hash: string;
  /** Whether the configuration of now is written down. */
  #adopted = false;
  #disagreeing = 0;
  #timer: NodeJS.Timeout | null = null;
  #comparing: Promise<unknown> = Promise.resolve();

  private constructor(options: CentreOptions, settings: CentreSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#hash = hashOf(settings);
  }

  /** @throws CentreFileError when the file cannot be read or has faults. */
  static async open(options: CentreOptions): Promise<Centre> {
    return new Centre(options, await readCentre(options));
  }

  get policy(): Policy {
    return this.#settings.policy;
  }

  /** Which files of contacts are kept. */
  get receives(): CentreSettings['receives'] {
    return this.#settings.receives;
  }

  /** How many other living gateways work by another configuration. */
  get disagreeing(): number {
    return this.#disagreeing;
  }

  /** Makes the configuration hold, and begins to compare it with that of others. */
  async start(): Promise<void> {
    await this.#adopt();
    await this.#compare();
    this.#timer = setInterval(() => void this.#onHeartbeat(), this.#options.heartbeat ?? HEARTBEAT);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#comparing;
    await dropCentreView(this.#options.ledger.db, this.#gateway).catch(() => undefined);
  }

  /** Reads the file again. One with faults changes nothing, and the log says so. */
  async reload(): Promise<void> {
    const { log, file } = this.#options;
    const reading = await readSettings(this.#options);
    if (!reading.ok) {
      log.error('The centre file has faults: what was configured before holds on', {
        file,
        problems: reading.problems.join(' '),
      });
      return;
    }
    const before = this.#hash;
    this.#settings = reading.settings;
    this.#hash = hashOf(reading.settings);
    this.#adopted = false;
    log.info('The centre file was read again', { file, changed: this.#hash !== before });
    await this.#onHeartbeat();
  }

  /** What holds is written down, and desks hear of a change. */
  async #adopt(): Promise<void> {
    const { policy, workbins } = this.#settings;
    await this.#options.ledger.write(async (work) => {
      const { tx, now } = work;
      const adopted = await adoptCentre(tx, this.#hash, now);
      if (adopted === 'same') return;
      if (workbins) await saveTeamWorkbins(tx, workbins);
      if (adopted === 'first') return;
      const body = { policy, workbins: await readTeamWorkbins(tx) };
      work.record({ type: 'centre-changed', at: now, interaction: null, actor: null, command: null, body });
    });
    this.#adopted = true;
  }

  async #onHeartbeat(): Promise<void> {
    try {
      if (!this.#adopted) await this.#adopt();
      await this.#compare();
    } catch (error) {
      this.#options.log.warn('The configuration of the centre could not be told', errorFields(error));
    }
  }

  async #compare(): Promise<void> {
    const { ledger, log, heartbeat = HEARTBEAT } = this.#options;
    const comparing = saveCentreView(ledger.db, this.#gateway, this.#hash, SEEN_FOR * heartbeat);
    this.#comparing = comparing.catch(() => undefined);
    const others = await comparing;
    if (others > 0 && this.#disagreeing === 0) {
      log.error('Another gateway works by another configuration of the centre: give all of them the same', {
        gateways: others,
      });
    }
    this.#disagreeing = others;
  }
}

/**
 * What the contact centre has decided, as its file and the environment say.
 * @throws CentreFileError when the file cannot be read or has faults.
 */
export async function readCentre(options: Pick<CentreOptions, 'file' | 'policy'>): Promise<CentreSettings> {
  const reading = await readSettings(options);
  if (!reading.ok) throw new CentreFileError(options.file ?? '', reading.problems);
  return reading.settings;
}

async function readSettings({
  file,
  policy,
}: Pick<CentreOptions, 'file' | 'policy'>): Promise<CentreReading> {
  if (file === null) return { ok: true, settings: { policy, workbins: null, receives: {} } };
  try {
    return readCentreFile(await readFile(file, 'utf8'), policy);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, problems: [`The file cannot be read (${code ?? String(error)}).`] };
  }
}

/** The same for the same decisions, whether they come from a file or from variables. */
function hashOf({ policy, workbins, receives }: CentreSettings): string {
  const sorted = (values: object) => Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const limits = sorted(receives);
  // As before where there is nothing to say, so that an older gateway agrees.
  const decided = [sorted(policy), workbins, ...(limits.length > 0 ? [limits] : [])];
  return createHash('sha256').update(JSON.stringify(decided)).digest('hex');
}
