import type { ResponseLibrary } from '../../context/index.js';
import type { Interaction } from '../../model/index.js';

/** Where prepared responses come from that are inserted by a typed shortcut, and where they go. */
export interface ShortcutSource {
  /** Undefined while there is none. */
  library(): Promise<ResponseLibrary> | undefined;
  /** The conversation that is written in; null while there is none. */
  interaction(): Interaction | null;
  /** A response is in the draft, and ends there in the text. */
  inserted(end: number): void;
}
