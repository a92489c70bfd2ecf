import {
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  OGG,
  OggOutputFormat,
  Output,
  WEBM,
} from 'mediabunny';

const TYPE = 'audio/ogg; codecs=opus';

/** Puts what a browser has recorded into Ogg, packet by packet: nothing is encoded anew. @throws {Error} when it is no Opus, or has nothing in it. */
export async function toVoiceNote(recorded: Blob): Promise<Blob> {
  const input = new Input({ source: new BlobSource(recorded), formats: [WEBM, OGG] });
  try {
    const track = await input.getPrimaryAudioTrack();
    const decoderConfig = await track?.getDecoderConfig();
    if (!track || track.codec !== 'opus' || !decoderConfig)
      throw new Error('There is no Opus in the recording.');
    const target = new BufferTarget();
    const output = new Output({ format: new OggOutputFormat(), target });
    const packets = new EncodedAudioPacketSource('opus');
    output.addAudioTrack(packets);
    await output.start();
    for await (const packet of new EncodedPacketSink(track).packets())
      await packets.add(packet, { decoderConfig });
    await output.finalize();
    if (!target.buffer) throw new Error('The recording could not be put into Ogg.');
    return new Blob([target.buffer], { type: TYPE });
  } finally {
    input.dispose();
  }
}
