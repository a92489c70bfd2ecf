/** How long a text is for the Cloud API's limits: characters as code points, so an emoji of one code point counts once. */
export function textLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(i + 1))) {
      length--;
      i++;
    }
  }
  return length;
}

/** The first `limit` code points of a text on one line, with an ellipsis where something was cut off. */
export function excerpt(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 8)
    .replace(/\s+/gu, ' ')
    .trim();
  if (textLength(line) <= limit) return line;
  return `${[...line]
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
