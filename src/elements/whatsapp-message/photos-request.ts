import type { MediaContent } from '../../model/index.js';

/** A photo among those of a conversation. */
export interface Photo {
  readonly content: MediaContent;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
}

/** A photo is opened and asks which others stand around it. Whoever knows puts them into `photos`, oldest first. */
export class PhotosRequestEvent extends Event {
  photos: readonly Photo[] = [];

  constructor() {
    super('photos-request', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'photos-request': PhotosRequestEvent;
  }
}
