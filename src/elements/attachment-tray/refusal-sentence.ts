import type { Localizer } from '../../i18n/index.js';
import type { AttachRefusal } from '../../model/index.js';
import { fileSize } from '../whatsapp-message/amounts.js';

/** What people call types and codecs, where that is not the last part of the name in capitals. */
const NAMES: Readonly<Record<string, string>> = {
  'application/x-cfb': 'Microsoft Office',
  'application/octet-stream': '?',
  'image/svg+xml': 'SVG',
  'image/heic': 'HEIC',
  'text/html': 'HTML',
  'text/plain': 'TXT',
  'video/quicktime': 'QuickTime',
  'audio/mpeg': 'MP3',
  'audio/mp4': 'M4A',
  avc: 'H.264',
  hevc: 'HEVC (H.265)',
  vorbis: 'Vorbis',
  opus: 'Opus',
};

/** Why a file cannot be sent: what was found, and what to do. */
export function refusalSentence(refusal: AttachRefusal, bytes: number, words: Localizer): string {
  switch (refusal.kind) {
    case 'unknown':
    case 'misnamed': {
      const { kind, found } = refusal;
      if (found === null) return words.t(`file.refused.${kind}-nothing`);
      return words.t(`file.refused.${kind}`, { found: kindName(found) });
    }
    case 'not-allowed':
      return words.t('file.refused.not-allowed', { found: kindName(refusal.found ?? '?') });
    case 'codec': {
      const key = refusal.as === 'video' ? 'file.refused.codec-video' : 'file.refused.codec-audio';
      return words.t(key, { found: kindName(refusal.found) });
    }
    case 'too-large': {
      const as = refusal.as === 'sticker' ? 'image' : refusal.as;
      const amounts = { size: fileSize(words, bytes), limit: fileSize(words, refusal.limit) };
      return words.t(`file.refused.too-large-${as}`, amounts);
    }
    default:
      return words.t(`file.refused.${refusal.kind}`);
  }
}

/** The name of a kind of file, by its MIME type, its ending or a codec. */
export function kindName(found: string): string {
  const known = Object.hasOwn(NAMES, found) ? NAMES[found] : undefined;
  if (known !== undefined) return known;
  const last = found.split(/[./]/).at(-1) ?? found;
  return last
    .replace(/^(?:x|vnd)-/, '')
    .replace(/\+.*$/, '')
    .slice(0, 24)
    .toUpperCase();
}
