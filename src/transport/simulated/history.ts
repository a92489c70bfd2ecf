import { UNCHANGED, messageItem, sessionItem } from '../../model/index.js';
import type { Author, Message, MessagePlace, Session, TranscriptItem } from '../../model/index.js';
import { CHANNEL } from './people.js';
import type { Persona } from './persona.js';
import { pick, randomFrom, seconds } from './random.js';
import type { Random } from './random.js';
import type { Past } from './records.js';
import { exchangesIn } from './small-talk.js';

const DAY = 24 * 60 * 60 * 1000;
const MESSAGES_A_SESSION = 40;

interface Chapter {
  readonly persona: Persona;
  readonly index: number;
  readonly length: number;
  readonly startsAt: number;
}

/** Earlier interactions of the contacts, made from the seed when somebody looks at them. */
export class History implements Past {
  readonly #seed: string;
  readonly #authors: readonly [Author, ...Author[]];
  readonly #chapters = new Map<string, Chapter>();
  readonly #newest = new Map<string, string>();
  readonly #items = new Map<string, readonly TranscriptItem[]>();

  /** @param end When the simulation begins: all of this was before. */
  constructor(
    seed: string,
    personas: readonly Persona[],
    authors: readonly [Author, ...Author[]],
    end: number,
  ) {
    this.#seed = seed;
    this.#authors = authors;
    for (const persona of personas) {
      let startsAt = end;
      for (let index = persona.past.length - 1; index >= 0; index--) {
        const length = persona.past[index] ?? 0;
        startsAt -= (Math.ceil(length / MESSAGES_A_SESSION) + 2) * DAY;
        const id = chapterId(persona, index);
        this.#chapters.set(id, { persona, index, length, startsAt });
        if (!this.#newest.has(persona.contact.id)) this.#newest.set(persona.contact.id, id);
      }
    }
  }

  newestOf(contact: string): string | null {
    return this.#newest.get(contact) ?? null;
  }

  before(interaction: string): string | null {
    const chapter = this.#chapters.get(interaction);
    return chapter && chapter.index > 0 ? chapterId(chapter.persona, chapter.index - 1) : null;
  }

  after(interaction: string): string | null {
    const chapter = this.#chapters.get(interaction);
    const next = chapter ? chapterId(chapter.persona, chapter.index + 1) : '';
    return this.#chapters.has(next) ? next : null;
  }

  items(interaction: string): readonly TranscriptItem[] | null {
    const chapter = this.#chapters.get(interaction);
    if (!chapter) return null;
    const items = this.#items.get(interaction) ?? this.#write(interaction, chapter);
    this.#items.set(interaction, items);
    return items;
  }

  placeOf(message: string): MessagePlace | null {
    const interaction = message.slice(0, Math.max(0, message.lastIndexOf('-m')));
    const chapter = this.#chapters.get(interaction);
    const isThere = this.items(interaction)?.some(({ kind, id }) => kind === 'message' && id === message);
    return chapter && isThere ? { channel: CHANNEL, contact: chapter.persona.contact.id } : null;
  }

  #write(interaction: string, { persona, length, startsAt }: Chapter): readonly TranscriptItem[] {
    const random = randomFrom(`${this.#seed}/${interaction}`);
    const exchanges = exchangesIn(persona.language);
    const items: TranscriptItem[] = [];
    const lines = Array.from({ length: Math.ceil(length / 2) }, () => pick(random, exchanges)).flat();
    let session: Session = { id: '', direction: 'inbound', startedAt: startsAt };
    let author = this.#authors[0];
    let at = startsAt;
    for (const [i, line] of lines.slice(0, length).entries()) {
      if (i % MESSAGES_A_SESSION === 0) {
        at = startsAt + (i / MESSAGES_A_SESSION) * DAY + seconds(random, 0, 5 * 3600);
        session = { id: `${interaction}-s${i}`, direction: 'inbound', startedAt: at };
        author = pick(random, this.#authors);
        items.push(sessionItem(session));
      }
      const text = filled(line, random);
      const inbound = i % 2 === 0;
      items.push(
        messageItem({
          ...said(`${interaction}-m${i}`, interaction, session.id, at, text),
          ...(inbound ? {} : answeredBy(author, at)),
        }),
      );
      at += inbound ? seconds(random, 15, 90) : seconds(random, 20, 420);
    }
    return items;
  }
}

function chapterId({ contact }: Persona, index: number): string {
  return `${contact.id}-past-${index + 1}`;
}

function said(id: string, interaction: string, session: string, at: number, text: string): Message {
  return {
    ...UNCHANGED,
    id,
    clientId: null,
    interaction,
    session,
    direction: 'inbound',
    at,
    author: null,
    content: { kind: 'text', text },
    context: null,
    delivery: null,
  };
}

function answeredBy(author: Author, at: number): Partial<Message> {
  const delivery = { state: 'read', at: at + 9_000, error: null } as const;
  return { direction: 'outbound', author, delivery };
}

function filled(line: string, random: Random): string {
  const order = `HP-${10_000 + Math.floor(random() * 480)}`;
  return line.replaceAll('HP-#', order).replaceAll('#', () => String(2 + Math.floor(random() * 78)));
}
