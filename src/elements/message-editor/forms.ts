import { INTERACTIVE_LIMITS, readDegrees } from '../../model/index.js';
import type { ContactCard, InteractiveContent, OutboundContent } from '../../model/index.js';

/** What can be composed with a form. */
export const COMPOSED_KINDS = ['location', 'contacts', 'buttons', 'list'] as const;

export type ComposedKind = (typeof COMPOSED_KINDS)[number];

export interface LocationForm {
  readonly kind: 'location';
  /** What was pasted; the numbers count. */
  readonly link: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly name: string;
  readonly address: string;
}

export interface ContactsForm {
  readonly kind: 'contacts';
  readonly name: string;
  readonly organization: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}

interface Question {
  readonly header: string;
  readonly body: string;
  readonly footer: string;
}

export interface ButtonsForm extends Question {
  readonly kind: 'buttons';
  readonly buttons: readonly string[];
}

export interface ListRow {
  readonly title: string;
  readonly description: string;
}

export interface ListSection {
  readonly title: string;
  readonly rows: readonly ListRow[];
}

export interface ListForm extends Question {
  readonly kind: 'list';
  readonly button: string;
  readonly sections: readonly ListSection[];
}

/** What stands in the fields, as it was typed. */
export type Form = LocationForm | ContactsForm | ButtonsForm | ListForm;

export const EMPTY_ROW: ListRow = { title: '', description: '' };
export const EMPTY_SECTION: ListSection = { title: '', rows: [EMPTY_ROW] };

const QUESTION: Question = { header: '', body: '', footer: '' };
const EMPTY: { readonly [K in ComposedKind]: Extract<Form, { readonly kind: K }> } = {
  location: { kind: 'location', link: '', latitude: '', longitude: '', name: '', address: '' },
  contacts: { kind: 'contacts', name: '', organization: '', phones: [''], emails: [] },
  buttons: { kind: 'buttons', ...QUESTION, buttons: [''] },
  list: { kind: 'list', ...QUESTION, button: '', sections: [EMPTY_SECTION] },
};

export function emptyForm(kind: ComposedKind): Form {
  return EMPTY[kind];
}

/** The message as far as it is filled in; null while there is not enough of it to be seen. */
export function contentOf(form: Form): OutboundContent | null {
  switch (form.kind) {
    case 'location': {
      const latitude = readDegrees(form.latitude, 90);
      const longitude = readDegrees(form.longitude, 180);
      if (latitude === null || longitude === null) return null;
      return {
        kind: 'location',
        latitude,
        longitude,
        name: filled(form.name),
        address: filled(form.address),
      };
    }
    case 'contacts':
      return filled(form.name) === null ? null : { kind: 'contacts', cards: [cardOf(form)] };
    case 'buttons':
      return { ...questionOf(form), action: { kind: 'buttons', buttons: form.buttons.map(choice) } };
    case 'list':
      return { ...questionOf(form), action: listOf(form) };
  }
}

function cardOf({ name, organization, phones, emails }: ContactsForm): ContactCard {
  const words = (all: readonly string[]): readonly string[] => all.flatMap((one) => filled(one) ?? []);
  return {
    name: name.trim(),
    organization: filled(organization),
    phones: words(phones).map((phone) => ({ phone, type: null, waId: null })),
    emails: words(emails).map((email) => ({ email, type: null })),
  };
}

function questionOf({ header, body, footer }: Question): Omit<InteractiveContent, 'action'> {
  return { kind: 'interactive', header: filled(header), body: body.trim(), footer: filled(footer) };
}

/** The ids come back with what the contact taps on; the title says what it was. */
function choice(title: string, index: number): { readonly id: string; readonly title: string } {
  return { id: String(index + 1), title: title.trim() };
}

function listOf({ button, sections }: ListForm): InteractiveContent['action'] {
  let count = 0;
  return {
    kind: 'list',
    button: button.trim(),
    sections: sections.map(({ title, rows }) => ({
      title: filled(title),
      rows: rows.map((row) => ({ ...choice(row.title, count++), description: filled(row.description) })),
    })),
  };
}

/** null for what is left empty. */
function filled(text: string): string | null {
  return text.trim() || null;
}

/** How many rows there are in all sections. */
export function rowCount({ sections }: ListForm): number {
  return sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** The longest text of each field, by the name of the field without its place; fields that are not here have no limit of WhatsApp's. */
export function limitOf(form: Form, field: string): number | null {
  const { line, bodyOfButtons, bodyOfList, buttonTitle, title, description } = INTERACTIVE_LIMITS;
  if (form.kind === 'location' || form.kind === 'contacts') return null;
  const limits: Readonly<Record<string, number>> = {
    header: line,
    footer: line,
    body: form.kind === 'list' ? bodyOfList : bodyOfButtons,
    button: buttonTitle,
    section: title,
    row: title,
    description,
  };
  return limits[field.split('-', 1)[0] ?? ''] ?? null;
}
