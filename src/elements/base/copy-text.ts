/** Puts a text on the clipboard. @returns false where that was not possible: the page may not, or stands where browsers have no clipboard. Never rejects. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
