import { BlobSource, Input, MP4, OGG } from 'mediabunny';
import type { FoundFile } from '../../model/index.js';
import { bytesOf, textOf } from './bytes.js';

/** What nobody can name. */
const UNKNOWN = '?';

/** By what the first packet of Ogg has in it. */
const OGG_CODECS = [
  ['OpusHead', 'opus'],
  ['vorbis', 'vorbis'],
  ['Speex', 'speex'],
  ['FLAC', 'flac'],
  ['theora', 'theora'],
] as const;

/** What a file of sound or pictures has in it: at least one thing, if only what nobody can name. */
export async function inspectStreams(file: Blob, mimeType: string): Promise<FoundFile> {
  const input = new Input({ source: new BlobSource(file), formats: [MP4, OGG] });
  try {
    const tracks = await input.getTracks();
    const seen = tracks.filter((track) => track.isVideoTrack() || track.isAudioTrack());
    const codecs = seen.map((track) => track.codec ?? String(track.internalCodecId ?? UNKNOWN));
    if (codecs.length === 0) return { mimeType, codecs: [await firstCodec(file, mimeType)] };
    const channels = (await input.getPrimaryAudioTrack())?.numberOfChannels;
    const isSound = mimeType === 'video/mp4' && !seen.some((track) => track.isVideoTrack());
    return {
      mimeType: isSound ? 'audio/mp4' : mimeType,
      codecs,
      ...(channels !== undefined && { channels }),
    };
  } catch {
    return { mimeType, codecs: [await firstCodec(file, mimeType)] };
  } finally {
    input.dispose();
  }
}

async function firstCodec(file: Blob, mimeType: string): Promise<string> {
  if (mimeType !== 'audio/ogg') return UNKNOWN;
  const head = textOf(await bytesOf(file, 0, 512));
  return OGG_CODECS.find(([mark]) => head.includes(mark))?.[1] ?? UNKNOWN;
}
