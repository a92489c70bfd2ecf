/** Bars of a waveform as it is shown. */
export const BARS = 40;
/** A larger file is not fetched only to be drawn, in bytes. */
const LARGEST = 4_000_000;

const known = new Map<string, Promise<readonly number[] | null>>();

/** How loud a recording is along its length, from 0 to 100; null where that cannot be told. Asked for once for each address. */
export function waveformOf(url: string, bytes: number | null): Promise<readonly number[] | null> {
  const asked = known.get(url) ?? (bytes === null || bytes > LARGEST ? Promise.resolve(null) : compute(url));
  known.set(url, asked);
  const [oldest] = known.keys();
  if (known.size > 100 && oldest !== undefined) known.delete(oldest);
  return asked;
}

async function compute(url: string): Promise<readonly number[] | null> {
  try {
    const answer = await fetch(url, { referrerPolicy: 'no-referrer', credentials: 'omit' });
    const context = new OfflineAudioContext(1, 1, 8_000);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    return peaks(sound.getChannelData(0));
  } catch {
    // The page's policy may not let us fetch it, or the browser cannot read it: it is played all the same.
    return null;
  }
}

function peaks(samples: Float32Array): readonly number[] {
  const length = samples.length / BARS;
  const loud = Array.from({ length: BARS }, (_, bar) => {
    let most = 0;
    for (let i = Math.floor(bar * length); i < (bar + 1) * length; i++)
      most = Math.max(most, Math.abs(samples[i] ?? 0));
    return most;
  });
  const most = Math.max(...loud, 0.01);
  return loud.map((one) => Math.round((one / most) * 100));
}

/** The same waveform in as many bars as are shown; values that are none are silence. */
export function inBars(waveform: readonly number[]): readonly number[] {
  return Array.from({ length: BARS }, (_, bar) => {
    const value = waveform[Math.floor((bar / BARS) * waveform.length)] ?? 0;
    return value >= 0 ? Math.min(100, value) : 0;
  });
}
