/** Recordings that ffmpeg made before the tests: a tone of 440 Hz. Browser tests only. @returns null where it could not: then the test is to be skipped. */
export async function aSampleSound(name: string): Promise<Blob | null> {
  const answer = await fetch(`/.build/sounds/${name}`);
  return answer.ok ? answer.blob() : null;
}

/** What is heard in one channel. */
export interface Heard {
  readonly duration: number;
  /** In hertz: how often it crosses silence. */
  readonly pitch: number;
  /** From 0 to 1. */
  readonly loudest: number;
}

export async function heardIn(file: Blob): Promise<Heard> {
  const context = new OfflineAudioContext(1, 1, 48_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const samples = sound.getChannelData(0);
  // Codecs begin and end softly.
  const middle = samples.subarray(samples.length * 0.1, samples.length * 0.9);
  let crossings = 0;
  for (let i = 1; i < middle.length; i++) if ((middle[i - 1] ?? 0) < 0 !== (middle[i] ?? 0) < 0) crossings++;
  return {
    duration: sound.duration,
    pitch: crossings / 2 / (middle.length / sound.sampleRate),
    loudest: middle.reduce((before, one) => Math.max(before, Math.abs(one)), 0),
  };
}
