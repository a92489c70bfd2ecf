/** Elements that a message needs, and that come with the first that needs them. */
export type LaterPart = 'quote' | 'actions' | 'forward';

const loads = new Map<LaterPart, () => void>();

/** Says what is to be loaded with the first message that needs a part. */
export function onFirstNeed(part: LaterPart, load: () => void): void {
  loads.set(part, load);
}

/** A part is about to be shown. */
export function isNeeded(part: LaterPart): void {
  loads.get(part)?.();
  loads.delete(part);
}
