import {
  fileIn,
  receiveChange,
  type MediaNews,
  type Message,
  type MessageChange,
} from 'whatsapp-workspace/model';
import { holdBeside } from '../contacts/identify.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Work } from '../ledger/work.js';
import type { Tx } from '../store/db.js';
import { lockInteractions } from '../store/interactions.js';
import { findNaming } from '../store/media.js';
import { readMessagesById } from '../store/messages.js';

/** What becomes known of a file; what is left out is not known. */
export type FileNews = Pick<MediaNews, 'status' | 'error'> & Partial<MediaNews>;

/**
 * Writes down what became of a file, and desks see it at its messages.
 * @param change Writes it; returns false when it was so already, or others have done it: then nothing is told.
 */
export async function tellNews(
  ledger: Ledger,
  media: string,
  news: FileNews,
  change: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  const naming = await findNaming(ledger.db, media);
  const [first] = naming;
  await ledger.write(
    async (work) => {
      work.hold(await lockInteractions(work.tx, { ids: naming.map(({ interaction }) => interaction) }));
      await holdBeside(work);
      if (!(await change(work.tx))) return;
      const ids = naming.map(({ message }) => message);
      for (const { message } of await readMessagesById(work.tx, ids)) record(work, message, news);
    },
    first ? { about: first.interaction } : {},
  );
}

const UNKNOWN = { media: null, width: null, height: null, duration: null, waveform: null };

function record(work: Work, message: Message, news: FileNews): void {
  const interaction = work.interaction(message.interaction);
  const file = fileIn(message.content);
  if (!interaction || !file) return;
  work.messages.hold([{ message, wamid: null }]);
  // What WhatsApp said of a file stays said where nothing better is known.
  const { mimeType, bytes } = file;
  const change: MessageChange = { ...UNKNOWN, mimeType, bytes, ...news, kind: 'media' };
  const isOpen = interaction.state !== 'done';
  const beside = isOpen ? null : work.openBeside(interaction);
  for (const event of receiveChange(message, change, isOpen ? interaction : null, work))
    work.record(event, null, beside);
}
