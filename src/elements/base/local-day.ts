/** A day as `2026-11-29`, which fields for dates take too, in the time zone of whoever looks. @param at In milliseconds since the epoch. */
export function localDay(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
