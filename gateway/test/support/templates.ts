import type { Db } from '../../src/store/db.js';
import { replaceTemplates } from '../../src/store/templates.js';
import { SAMPLE_TEMPLATES } from '../../stand-in/sample-templates.js';
import type { NewTemplate } from '../../stand-in/templates.js';

/** The account of webhooks that are made here. */
export const ACCOUNT = '102290129340398';

/** Gives a test's database the templates of an account, as if they had been read from WhatsApp. */
export async function saveTemplates(
  db: Db,
  account: string = ACCOUNT,
  templates: readonly NewTemplate[] = SAMPLE_TEMPLATES,
): Promise<void> {
  const told = templates.map((one) => ({ name: one.name, language: one.language, told: { ...one } }));
  const now = Date.now();
  await db.tx((tx) =>
    replaceTemplates(
      tx,
      { account, until: 0 },
      { templates: told, requests: 1 },
      { now, dueAt: now + 3_600_000 },
    ),
  );
}
