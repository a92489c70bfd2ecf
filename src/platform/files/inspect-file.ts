import type { FoundFile } from '../../model/index.js';
import { bytesOf, textOf } from './bytes.js';
import { inspectCompoundFile, isCompoundFile } from './compound-file.js';
import { markedType } from './marks.js';
import { inspectPicture } from './picture.js';
import { inspectText, markupType } from './text.js';
import { inspectZip, isZip } from './zip.js';

/** How much of a file is looked at first, in bytes: more than any mark at its beginning takes. */
const HEAD = 65_536;

/** What has streams in it whose codecs count. */
const MADE_OF_STREAMS = new Set(['video/mp4', 'audio/mp4', 'audio/ogg']);

/**
 * What the content of a file says that it is, from a few kilobytes of it: it is never read as a whole. Rejects when it cannot be read.
 * @returns null when its content says nothing that is known.
 */
export async function inspectFile(file: Blob): Promise<FoundFile | null> {
  const head = await bytesOf(file, 0, HEAD);
  if (isZip(head)) return inspectZip(file);
  if (isCompoundFile(head)) return inspectCompoundFile(file);
  // A page or a drawing is text, and neither is any kind of what may be sent.
  const markup = markupType(textOf(head));
  if (markup !== null) return { mimeType: markup };
  const mimeType = await markedType(file, head);
  if (mimeType === null) return inspectText(head, file.size);
  if (mimeType === 'image/png' || mimeType === 'image/jpeg') return inspectPicture(file, mimeType);
  if (!MADE_OF_STREAMS.has(mimeType)) return { mimeType };
  const { inspectStreams } = await import('./streams.js');
  return inspectStreams(file, mimeType);
}
