import type { Choice, InteractiveContent } from './content.js';
import { textLength } from './text.js';

/** What WhatsApp takes of a message with buttons or a list; lengths in characters (code points). */
export const INTERACTIVE_LIMITS = {
  /** Of a header and of a footer. */
  line: 60,
  bodyOfButtons: 1024,
  bodyOfList: 4096,
  buttons: 3,
  buttonTitle: 20,
  /** Over all sections. */
  rows: 10,
  /** Of a section and of a row. */
  title: 24,
  description: 72,
  id: 200,
} as const;

/** What WhatsApp would refuse of a message with buttons or a list, as an English sentence; null when it takes it. */
export function interactiveFault({ header, body, footer, action }: InteractiveContent): string | null {
  const isList = action.kind === 'list';
  const { line, bodyOfButtons, bodyOfList } = INTERACTIVE_LIMITS;
  return (
    textFault('body', body, isList ? bodyOfList : bodyOfButtons) ??
    (header === null ? null : textFault('header', header, line)) ??
    (footer === null ? null : textFault('footer', footer, line)) ??
    (isList ? listFault(action) : buttonsFault(action.buttons))
  );
}

/** All that a contact can tap on, in its order. */
export function choicesOf({ action }: InteractiveContent): readonly Choice[] {
  return action.kind === 'list' ? action.sections.flatMap(({ rows }) => rows) : action.buttons;
}

function buttonsFault(buttons: readonly Choice[]): string | null {
  const { buttons: most, buttonTitle } = INTERACTIVE_LIMITS;
  if (buttons.length === 0 || buttons.length > most)
    return `There are ${buttons.length} buttons; 1 to ${most} are sent.`;
  const titles = new Set(buttons.map(({ title }) => title.trim()));
  if (titles.size < buttons.length) return 'Two buttons have the same title.';
  return choicesFault('button', buttons, buttonTitle);
}

function listFault({
  button,
  sections,
}: Extract<InteractiveContent['action'], { kind: 'list' }>): string | null {
  const { buttonTitle, rows: most, title: longest, description: longestDescription } = INTERACTIVE_LIMITS;
  const rows = sections.flatMap((section) => section.rows);
  if (rows.length === 0 || rows.length > most)
    return `The list has ${rows.length} rows; 1 to ${most} are sent.`;
  for (const { title, rows: own } of sections) {
    if (own.length === 0) return 'A section of the list has no rows.';
    if (title === null && sections.length > 1) return 'A section among several has no title.';
    const fault = title === null ? null : textFault('section', title, longest);
    if (fault !== null) return fault;
  }
  for (const { description } of rows) {
    const fault = description === null ? null : textFault('description', description, longestDescription);
    if (fault !== null) return fault;
  }
  return textFault('button of the list', button, buttonTitle) ?? choicesFault('row', rows, longest);
}

function choicesFault(what: string, choices: readonly Choice[], longest: number): string | null {
  if (new Set(choices.map(({ id }) => id)).size < choices.length) return `Two of the ids are the same.`;
  for (const { id, title } of choices) {
    const fault = textFault(what, title, longest) ?? textFault('id', id, INTERACTIVE_LIMITS.id);
    if (fault !== null) return fault;
  }
  return null;
}

function textFault(what: string, text: string, limit: number): string | null {
  if (text.trim() === '') return `The ${what} is empty.`;
  const length = textLength(text);
  return length <= limit ? null : `The ${what} has ${length} characters; WhatsApp takes ${limit}.`;
}
