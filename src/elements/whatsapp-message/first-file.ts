let load: (() => void) | null = null;

/** Says what is to be loaded with the first file that any message shows. */
export function onFirstFile(loads: () => void): void {
  load = loads;
}

/** A message shows a file. */
export function fileIsShown(): void {
  load?.();
  load = null;
}
