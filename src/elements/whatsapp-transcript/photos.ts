import type { Photo } from '../whatsapp-message/photos-request.js';
import type { TranscriptRows } from './transcript-rows.js';

/** The photos that are here, of all messages that are loaded, oldest first. */
export function photosOf(rows: TranscriptRows): readonly Photo[] {
  return Array.from({ length: rows.count }, (_, index) => rows.at(index)).flatMap((row) => {
    if (row?.kind !== 'item' || row.item.kind !== 'message') return [];
    const { content, deletedAt, at } = row.item.message;
    return content.kind === 'image' && content.status === 'stored' && content.media && deletedAt === null
      ? [{ content, at }]
      : [];
  });
}
