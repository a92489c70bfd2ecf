import type { FoundFile } from '../../model/index.js';

/** What text is made of: no control characters but those that lay it out. UTF-16 begins with a mark. */
const LAYOUT = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);

/** Text, by its beginning; null when it is something else. */
export function inspectText(head: Uint8Array, size: number): FoundFile | null {
  if (size === 0) return null;
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const isText = isWide || head.every((byte) => byte >= 0x20 || LAYOUT.has(byte));
  return isText ? { mimeType: 'text/plain' } : null;
}

/** What a text is that begins as a page, a drawing or data does; null for any other. */
export function markupType(text: string): string | null {
  const beginning = text.slice(0, 4_096).trimStart();
  if (!/^<(?:\?|!|[a-z])/i.test(beginning)) return null;
  if (/<svg[\s>]/i.test(beginning)) return 'image/svg+xml';
  if (/<(?:!doctype html|html|head|body|script|iframe|meta|title|style)\b/i.test(beginning))
    return 'text/html';
  return /^<(?:\?xml|!--|!doctype)/i.test(beginning) ? 'application/xml' : null;
}
