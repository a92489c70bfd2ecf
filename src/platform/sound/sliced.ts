/** How long work holds the page at most before it lets it go on, in milliseconds: less than a frame has. */
const SLICE = 12;

/** Goes through work step by step, and lets the page do its own in between. Rejects with an AbortError when nobody wants it any more. */
export async function sliced<T>(
  steps: Iterator<unknown, T> | AsyncIterator<unknown, T>,
  signal: AbortSignal,
): Promise<T> {
  for (let begun = performance.now(); ;) {
    const step = await steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE) continue;
    await nextTask();
    signal.throwIfAborted();
    begun = performance.now();
  }
}

/** A timer would come once a second where the page is not looked at. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
