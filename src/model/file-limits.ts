import type { MediaContent } from './content.js';
import type { MediaRole } from './outbound-content.js';

/** What limits are told apart by. A voice note is audio. */
export type FileKind = MediaContent['kind'];

/** What may be sent of one kind. */
export interface FileLimit {
  /** MIME types without parameters, in lower case. None: the kind may not be sent. */
  readonly types: readonly string[];
  /** The largest file, in bytes. */
  readonly bytes: number;
}

/** In the order in which they are named. */
export const FILE_KINDS: readonly FileKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

export type FileLimits = { readonly [K in FileKind]: FileLimit };

/** No file may be larger, whatever is configured: each must be smaller than 100 MB. In bytes. */
export const LARGEST_FILE = 99_999_999;

const MEBIBYTE = 1024 * 1024;
const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/**
 * What WhatsApp takes (Cloud API, "Supported media types"). Of video, what plays on every phone. Its stickers may have 100 KB, animated ones 500 KB; only what is
 * animated is known to be over the smaller limit.
 */
export const WHATSAPP_FILE_LIMITS: FileLimits = {
  image: { types: ['image/jpeg', 'image/png'], bytes: 5 * MEBIBYTE },
  video: { types: ['video/mp4'], bytes: 16 * MEBIBYTE },
  audio: {
    types: ['audio/aac', 'audio/mp4', 'audio/amr', 'audio/mpeg', 'audio/ogg'],
    bytes: 16 * MEBIBYTE,
  },
  document: {
    types: [
      'application/pdf',
      'application/msword',
      `${OPEN_XML}.wordprocessingml.document`,
      'application/vnd.ms-powerpoint',
      `${OPEN_XML}.presentationml.presentation`,
      'application/vnd.ms-excel',
      `${OPEN_XML}.spreadsheetml.sheet`,
      'text/plain',
    ],
    bytes: LARGEST_FILE,
  },
  sticker: { types: ['image/webp'], bytes: 500_000 },
};

/**
 * What may be sent: WhatsApp's own limits, narrowed by what the contact centre has configured. What WhatsApp does not take cannot be allowed.
 * @param configured `policy.files`; kinds that it leaves out are as WhatsApp has them.
 */
export function fileLimits(configured: Partial<FileLimits> = {}): FileLimits {
  const narrowed = (kind: FileKind): FileLimit => {
    const widest = WHATSAPP_FILE_LIMITS[kind];
    const { types, bytes } = configured[kind] ?? widest;
    return {
      types: widest.types.filter((type) => types.includes(type)),
      bytes: Math.min(bytes, widest.bytes),
    };
  };
  return {
    image: narrowed('image'),
    video: narrowed('video'),
    audio: narrowed('audio'),
    document: narrowed('document'),
    sticker: narrowed('sticker'),
  };
}

/** A file as it is known before it is sent. */
export interface FileToJudge {
  readonly name: string;
  /** As the browser says, from the name; may be empty. */
  readonly declared: string;
  readonly bytes: number;
  /** What its content says; null when that says nothing that is known. */
  readonly found: FoundFile | null;
  /** It was recorded as a voice note. */
  readonly voice?: boolean;
}

/** What the content of a file says. */
export interface FoundFile {
  /** In lower case, without parameters. Text is `text/plain` when nothing in it is markup of a page or a program. */
  readonly mimeType: string;
  /** Of audio and video: what the streams in it are, by the names of mediabunny (`avc`, `hevc`, `opus`, `vorbis`); left out where nobody has looked. */
  readonly codecs?: readonly string[];
  /** Of audio. */
  readonly channels?: number;
  /** Of an image, in bits for each colour of a pixel. */
  readonly depth?: number;
  /** Whether it unpacks to far more than any document: it is made to harm. */
  readonly bomb?: boolean;
}

/**
 * Why a file cannot be sent. empty: it has no bytes. unknown: its content is of no kind that WhatsApp takes; `found` is what it is, if that is known.
 * misnamed: its content is something else than its name says. too-large: `limit` is the most, in bytes. not-allowed: WhatsApp takes it, and the contact
 * centre does not. codec: WhatsApp does not play what is in it, `found`. stereo: of Ogg, WhatsApp plays one channel only. depth: an image of other than eight bits.
 * bomb: it unpacks to far more than a document.
 */
export type FileRefusal =
  | { readonly kind: 'empty' | 'stereo' | 'depth' | 'bomb' }
  | { readonly kind: 'unknown' | 'misnamed' | 'not-allowed'; readonly found: string | null }
  | { readonly kind: 'codec'; readonly as: FileKind; readonly found: string }
  | { readonly kind: 'too-large'; readonly as: FileKind; readonly limit: number };

export type FileVerdict =
  | { readonly ok: true; readonly as: MediaRole; readonly mimeType: string }
  | { readonly ok: false; readonly refusal: FileRefusal };

/** What plays on every phone (Cloud API, "Supported media types"). */
const CODECS: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['avc', 'aac'],
  'audio/mp4': ['aac'],
  'audio/ogg': ['opus'],
};

const KINDS: readonly FileKind[] = ['image', 'video', 'audio', 'document'];

/** Whether a file can be sent, and as what: by its content, never by its name alone. */
export function judgeFile(file: FileToJudge, limits: FileLimits = WHATSAPP_FILE_LIMITS): FileVerdict {
  const { found, bytes } = file;
  if (bytes === 0) return refused({ kind: 'empty' });
  const as = found && KINDS.find((kind) => WHATSAPP_FILE_LIMITS[kind].types.includes(found.mimeType));
  if (!as) return refused(unknown(file));
  const refusal = contentRefusal(file, found, as);
  if (refusal) return refused(refusal);
  const { types, bytes: limit } = limits[as];
  if (!types.includes(found.mimeType)) return refused({ kind: 'not-allowed', found: found.mimeType });
  if (bytes > limit) return refused({ kind: 'too-large', as, limit });
  const isVoice = file.voice && found.mimeType === 'audio/ogg';
  return { ok: true, as: isVoice ? 'voice' : as, mimeType: sentAs(found.mimeType) };
}

function contentRefusal({ name, declared }: FileToJudge, found: FoundFile, as: FileKind): FileRefusal | null {
  const { mimeType, codecs, channels, depth, bomb } = found;
  if (bomb) return { kind: 'bomb' };
  // Everything without marks is text as well: a program, a table, a page. Only what is called text goes as such.
  if (mimeType === 'text/plain' && declared !== mimeType && !/\.te?xt$/i.test(name))
    return { kind: 'unknown', found: extensionOf(name) };
  const played = CODECS[mimeType];
  const other = played && codecs?.find((codec) => !played.includes(codec));
  if (other !== undefined) return { kind: 'codec', as, found: other };
  if (mimeType === 'audio/ogg' && (channels ?? 1) > 1) return { kind: 'stereo' };
  return mimeType.startsWith('image/') && (depth ?? 8) !== 8 ? { kind: 'depth' } : null;
}

/** A file that says by its name that it is of a kind that WhatsApp takes, and is something else, is named as such. */
function unknown({ name, declared, found }: FileToJudge): FileRefusal {
  const type = found?.mimeType ?? null;
  const takes = KINDS.some((kind) => WHATSAPP_FILE_LIMITS[kind].types.includes(declared));
  if (takes) return { kind: 'misnamed', found: type };
  return { kind: 'unknown', found: type ?? extensionOf(name) };
}

/** Bare `audio/ogg` is refused by WhatsApp. */
function sentAs(mimeType: string): string {
  return mimeType === 'audio/ogg' ? 'audio/ogg; codecs=opus' : mimeType;
}

function extensionOf(name: string): string | null {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}

function refused(refusal: FileRefusal): FileVerdict {
  return { ok: false, refusal };
}
