import type { Config } from './config.js';
import { cloudTemplates } from './gateway.js';
import type { Log } from './log.js';
import { withDatabase } from './operator-database.js';
import { syncTemplates } from './templates/synchronisation.js';

/**
 * For an operator: reads the templates of all configured business accounts from WhatsApp, now. Gateways may work meanwhile.
 * @returns A sentence for each account.
 * @throws When one of them could not be read; the others were.
 */
export async function syncAllTemplates(config: Config, log: Log): Promise<readonly string[]> {
  const accounts = config.whatsapp.businessAccountIds;
  if (accounts.length === 0)
    throw new Error('WHATSAPP_BUSINESS_ACCOUNT_ID is not set: it says whose templates are read.');
  return withDatabase(config, log, { purpose: 'templates', max: 1 }, async (db) => {
    const options = { ledger: { db, clock: { now: () => Date.now() } }, cloud: cloudTemplates(config) };
    const sentences: string[] = [];
    const problems: string[] = [];
    for (const account of accounts) {
      const outcome = await syncTemplates({ account, until: 0 }, options);
      if (!('account' in outcome))
        problems.push(`The templates of account ${account} could not be read: ${outcome.detail}`);
      else
        sentences.push(
          `Account ${account} has ${outcome.templates} templates; ${outcome.changed} are new or have changed, ${outcome.removed} are gone.` +
            (outcome.unnamed > 0
              ? ` ${outcome.unnamed} came without a name or a language, and were left out.`
              : ''),
        );
    }
    if (problems.length > 0) throw new Error([...sentences, ...problems].join('\n'));
    return sentences;
  });
}
