import { ActionEvent } from '../base/events.js';

/** The agent wants to choose a notification, or to go on with the one of the draft. */
export class NotificationRequestEvent extends ActionEvent<null> {
  constructor() {
    super('notification-request', null);
  }
}

declare global {
  interface HTMLElementEventMap {
    'notification-request': NotificationRequestEvent;
  }
}
