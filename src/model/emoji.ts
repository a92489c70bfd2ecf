/** Whether the text is nothing but one to `most` emoji (white space does not count). */
export function isEmojiOnly(text: string, most = 3): boolean {
  const bare = text.trim();
  // A family with skin tones takes 25 code units; longer text need not be looked at.
  if (bare.length === 0 || bare.length > most * 30) return false;
  const found = bare.match(EMOJI) ?? [];
  return found.length > 0 && found.length <= most && bare.replace(EMOJI, '').trim() === '';
}

const EMOJI_UNIT =
  '(?!\\p{Regional_Indicator})(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F)\\p{Emoji_Modifier}?\\uFE0F?';
const EMOJI = new RegExp(
  [
    '\\p{Regional_Indicator}{2}',
    '[0-9#*]\\uFE0F?\\u20E3',
    // A flag of a region: a black flag and tag characters.
    '\\u{1F3F4}[\\u{E0020}-\\u{E007E}]+\\u{E007F}',
    `(?:${EMOJI_UNIT}|\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier})(?:\\u200D\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?)*`,
  ].join('|'),
  'gu',
);
