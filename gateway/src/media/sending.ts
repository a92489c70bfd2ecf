import { FILE_KINDS, fileLimits, type FileLimits, type Policy } from 'whatsapp-workspace/model';
import { baseType, UNKNOWN_TYPE } from './sniff.js';

/** Why a file that an agent brought is not kept, in one English sentence; null when it can be sent as something. The desk has told the agent before. */
export function sendingRefusal(mime: string, bytes: number, policy: Policy): string | null {
  if (mime === UNKNOWN_TYPE) return 'The content of the file is of no kind that is known.';
  const type = baseType(mime);
  // WhatsApp plays one codec in Ogg.
  if (mime === 'audio/ogg') return 'Of Ogg, only Opus is sent.';
  const limits: FileLimits = fileLimits(policy.files);
  const kinds = FILE_KINDS.filter((kind) => limits[kind].types.includes(type));
  if (kinds.length === 0) return `Files of the type ${type} are not sent.`;
  const most = Math.max(...kinds.map((kind) => limits[kind].bytes));
  return bytes > most ? `The file has ${bytes} bytes; of its type ${most} are sent.` : null;
}
