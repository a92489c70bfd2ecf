import type { Notifications } from '../workspace.js';
import type { NotificationOptions } from './template-library.js';

/** Each who asks has one, so that no search overtakes somebody else's. It is no part of the first load. */
export function lazyNotifications(options: NotificationOptions): () => Promise<Notifications> {
  return async () => {
    const { TemplateLibrary } = await import('./template-library.js');
    return new TemplateLibrary(options);
  };
}
