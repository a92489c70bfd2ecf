import {
  DEFAULT_POLICY,
  workbinOwner,
  type FileKind,
  type FileLimits,
  type Policy,
} from 'whatsapp-workspace/model';
import { Checker, type Place } from '../checker.js';
import { readMedia } from './media-limits.js';

/**
 * `centre.json`: what the contact centre decides, as operators write it. Every key may be missing; then the variables of the environment hold, else the
 * defaults.
 */
export interface CentreFile {
  readonly policy?: {
    /** From when a waiting contact turns yellow, and red; seconds. */
    readonly pendingWarningSeconds?: number;
    readonly pendingCriticalSeconds?: number;
    /** How long an offer rings at one agent, in seconds. */
    readonly offerTimeoutSeconds?: number;
    /** How many interactions one agent may have at once. */
    readonly agentCapacity?: number;
  };
  /** Reasons for Not Ready that agents choose from. */
  readonly notReadyReasons?: readonly string[];
  /** The team's workbins, in their order; each agent has one more of their own. Without the key they stay as they are. */
  readonly workbins?: readonly CentreWorkbin[];
  /** By kind: which files may be sent, within what WhatsApp takes, and which of contacts are kept. What is left out is as WhatsApp has it. */
  readonly media?: {
    readonly [K in FileKind]?: { readonly send?: MediaLimit; readonly receive?: MediaLimit };
  };

  /** When contacts are told that they were read: never, when an agent has the conversation in front, or with the answer. */
  readonly readReceipts?: Policy['readReceipts'];
  /** When contacts are told that somebody writes: never, when an agent has the conversation in front, or when the agent writes. */
  readonly typingIndicator?: Policy['typingIndicator'];

  // Nothing below is built yet. It is refused, so that nobody relies on it; the shapes stand here for what comes.

  /** What a message costs, by category of WhatsApp's and country calling code. */
  readonly prices?: {
    readonly currency: string;
    readonly perMessage: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  /** Which value of which claim of a token gives which right. */
  readonly rights?: Readonly<Record<Right, { readonly claim: string; readonly value: string }>>;
}

export interface CentreWorkbin {
  readonly id: string;
  readonly name: string;
}

/** What is left out is as WhatsApp has it. */
export interface MediaLimit {
  /** MIME types without parameters; none forbids the kind. */
  readonly types?: readonly string[];
  /** The largest file, in units of 1,000,000 bytes. */
  readonly megabytes?: number;
}
type Right = 'agent' | 'library-editor' | 'lead' | 'masked-numbers';

/** What the contact centre has decided, from the file and from what holds where the file is silent. */
export interface CentreSettings {
  readonly policy: Policy;
  /** null leaves the workbins as the database has them. */
  readonly workbins: readonly CentreWorkbin[] | null;
  /** Which files of contacts are kept, by kind; what is left out is kept whatever it is. */
  readonly receives: Partial<FileLimits>;
}

const KEYS = ['policy', 'notReadyReasons', 'workbins', 'media', 'readReceipts', 'typingIndicator'];
const NOT_BUILT: Readonly<Record<string, string>> = {
  prices: 'nothing is priced',
  rights: 'every token of an agent has the same rights',
};
const LONGEST_DURATION = 86_400;
const MOST_CAPACITY = 1000;
const LONGEST_NAME = 100;
const LONGEST_LIST = 100;

export type CentreReading =
  | { readonly ok: true; readonly settings: CentreSettings }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the text of a centre file. All that is wrong is told at once, each in a sentence: where, what was found, what is allowed.
 * @param base What holds where the file is silent.
 */
export function readCentreFile(json: string, base: Policy = DEFAULT_POLICY): CentreReading {
  const checker = new Checker();
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, problems: [`The file is not JSON: ${(error as Error).message}.`] };
  }
  const file = checker.object({ at: '', value }, KEYS, NOT_BUILT);
  const readReceipts = checker.oneOf(file('readReceipts'), ['never', 'seen', 'answered']);
  const typingIndicator = checker.oneOf(file('typingIndicator'), ['never', 'seen', 'writing']);
  const media = readMedia(checker, file('media'));
  const settings: CentreSettings = {
    policy: {
      ...readPolicy(checker, file('policy'), base),
      notReadyReasons: readReasons(checker, file('notReadyReasons')) ?? base.notReadyReasons,
      ...(readReceipts && { readReceipts }),
      ...(typingIndicator && { typingIndicator }),
      ...(Object.keys(media.send).length > 0 && { files: media.send }),
    },
    workbins: readWorkbins(checker, file('workbins')),
    receives: media.receive,
  };
  return checker.problems.length > 0 ? { ok: false, problems: checker.problems } : { ok: true, settings };
}

function readPolicy(checker: Checker, place: Place, base: Policy): Policy {
  const policy = checker.object(place, [
    'pendingWarningSeconds',
    'pendingCriticalSeconds',
    'offerTimeoutSeconds',
    'agentCapacity',
  ]);
  const duration = (key: string, fallback: number) => {
    const seconds = checker.integer(policy(key), 1, LONGEST_DURATION);
    return seconds === undefined ? fallback : seconds * 1000;
  };
  const read: Policy = {
    ...base,
    pendingWarning: duration('pendingWarningSeconds', base.pendingWarning),
    pendingCritical: duration('pendingCriticalSeconds', base.pendingCritical),
    offerTimeout: duration('offerTimeoutSeconds', base.offerTimeout),
    agentCapacity: checker.integer(policy('agentCapacity'), 1, MOST_CAPACITY) ?? base.agentCapacity,
  };
  if (read.pendingCritical <= read.pendingWarning) {
    checker.problem(
      `${place.at}.pendingCriticalSeconds comes to ${read.pendingCritical / 1000}; allowed is more than the ${read.pendingWarning / 1000} of pendingWarningSeconds`,
    );
  }
  return read;
}

function readReasons(checker: Checker, place: Place): readonly string[] | undefined {
  const reasons = checker
    .list(place, LONGEST_LIST)
    ?.map((reason) => ({ at: reason.at, value: checker.text(reason, LONGEST_NAME) }));
  if (reasons) checker.distinct(reasons);
  return reasons?.map(({ value }) => value);
}

function readWorkbins(checker: Checker, place: Place): readonly CentreWorkbin[] | null {
  const read = checker.list(place, LONGEST_LIST)?.map((entry) => {
    const workbin = checker.object(entry, ['id', 'name']);
    const id = { at: `${entry.at}.id`, value: checker.text(workbin('id'), LONGEST_NAME) };
    if (workbinOwner(id.value) !== null) {
      checker.problem(`${id.at} is "${id.value}"; allowed is what does not begin with "personal:"`);
    }
    return { id, name: checker.text(workbin('name'), LONGEST_NAME) };
  });
  if (!read) return null;
  checker.distinct(read.map(({ id }) => id));
  return read.map(({ id, name }) => ({ id: id.value, name }));
}
