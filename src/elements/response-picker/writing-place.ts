/** Where the agent writes: responses go there instead of to the end of the draft. */
export interface WritingPlace {
  /**
   * Which part of the text a response takes the place of, in UTF-16 code units; where nothing is selected, both ends are where the caret is. Undefined for the
   * end of the text, on a line of its own.
   */
  range(): { readonly start: number; readonly end: number } | undefined;
  /** A response is in the draft, and ends there in the text. */
  inserted(end: number): void;
}
