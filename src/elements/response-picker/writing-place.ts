import type { TextRange } from '../../model/index.js';

/** Where the agent writes: responses go there instead of to the end of the draft. */
export interface WritingPlace {
  /**
   * Which part of the text a response takes the place of; where nothing is selected, both ends are where the caret is. Undefined for the
   * end of the text, on a line of its own.
   */
  range(): TextRange | undefined;
  /** A response is in the draft, and ends there in the text. */
  inserted(end: number): void;
}
