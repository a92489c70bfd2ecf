import type { FileRefusal } from './file-limits.js';

/** How far the upload of a file has come; bytes. */
export interface Upload {
  readonly taken: number;
  readonly of: number;
}

/**
 * Why a file was not taken into the draft: its content cannot be sent (`FileRefusal`), it could not be read, or the browser has no room to keep it.
 */
export type AttachRefusal = FileRefusal | { readonly kind: 'unreadable' | 'no-room' };
