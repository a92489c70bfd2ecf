/** Notifications: templates of WhatsApp's that agents fill in and send. */
export { lazyNotifications } from './lazy-notifications.js';
