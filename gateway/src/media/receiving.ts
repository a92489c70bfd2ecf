import { LARGEST_FILE, type FileKind, type FileLimits } from 'whatsapp-workspace/model';
import { ANY_TYPE } from '../centre/media-limits.js';
import { baseType } from './sniff.js';

/**
 * Why a file of a contact is not kept, in one English sentence for details; null when it is.
 * @param kind As what it was sent; null when that is not known.
 * @param mime As its sender or its content calls it; null when that is not known yet.
 * @param bytes How long it is so far, or will be; null when that is not known yet.
 * @param limits What the contact centre takes; kinds that are left out are taken whatever they are.
 */
export function receivingRefusal(
  kind: FileKind | null,
  mime: string | null,
  bytes: number | null,
  limits: Partial<FileLimits>,
): string | null {
  const limit = kind === null ? undefined : limits[kind];
  const most = Math.min(limit?.bytes ?? LARGEST_FILE, LARGEST_FILE);
  if (bytes !== null && bytes > most)
    return `The contact centre takes no ${kind ?? 'file'} of more than ${most} bytes.`;
  if (!limit || mime === null) return null;
  const type = baseType(mime);
  if (limit.types.length === 0) return `The contact centre takes no files of the kind ${kind}.`;
  if (limit.types.includes(ANY_TYPE)) return null;
  return limit.types.includes(type) ? null : `The contact centre takes no files of the type ${type}.`;
}
