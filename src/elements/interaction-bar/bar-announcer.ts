import type { Localizer } from '../../i18n/index.js';
import { contactLabel } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import { announce } from '../base/index.js';

/** Says what an agent who does not see the bar must know: each invitation once, and each pendency that became more urgent out of sight. */
export class BarAnnouncer {
  #ringing: ReadonlySet<string> = new Set();

  /** @param worse Interactions whose pendency has just become a warning or critical. */
  say(
    invitations: readonly Interaction[],
    worse: readonly Interaction[],
    { localizer, now }: { readonly localizer: Localizer; readonly now: number },
  ): void {
    const options = { lang: localizer.locale, dir: localizer.direction };
    for (const { id, contact } of invitations) {
      if (this.#ringing.has(id)) continue;
      announce(localizer.t('bar.announce-invitation', { name: contactLabel(contact) }), options);
    }
    this.#ringing = new Set(invitations.map(({ id }) => id));
    for (const { contact, pendency } of worse) {
      if (!pendency) continue;
      const unread = localizer.t('bar.new', { count: pendency.count });
      const time = localizer.duration(now - pendency.since);
      const name = contactLabel(contact);
      announce(localizer.t('bar.announce-pendency', { name, unread, time }), options);
    }
  }
}
