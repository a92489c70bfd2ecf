import type { Key, Localizer } from '../../i18n/index.js';
import type { Open, RefusalKind } from '../../model/index.js';

/** What to say to an agent about a refusal; a newer contact centre may have reasons that are not known here. */
export function refusalKey(kind: Open<RefusalKind>): Extract<Key, `refusal.${string}`> {
  return Object.hasOwn(KNOWN, kind) ? `refusal.${kind as RefusalKind}` : 'refusal.other';
}

export function refusalText(words: Localizer, kind: Open<RefusalKind>): string {
  return words.t(refusalKey(kind));
}

const KNOWN: { readonly [K in RefusalKind]: true } = {
  'not-found': true,
  'not-yours': true,
  taken: true,
  'offer-ended': true,
  conflict: true,
  'window-closed': true,
  'text-empty': true,
  'text-too-long': true,
  invalid: true,
  'id-reused': true,
  unavailable: true,
  unsupported: true,
};
