import type { PreparedResponse, TextRange } from '../../model/index.js';

/** Where prepared responses come from that are inserted by a typed shortcut, and where they go. */
export interface ShortcutSource {
  /** Those whose shortcut begins so, with the slash: `/he`; none where they cannot be had. Never rejects. */
  readonly find: (typed: string) => Promise<readonly PreparedResponse[]>;
  /** Puts a response in the place of a part of the text, unless the host page does not let it. */
  readonly insert: (response: PreparedResponse, range: TextRange) => void;
}
