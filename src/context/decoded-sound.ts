import type { MediaSources } from './media-sources.js';

type MediaRef = Parameters<MediaSources['fresh']>[0];
type MediaSource = Awaited<ReturnType<MediaSources['fresh']>>;

/** More than WhatsApp takes as a recording, in bytes: a larger one is not fetched to be decoded. */
const LARGEST = 20_000_000;

/** A recording as a wave file. */
export interface DecodedSound {
  readonly url: string;
  /** How loud it is along its length, from 0 to 100. */
  readonly waveform: readonly number[];
}

interface Kept {
  readonly media: MediaRef;
  readonly sources: MediaSources;
  readonly sound: DecodedSound;
  readonly unwatch: () => void;
}

/** Decodes what the browser does not play, and keeps the last one, for as long as the agent may have the files of its workspace. */
export class SoundDecoder {
  #kept: Kept | null = null;

  /** @returns null where it cannot be decoded here. @throws {Error} when it could not be had, or is not wanted any more. */
  async decode(media: MediaRef, sources: MediaSources, signal: AbortSignal): Promise<DecodedSound | null> {
    if (this.#kept?.media.id === media.id && this.#kept.sources === sources) return this.#kept.sound;
    const [source, { decodeSound }] = await Promise.all([
      sources.fresh(media),
      import('../platform/sound/decode-sound.js'),
    ]);
    const file = await contentOf(source, signal);
    const wave = file && (await decodeSound(file, signal).catch(() => null));
    signal.throwIfAborted();
    if (!wave) return null;
    this.#forget();
    const sound = { url: URL.createObjectURL(wave.toBlob()), waveform: wave.loudness() };
    this.#kept = { media, sources, sound, unwatch: sources.watch(() => this.#forget()) };
    return sound;
  }

  #forget(): void {
    if (!this.#kept) return;
    this.#kept.unwatch();
    URL.revokeObjectURL(this.#kept.sound.url);
    this.#kept = null;
  }
}

/** null when it is too large. */
async function contentOf(
  { url, content }: MediaSource,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (content) return content.size > LARGEST ? null : new Uint8Array(await content.arrayBuffer());
  const answer = await fetch(url, { referrerPolicy: 'no-referrer', credentials: 'omit', signal });
  if (!answer.ok) throw new Error(`The file could not be had: ${answer.status}.`);
  if (Number(answer.headers.get('content-length')) > LARGEST) {
    await answer.body?.cancel();
    return null;
  }
  return new Uint8Array(await answer.arrayBuffer());
}
