import { NoticeEvent } from '../base/events.js';

/** How an editor was left: its notification was sent, is not wanted any more, or stays as it is in the draft. */
export type NotificationEnd = 'sent' | 'cancelled' | 'left';

/** The agent is done with a notification for now. */
export class NotificationCloseEvent extends NoticeEvent<{ readonly end: NotificationEnd }> {
  constructor(end: NotificationEnd) {
    super('notification-close', { end });
  }
}

declare global {
  interface HTMLElementEventMap {
    'notification-close': NotificationCloseEvent;
  }
}
