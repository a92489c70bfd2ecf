let load: (() => void) | null = null;

/** Says what is to be loaded when an agent is about to compose something with a form. */
export function onFirstEditor(loads: () => void): void {
  load = loads;
}

/** The menu is used. */
export function editorIsWanted(): void {
  load?.();
  load = null;
}
