const PATIENCE = 10_000;
const PAUSE = 5;

/**
 * Waits for a condition, looking again and again.
 * @param what Named when it does not come true within ten seconds.
 */
export async function until<T>(
  what: string,
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`It did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
