/** A part of a request whose form nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The Cloud API takes numbers and their digits. */
export function isDegree(value: unknown): boolean {
  return (typeof value === 'number' || isFilled(value)) && Number.isFinite(Number(value));
}
