import { isObject, type Fields } from './fields.js';
import { graphError, invalid, missing, type GraphError } from './graph-error.js';

/** What a contact can tap on. */
export interface PhoneChoice {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  /** As the webhook of a tap names it. */
  readonly reply: 'button_reply' | 'list_reply' | 'template';
}

interface Question {
  readonly text: string;
  readonly choices: readonly PhoneChoice[];
}

const LINE = 60;
const BODY = { button: 1024, list: 4096 } as const;

/** Reads a message with reply buttons or a list as the Cloud API does, or says what is wrong with it as the Cloud API does. */
export function readInteractive(interactive: unknown): Question | GraphError {
  if (!isObject(interactive)) return missing('interactive');
  const { type, header, body, footer, action } = interactive;
  if (type !== 'button' && type !== 'list') {
    const details = 'This stand-in plays the types button and list.';
    return graphError(400, 131009, '(#131009) Parameter value is not valid', { details });
  }
  if (!isObject(action)) return missing("interactive['action']");
  if (isObject(header) && header['type'] !== 'text') return invalid('header is no text');
  const fault =
    lengthFault("interactive['body']", isObject(body) ? body['text'] : undefined, BODY[type]) ??
    (header === undefined ? null : lengthFault("interactive['header']", Object(header)['text'], LINE)) ??
    (footer === undefined ? null : lengthFault("interactive['footer']", Object(footer)['text'], LINE));
  if (fault) return fault;
  const choices = type === 'button' ? readButtons(action) : readList(action);
  return Array.isArray(choices) ? { text: String(Object(body)['text']), choices } : (choices as GraphError);
}

function readButtons({ buttons }: Fields): readonly PhoneChoice[] | GraphError {
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > 3)
    return invalid('there must be 1 to 3 buttons');
  const replies = buttons.map((button: unknown) => Object(Object(button)['reply']) as Fields);
  return readChoices(replies, { title: 20, id: 256, reply: 'button_reply' });
}

function readList({ button, sections }: Fields): readonly PhoneChoice[] | GraphError {
  const fault = lengthFault("action['button']", button, 20);
  if (fault) return fault;
  if (!Array.isArray(sections) || sections.length === 0 || sections.length > 10)
    return invalid('there must be 1 to 10 sections');
  const rows: Fields[] = [];
  for (const section of sections as readonly unknown[]) {
    const { title, rows: own } = Object(section) as Fields;
    if (sections.length > 1 || title !== undefined) {
      const untitled = lengthFault("section['title']", title, 24);
      if (untitled) return untitled;
    }
    if (!Array.isArray(own) || own.length === 0) return invalid('a section has no rows');
    rows.push(...own.map((row: unknown) => Object(row) as Fields));
  }
  if (rows.length > 10) return invalid('there must be at most 10 rows');
  return readChoices(rows, { title: 24, id: 200, reply: 'list_reply' });
}

function readChoices(
  all: readonly Fields[],
  limits: { readonly title: number; readonly id: number; readonly reply: 'button_reply' | 'list_reply' },
): readonly PhoneChoice[] | GraphError {
  for (const { id, title, description } of all) {
    const fault =
      lengthFault("['id']", id, limits.id) ??
      lengthFault("['title']", title, limits.title) ??
      (description === undefined ? null : lengthFault("['description']", description, 72));
    if (fault) return fault;
  }
  if (new Set(all.map(({ id }) => id)).size < all.length) return invalid('ids must be unique');
  if (limits.reply === 'button_reply' && new Set(all.map(({ title }) => title)).size < all.length)
    return invalid('titles of buttons must be unique');
  return all.map(({ id, title, description = null }) => ({
    id: String(id),
    title: String(title),
    description: typeof description === 'string' ? description : null,
    reply: limits.reply,
  }));
}

function lengthFault(parameter: string, text: unknown, limit: number): GraphError | null {
  if (typeof text !== 'string' || text.trim() === '') return missing(parameter);
  if ([...text].length <= limit) return null;
  return graphError(400, 100, `(#100) Param ${parameter} must be at most ${limit} characters long.`);
}
