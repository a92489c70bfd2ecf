import { bareNotification } from '../../model/notification.js';
import { notificationFault, outboundTemplate } from '../../model/outbound-notification.js';
import type { OutboundContent, Template } from '../../model/index.js';
import { failureOf } from '../connection/index.js';
import type { Drafts } from '../drafts/index.js';
import { askPage, PAGE_SIZE } from '../paging/index.js';
import type { PagingOptions } from '../paging/index.js';
import type { Notifications, TemplatesOutcome } from '../workspace.js';

export interface NotificationOptions extends PagingOptions {
  readonly drafts: Drafts;
  /** Stores a message and sends it in its turn; returns its client id. */
  readonly send: (interaction: string, content: OutboundContent) => string;
}

/** Asks for templates, takes them into drafts, and sends them. No part of the first load. */
export class TemplateLibrary implements Notifications {
  readonly #options: NotificationOptions;
  #search = 0;

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  async search(interaction: string, text: string, after: string | null): Promise<TemplatesOutcome> {
    const search = ++this.#search;
    if (!this.#options.store.state.features.includes('templates')) return { ok: false, why: 'unsupported' };
    try {
      const args = { interaction, text, after, limit: PAGE_SIZE };
      const page = await askPage({ name: 'templates', args }, 0, this.#options);
      if (!page || search !== this.#search) return { ok: false, why: 'overtaken' };
      return { ok: true, templates: page.items, next: page.next };
    } catch (error) {
      return { ok: false, why: search === this.#search ? failureOf(error).kind : 'overtaken' };
    }
  }

  choose(interaction: string, template: Template): void {
    const { drafts } = this.#options;
    drafts.save(interaction, { ...drafts.get(interaction), notification: bareNotification(template) });
  }

  send(interaction: string): string | null {
    const { drafts, send } = this.#options;
    const draft = drafts.get(interaction);
    const { notification } = draft;
    if (!notification || notificationFault(notification)) return null;
    // The message is stored before the draft: a page that dies in between leaves the notification in both, and loses it in neither.
    const clientId = send(interaction, outboundTemplate(notification));
    drafts.save(interaction, { ...draft, notification: null });
    return clientId;
  }
}
