/** What an agent may send, read strictly: lengths are bounded, so that a frame always fits. */
import type {
  ChoiceList,
  Choice,
  ContactCard,
  InteractiveContent,
  MediaRef,
  MessageBatch,
  OutboundContactCards,
  OutboundContent,
  OutboundKind,
  OutboundLocation,
  OutboundMedia,
  OutboundReaction,
  OutboundTemplate,
  ReplyButtons,
  TemplateHeaderValue,
  TemplateValues,
  TextContent,
} from '../../model/index.js';
import {
  identifier,
  integerUpTo,
  listUpTo,
  nullable,
  object,
  oneOf,
  presentOnly,
  prose,
  read,
  rangeOf,
  table,
  tagged,
} from './shape.js';
import type { Reading, Shape } from './shape.js';

// More than WhatsApp takes, so that a text which is merely too long gets the refusal that says so, with its count; and little enough that it fits
// into a frame however it is escaped.
const MAX_TEXT = 10_000;
const MAX_CAPTION = 5_000;
const MAX_VALUE = 2_000;
const MAX_VALUES = 50;
const MAX_PARAMETER = 64;
// WhatsApp takes names of templates up to this.
const MAX_TEMPLATE = 512;
const MAX_LANGUAGE = 32;
// The longest emoji are sequences of a dozen characters.
const MAX_EMOJI = 64;
const MAX_LINE = 1_000;
const MAX_CARDS = 20;
const MAX_ENTRIES = 20;
const MAX_BATCH = 100;
// More than WhatsApp takes, as above.
const MAX_BUTTONS = 10;
const MAX_ROWS = 20;

const id = identifier(128);
const line = prose(MAX_LINE);
const values = table(prose(MAX_VALUE), MAX_PARAMETER, MAX_VALUES);

const card = object<ContactCard>({
  name: line,
  organization: nullable(line),
  phones: listUpTo(object({ phone: line, type: nullable(line), waId: nullable(line) }), MAX_ENTRIES),
  emails: listUpTo(object({ email: line, type: nullable(line) }), MAX_ENTRIES),
});

const choice = object<Choice>({ id: identifier(MAX_VALUE), title: line });
const row = object<Choice & { readonly description: string | null }>({
  id: identifier(MAX_VALUE),
  title: line,
  description: nullable(line),
});
const section = object<ChoiceList['sections'][number]>({
  title: nullable(line),
  rows: listUpTo(row, MAX_ROWS),
});

const place = {
  latitude: rangeOf(-90, 90),
  longitude: rangeOf(-180, 180),
  name: nullable(line),
  address: nullable(line),
} as const;

const kinds: { readonly [K in OutboundKind]: Shape<Extract<OutboundContent, { readonly kind: K }>> } = {
  text: object<TextContent>({ kind: oneOf('text'), text: prose(MAX_TEXT) }),
  media: object<OutboundMedia>({
    kind: oneOf('media'),
    as: oneOf('image', 'video', 'audio', 'voice', 'document', 'sticker'),
    upload: id,
    media: nullable(object<MediaRef>({ id })),
    fileName: nullable(line),
    caption: nullable(prose(MAX_CAPTION)),
  }),
  template: object<OutboundTemplate>({
    kind: oneOf('template'),
    name: identifier(MAX_TEMPLATE),
    language: identifier(MAX_LANGUAGE),
    values: object<TemplateValues>({ header: values, body: values, buttons: values }),
    header: presentOnly(
      tagged<TemplateHeaderValue>('kind', {
        media: object<Extract<TemplateHeaderValue, { kind: 'media' }>>({
          kind: oneOf('media'),
          media: object<MediaRef>({ id }),
          fileName: nullable(line),
        }),
        location: object<Extract<TemplateHeaderValue, { kind: 'location' }>>({
          kind: oneOf('location'),
          ...place,
        }),
      }),
    ),
    // It is the desk's own.
    shown: () => undefined,
  }),
  reaction: object<OutboundReaction>({
    kind: oneOf('reaction'),
    message: id,
    emoji: nullable(prose(MAX_EMOJI)),
  }),
  location: object<OutboundLocation>({
    kind: oneOf('location'),
    ...place,
  }),
  contacts: object<OutboundContactCards>({ kind: oneOf('contacts'), cards: listUpTo(card, MAX_CARDS) }),
  interactive: object<InteractiveContent>({
    kind: oneOf('interactive'),
    header: nullable(line),
    body: prose(MAX_TEXT),
    footer: nullable(line),
    action: tagged<InteractiveContent['action']>('kind', {
      buttons: object<ReplyButtons>({ kind: oneOf('buttons'), buttons: listUpTo(choice, MAX_BUTTONS) }),
      list: object<ChoiceList>({ kind: oneOf('list'), button: line, sections: listUpTo(section, MAX_ROWS) }),
    }),
  }),
};

export const outboundContent = tagged<OutboundContent>('kind', kinds);

/** Reads what is to be sent, wherever it comes from. */
export function readOutboundContent(value: unknown): Reading<OutboundContent> {
  return read(outboundContent, value, 'content');
}

export const batch = object<MessageBatch>({
  id,
  index: integerUpTo(0, MAX_BATCH - 1),
  of: integerUpTo(1, MAX_BATCH),
});
