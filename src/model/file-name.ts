/** The longest name, in UTF-16 units: what file systems take, with room for a number. */
const LONGEST = 120;

/** What changes how text around it is read, or is not seen at all. The joiners of scripts and emoji stay. */
const UNSEEN = /[^\P{Format}\u200c\u200d]|[\p{Control}\p{Surrogate}\u2028\u2029]/gu;

/**
 * A file's name as it can be shown and stored: without folders, without what turns its end around (`gpj.exe` after a right-to-left override reads `exe.jpg`), and
 * with what it ends with when it is long. Empty when nothing is left.
 */
export function fileNameOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const seen = last
    .replace(UNSEEN, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^\.*$/.test(seen)) return '';
  const characters = [...seen];
  if (seen.length <= LONGEST) return seen;
  const end = /\.[^.\s]{1,10}$/.exec(seen)?.[0] ?? '';
  return `${characters.slice(0, LONGEST / 2).join('')}…${end}`;
}
