import type { Key } from '../../i18n/index.js';

type Failure = Extract<Key, `message.failed.${string}`>;

// Error codes of the Cloud API that an agent meets; those that call for the same step share a sentence.
const CODES: ReadonlyMap<number, Failure> = new Map(
  (
    [
      ['message.failed.undeliverable', [131026]],
      ['message.failed.window', [131047]],
      ['message.failed.ecosystem', [131049, 130472]],
      ['message.failed.opted-out', [131050]],
      ['message.failed.media', [131051, 131052, 131053]],
      ['message.failed.rate', [4, 80007, 130429]],
      ['message.failed.pair-rate', [131056]],
      ['message.failed.spam', [131048, 131064]],
      ['message.failed.account', [368, 130497, 131031, 131037, 131045]],
      ['message.failed.access', [0, 3, 10, 190, 131005]],
      ['message.failed.payment', [131042, 131044]],
      ['message.failed.meta', [1, 2, 131000, 131016, 131057]],
      ['message.failed.invalid', [100, 131008, 131009]],
      ['message.failed.same-number', [131021]],
      ['message.failed.not-allowed', [131030]],
    ] as const
  ).flatMap(([key, codes]) => codes.map((code) => [code, key] as const)),
);

/** What to say to an agent about an error of the Cloud API: what happened and what to do. */
export function failureKey(code: number | null): Failure {
  if (code === null) return 'message.failed.other';
  // Permissions have a hundred codes.
  if (code >= 200 && code < 300) return 'message.failed.access';
  return CODES.get(code) ?? 'message.failed.other';
}
