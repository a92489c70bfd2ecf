import { createHmac, timingSafeEqual } from 'node:crypto';

export const MEDIA_PATH = '/v1/media';

/** How a browser takes a file: on the page, or as something to keep. */
export type Disposition = 'inline' | 'attachment';

/** What an address of a file says, and is signed over. */
export interface MediaAddress {
  readonly media: string;
  /** For whom it was made. */
  readonly agent: string;
  /** Milliseconds since the epoch, by the gateway's clock. */
  readonly until: number;
  readonly as: Disposition;
}

/** Makes the path of an address that is good without a token: elements put it into markup. */
export function signAddress(key: string, address: MediaAddress): string {
  const { media, agent, until, as } = address;
  const query = new URLSearchParams({ agent, until: String(until), as, signature: signature(key, address) });
  return `${MEDIA_PATH}/${encodeURIComponent(media)}?${query.toString()}`;
}

/** What an address says, when it is signed by us and good now; else null. */
export function readAddress(
  key: string,
  media: string,
  query: Readonly<Record<string, unknown>>,
  now: number,
): MediaAddress | null {
  const { agent, until, as, signature: given } = query;
  if (typeof agent !== 'string' || typeof given !== 'string') return null;
  if (typeof until !== 'string' || !/^\d{1,15}$/.test(until)) return null;
  if (as !== 'inline' && as !== 'attachment') return null;
  const address: MediaAddress = { media, agent, until: Number(until), as };
  return isSame(given, signature(key, address)) && now < address.until ? address : null;
}

function signature(key: string, { media, agent, until, as }: MediaAddress): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([media, agent, until, as]))
    .digest('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
