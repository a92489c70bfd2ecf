import type { NotificationField, TemplateHeaderValue } from 'whatsapp-workspace/model';

/** What a response says of its notification. Its template may be there later, or never. */
export interface StoredNotification {
  readonly name: string;
  readonly language: string;
  readonly fields: readonly NotificationField[];
  /** The place above its text; null where there is none. */
  readonly place: Extract<TemplateHeaderValue, { readonly kind: 'location' }> | null;
}

/** Where the file above a notification's text stands among a response's files. */
export const HEADER_PLACE = -1;
