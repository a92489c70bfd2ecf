import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';

/** The value of `X-Hub-Signature-256` for a body, as Meta computes it: HMAC-SHA256 over the bytes as they were sent. */
export function signBody(appSecret: string, rawBody: Buffer): string {
  return PREFIX + createHmac('sha256', appSecret).update(rawBody).digest('hex');
}

/** Whether a header can be a signature of anything: what cannot need not be read further. */
export function looksSigned(header: string | undefined): boolean {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/.test(header);
}

/**
 * Whether a header signs these bytes. Takes the same time for every wrong signature, and is simply false for what is missing or malformed.
 * `rawBody` must be the bytes as received: Meta escapes non-ASCII characters, so a body that was parsed and written again does not match.
 */
export function verifySignature(appSecret: string, rawBody: Buffer, header: string | undefined): boolean {
  if (typeof header !== 'string') return false;
  const expected = Buffer.from(signBody(appSecret, rawBody), 'latin1');
  const given = Buffer.from(header, 'latin1');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
