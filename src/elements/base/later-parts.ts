/** Elements that others need, and that come with the first that needs them. */
export type LaterPart =
  'file' | 'quote' | 'actions' | 'forward' | 'editor' | 'search' | 'export' | 'responses' | 'notification';

const loads = new Map<LaterPart, () => void>();

/** Says what is to be loaded with the first element that needs a part. */
export function onFirstNeed(part: LaterPart, load: () => void): void {
  loads.set(part, load);
}

/** A part is about to be shown. */
export function isNeeded(part: LaterPart): void {
  loads.get(part)?.();
  loads.delete(part);
}
