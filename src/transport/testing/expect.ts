const EXCERPT = 100;

/** What an adapter did against the contract. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

export function expect(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new ContractViolation(sentence);
}

/** Compares plain data; the order of an object's fields does not count. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [canonical(actual), canonical(expected)];
  if (is === should) return;
  let same = 0;
  while (is[same] === should[same]) same++;
  expect(false, `${what} is ${around(is, same)}, but should be ${around(should, same)}.`);
}

/** The part of a long text in which it begins to differ. */
function around(text: string, place: number): string {
  const [start, end] = [Math.max(0, place - EXCERPT), place + EXCERPT];
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}

function canonical(value: unknown): string {
  const json = JSON.stringify(value, (_key, field: unknown) => {
    if (field instanceof Map)
      return [...field.entries()].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)));
  }) as string | undefined;
  return json ?? 'undefined';
}
