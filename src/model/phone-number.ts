/** Country codes of two digits, by the first of them (ITU-T E.164). Those of 1 and 7 have one digit, all others three. */
const TWO_DIGITS: Readonly<Record<string, string>> = {
  2: '07',
  3: '0123469',
  4: '013456789',
  5: '12345678',
  6: '0123456',
  8: '1246',
  9: '0123458',
};

/**
 * A number as people read it out: `+254 712 345 678`. Takes E.164 digits without the plus sign, as the Cloud API writes them; anything else gets its plus
 * sign and stays.
 *
 * Apart from the country code, which is known for certain, digits go by threes and none stands alone: how each country groups its own is 80 kB of rules
 * (libphonenumber), more than the conversation, for a difference in spaces.
 */
export function groupedNumber(digits: string): string {
  if (!/^\d{7,15}$/.test(digits)) return `+${digits}`;
  const code = countryCodeLength(digits);
  const groups = digits.slice(code).match(/\d{4}$|\d{3}(?!\d$)|\d+/g) ?? [];
  return `+${[digits.slice(0, code), ...groups].join(' ')}`;
}

function countryCodeLength(digits: string): number {
  const [first = '', second = ''] = digits;
  if (first === '1' || first === '7') return 1;
  return TWO_DIGITS[first]?.includes(second) ? 2 : 3;
}
