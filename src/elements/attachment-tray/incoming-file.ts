import type { AttachRefusal } from '../../model/index.js';

/** A file that the agent has chosen and that is not in the draft: it is being looked at, or cannot be sent. */
export interface IncomingFile {
  /** Nobody else's in this tray. */
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** null while it is being looked at. */
  readonly refusal: AttachRefusal | null;
}
