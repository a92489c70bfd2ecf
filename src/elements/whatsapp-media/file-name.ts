import { localDay } from '../base/local-day.js';
import { excerpt } from '../../model/index.js';
import type { MediaContent } from '../../model/index.js';

/** Of a name, in characters: what file systems take, with room for what is put before and behind it. */
const LONGEST = 180;

// Controls, and marks that turn the direction of text and make `exe.fdp` of `pdf.exe`.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
// What is no part of a name on some system.
const UNFIT = /[<>:"|?*]/g;
/** Names of devices on Windows, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'video/webm': 'webm',
};

/**
 * A name under which a file can be kept anywhere: the last part of a path, without marks that cannot be seen, without what some system does not take.
 * Empty when nothing of it is left.
 */
export function safeName(name: string): string {
  const last = name.replace(UNSEEN, '').split(/[\\/]/).at(-1) ?? '';
  const fit = last
    .replace(UNFIT, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(DEVICE, '_$&');
  if (fit.length <= LONGEST) return fit;
  const extension = /\.[a-z0-9]{1,8}$/i.exec(fit)?.[0] ?? '';
  return `${excerpt(fit.slice(0, -extension.length || undefined), LONGEST - extension.length)}${extension}`;
}

/** The name under which a file is saved: its own, or one by what it is and when it came. @param at In milliseconds since the epoch. */
export function savedName({ fileName, kind, mimeType }: MediaContent, at: number): string {
  const own = fileName === null ? '' : safeName(fileName);
  if (own !== '') return own;
  const extension = EXTENSIONS[baseType(mimeType)];
  return `${kind}-${stamp(at)}${extension ? `.${extension}` : ''}`;
}

/** What a file is, in the letters that people know: `PDF`. By its name, because that is what happens to it once it is saved; null when nobody knows. */
export function kindOfFile({ fileName, mimeType }: MediaContent): string | null {
  const named = fileName === null ? null : /\.([a-z0-9]{1,5})$/i.exec(safeName(fileName))?.[1];
  return (named ?? EXTENSIONS[baseType(mimeType)])?.toUpperCase() ?? null;
}

export function isPdf({ mimeType }: MediaContent): boolean {
  return baseType(mimeType) === 'application/pdf';
}

function baseType(mimeType: string | null): string {
  return mimeType?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Day and time as `20261129-1943`, in the time of this machine. */
function stamp(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'file';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${localDay(at).replaceAll('-', '')}-${two(date.getHours())}${two(date.getMinutes())}`;
}
