const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;

/**
 * Loads a part of the elements beside the first load, and tries again when it could not be had: the agent may be on a train.
 * Elements that need the part stand on the page as unknown ones until then, and keep what is set on them.
 */
export async function loadLater(part: () => Promise<unknown>): Promise<void> {
  for (let wait = FIRST_RETRY; ; wait = Math.min(LAST_RETRY, wait * 2)) {
    try {
      await part();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
