/** Numbers from 0 to below 1 that look random and are always the same for a seed. Not for secrets. */
export type Random = () => number;

export function randomFrom(seed: string): Random {
  // FNV-1a spreads similar seeds, xorshift goes on from there; zero is the one state that it never leaves.
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A whole number of milliseconds between two numbers of seconds. */
export function seconds(random: Random, from: number, to: number): number {
  return Math.round((from + random() * (to - from)) * 1000);
}

/** One of the values. */
export function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}
