import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import type { announce } from '../base/index.js';

export type Announce = typeof announce;

/** Says what an agent who does not see the bar must know: each invitation once, and each pendency that became more urgent out of sight. */
export class BarAnnouncer {
  readonly #announce: Announce;
  #ringing: ReadonlySet<string> = new Set();

  constructor(announcing: Announce) {
    this.#announce = announcing;
  }

  /** @param worse Interactions whose pendency has just become a warning or critical. */
  say(
    invitations: readonly Interaction[],
    worse: readonly Interaction[],
    { localizer, now }: { readonly localizer: Localizer; readonly now: number },
  ): void {
    for (const { id, contact } of invitations) {
      if (this.#ringing.has(id)) continue;
      this.#announce(localizer.t('bar.announce-invitation', { name: contactLabel(contact) }), localizer, id);
    }
    this.#ringing = new Set(invitations.map(({ id }) => id));
    for (const { id, contact, pendency } of worse) {
      if (!pendency) continue;
      const unread = localizer.t('bar.new', { count: pendency.count });
      const time = localizer.duration(now - pendency.since);
      const name = contactLabel(contact);
      this.#announce(localizer.t('bar.announce-pendency', { name, unread, time }), localizer, id);
    }
  }
}
