import type { Agent } from './agent.js';
import { contactAddress } from './contact.js';
import type { Interaction } from './interaction.js';

/** What field codes stand for, by code in small letters. */
export type FieldValues = ReadonlyMap<string, string>;

/** A text whose field codes have been filled. */
export interface FilledText {
  readonly text: string;
  /** What stands in the text for codes without a value, in their order, each once: `[Contact.Title]`. */
  readonly unfilled: readonly string[];
}

/** `<$Contact.FirstName$>`, `<$ Contact.FirstName | there $>`: a code of up to 64 characters, and what stands for it where nothing is known, as in Genesys' field codes. */
const FIELD_CODE = /<\$([^<>$|[\]]{1,70})(?:\|([^<>$]{0,400}))?\$>/gu;

/**
 * Puts values in the place of field codes, once: a code in a value stays as it is. What has neither a value nor a default is left as a placeholder for the agent
 * to fill.
 */
export function fillFieldCodes(body: string, values: FieldValues): FilledText {
  const unfilled = new Set<string>();
  const text = body.replace(FIELD_CODE, (whole, code: string, otherwise: string | undefined) => {
    const name = code.trim();
    if (name === '') return whole;
    const value = values.get(name.toLowerCase()) ?? otherwise?.trim();
    if (value !== undefined) return value;
    const placeholder = `[${name}]`;
    unfilled.add(placeholder);
    return placeholder;
  });
  return { text, unfilled: [...unfilled] };
}

export interface FieldSources {
  readonly interaction: Interaction;
  readonly agent: Agent | null;
  /** In which language dates are written: a BCP 47 tag; null for the browser's. */
  readonly language: string | null;
}

/** What is known for the codes of contact, agent and interaction. What is not known, and what is empty, has no entry. */
export function fieldValues({ interaction, agent, language }: FieldSources): FieldValues {
  const { id, contact, session } = interaction;
  const started = dateFormat(language);
  const known: Readonly<Record<string, string | null | undefined>> = {
    ...namesOf('contact', contact.name),
    'contact.id': contact.id,
    'contact.primaryphonenumber': contact.phone === null ? null : contactAddress(contact),
    ...namesOf('agent', agent?.name),
    'interaction.id': id,
    'interaction.datecreated': started.format(session.startedAt),
    'interaction.fromaddress': contactAddress(contact),
    'interaction.timezone': started.resolvedOptions().timeZone,
  };
  return new Map(
    Object.entries(known).flatMap(([code, value]) => {
      const text = value?.replace(UNPRINTABLE, ' ').trim();
      return text ? [[code, text] as const] : [];
    }),
  );
}

/** A language that nobody knows is no reason to insert nothing. */
function dateFormat(language: string | null): Intl.DateTimeFormat {
  const style = { dateStyle: 'long', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(language ?? undefined, style);
  } catch {
    return new Intl.DateTimeFormat(undefined, style);
  }
}

/** Names of contacts are their own choice: what breaks lines, or turns the direction of the text around them, does not come into a message. */
const UNPRINTABLE = /[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]|\p{Cc}/gu;

/** WhatsApp and tokens know whole names only: the first word is taken for the first name, and the rest for the last. */
function namesOf(who: string, name: string | null | undefined): Readonly<Record<string, string>> {
  const whole = name?.trim() ?? '';
  const [first = '', ...rest] = whole.split(/\s+/u);
  return {
    [`${who}.fullname`]: whole,
    [`${who}.firstname`]: first,
    [`${who}.lastname`]: rest.join(' '),
  };
}
