import type { TransportErrorKind } from '../../transport/adapter.js';

/** Why something could not be had of the transport, as a value. */
export interface Failure {
  readonly kind: TransportErrorKind;
  readonly sentence: string;
}

const KINDS: { readonly [K in TransportErrorKind]: true } = {
  offline: true,
  timeout: true,
  refused: true,
  invalid: true,
  unauthorized: true,
  unsupported: true,
  'too-many': true,
};

/**
 * Reads what a transport erred with. Known by its shape and not by its class, so that an adapter built against another copy of this package is
 * understood. Anything else (a bug in an adapter) counts as a lost link: what is idempotent is then tried again.
 */
export function failureOf(error: unknown): Failure {
  const sentence = error instanceof Error ? error.message : 'The link to the contact centre was lost.';
  const kind = typeof error === 'object' && error !== null && 'kind' in error ? error.kind : null;
  return { kind: isKind(kind) ? kind : 'offline', sentence };
}

function isKind(kind: unknown): kind is TransportErrorKind {
  return typeof kind === 'string' && Object.hasOwn(KINDS, kind);
}
