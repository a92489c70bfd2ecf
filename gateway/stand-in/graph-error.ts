import { randomBytes } from 'node:crypto';

/** An answer of the Cloud API that refuses a request. */
export interface GraphError {
  readonly status: number;
  readonly body: unknown;
  /** For the header `Retry-After`. */
  readonly retryAfterSeconds: number | null;
}

export interface GraphErrorDetails {
  readonly type?: string;
  readonly subcode?: number;
  readonly details?: string;
  readonly retryAfterSeconds?: number;
}

/** Builds an error in the shape of the Graph API. */
export function graphError(
  status: number,
  code: number,
  message: string,
  more: GraphErrorDetails = {},
): GraphError {
  const error = {
    message,
    type: more.type ?? 'OAuthException',
    code,
    ...(more.details ? { error_data: { messaging_product: 'whatsapp', details: more.details } } : {}),
    ...(more.subcode ? { error_subcode: more.subcode } : {}),
    fbtrace_id: `A${randomBytes(8).toString('hex')}`,
  };
  return { status, body: { error }, retryAfterSeconds: more.retryAfterSeconds ?? null };
}

/** A parameter that is missing. */
export function missing(parameter: string): GraphError {
  return graphError(400, 100, `(#100) The parameter ${parameter} is required.`);
}

/** A parameter whose value cannot be. */
export function invalid(details: string): GraphError {
  return graphError(400, 131009, '(#131009) Parameter value is not valid', { details });
}

const FAILURES: Readonly<Record<number, readonly [title: string, details: string]>> = {
  131026: ['Message undeliverable', 'The contact cannot get this message.'],
  131047: ['Re-engagement message', 'The contact wrote last more than 24 hours ago.'],
  131049: [
    'Message not delivered to keep the ecosystem healthy',
    'This contact gets no more of these for now.',
  ],
  131000: ['Something went wrong', 'The message failed for an unknown reason.'],
};

/** An error as it stands in the status of a message that failed. */
export function failure(code: number): {
  code: number;
  title: string;
  message: string;
  error_data: { details: string };
} {
  const [title, details] = FAILURES[code] ?? ['Message failed', `The message failed with error ${code}.`];
  return { code, title, message: title, error_data: { details } };
}
