import type { ContactIdentity } from '../cloud-api/index.js';
import type { Ledger } from '../ledger/ledger.js';
import { findRecipients } from '../store/contacts.js';
import { holdInteractions, identify, isNews } from './identify.js';

/** A message of ours, and where it was sent. */
interface Sent {
  readonly clientId: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
}

/** Keeps by which addresses WhatsApp knows the contact that a message went to. Nothing is asked for when it is those that were written to. */
export async function learnRecipient(ledger: Ledger, sent: Sent, identity: ContactIdentity): Promise<void> {
  const { phone, bsuid } = identity;
  if ((phone ?? sent.phone) === sent.phone && (bsuid ?? sent.bsuid) === sent.bsuid) return;
  const [message] = await findRecipients(ledger.db, [], [sent.clientId]);
  if (!message || !isNews(identity, message.addresses)) return;
  await ledger.write(
    async (work) => {
      const reached = { contact: message.contact, identity, at: work.now };
      const { resolver } = await identify(work, [], [reached]);
      await holdInteractions(work, resolver, []);
    },
    { about: message.contact },
  );
}
