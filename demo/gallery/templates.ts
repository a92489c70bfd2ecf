import type { Notifications } from 'whatsapp-workspace';
import { bareNotification } from 'whatsapp-workspace/model';
import type { Draft, Template } from 'whatsapp-workspace/model';

interface Drafts {
  draftOf(interaction: string): Draft;
  save(interaction: string, draft: Draft): void;
}

/** Templates on the page alone; with null, they cannot be reached. */
export function galleryTemplates(templates: readonly Template[] | null, drafts: Drafts): Notifications {
  return {
    search: async (_interaction, text) =>
      templates
        ? { ok: true, templates: templates.filter(({ name }) => name.includes(text)), next: null }
        : { ok: false, why: 'offline' },
    choose: (interaction, template) =>
      drafts.save(interaction, { ...drafts.draftOf(interaction), notification: bareNotification(template) }),
    send: (interaction) => {
      drafts.save(interaction, { ...drafts.draftOf(interaction), notification: null });
      return null;
    },
  };
}
