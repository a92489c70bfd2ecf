import { BlobSource, EncodedPacketSink, Input, OGG } from 'mediabunny';
import { create } from './made/opus.js';
import type { OpusCode } from './made/opus.js';
import { WaveFile } from './wave-file.js';

/** In samples a second: enough for speech, and a quarter less to keep than all there is. */
const RATE = 24_000;
/** RFC 7845, 5.1: where the header says how many samples at the beginning are left out. */
const SKIP_AT = 10;
/** No packet is longer (RFC 6716, 3.2.1), in bytes. */
const LONGEST_PACKET = 65_536;

/** Packet by packet; what cannot be read of it is left out. @returns null when it is no Opus, or longer than that, in seconds. */
export async function* opusSteps(
  file: Uint8Array<ArrayBuffer>,
  longest: number,
): AsyncGenerator<void, WaveFile | null> {
  const input = new Input({ source: new BlobSource(new Blob([file])), formats: [OGG] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track?.codec !== 'opus' || track.numberOfChannels > 2) return null;
    const head = headOf((await track.getDecoderConfig())?.description);
    const wave = new WaveFile(RATE, track.numberOfChannels);
    const decode = decoderOf(create(), wave.channels, head);
    for await (const { data } of new EncodedPacketSink(track).packets()) {
      wave.add(decode(data));
      if (wave.duration > longest) return null;
      yield;
    }
    return wave;
  } finally {
    input.dispose();
  }
}

function headOf(description: AllowSharedBufferSource | undefined): number {
  if (!description) return 0;
  const view = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return view.byteLength > SKIP_AT + 1 ? view.getUint16(SKIP_AT, true) : 0;
}

/** @returns A plane of samples for each channel. */
function decoderOf(code: OpusCode, channels: number, skip: number): (packet: Uint8Array) => Float32Array[] {
  const place = code.malloc(LONGEST_PACKET);
  const memory = (): Uint8Array => new Uint8Array(code.memory.buffer);
  memory().set([0, 1], place);
  const decoder = code.audio_opus_create(RATE, channels, 1, channels - 1, place, skip, 0);
  return (packet) => {
    if (packet.length > LONGEST_PACKET) return [];
    memory().set(packet, place);
    const samples = code.audio_opus_decode(decoder, place, packet.length);
    if (samples <= 0) return [];
    const from = code.audio_opus_output(decoder);
    return Array.from(
      { length: channels },
      (_, channel) => new Float32Array(code.memory.buffer, from + channel * samples * 4, samples),
    );
  };
}
