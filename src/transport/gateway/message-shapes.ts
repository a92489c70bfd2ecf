import { mediaContent, NO_CONTEXT, UNCHANGED } from '../../model/index.js';
import type {
  Author,
  Choice,
  ChoiceList,
  ContactCard,
  Content,
  ContentKind,
  Delivery,
  DeliveryError,
  EventBodies,
  FormerText,
  InteractiveContent,
  MediaContent,
  TemplateContent,
  MediaNews,
  MediaRef,
  MediaStatus,
  Message,
  MessageChange,
  MessageChangeKind,
  MessageBatch,
  MessageContext,
  OrderLine,
  Pricing,
  Reaction,
  ReactionTrouble,
  Referral,
  ReplyButtons,
} from '../../model/index.js';
import {
  bool,
  defaulted,
  either,
  integer,
  knownOr,
  list,
  nullable,
  number,
  object,
  optional,
  own,
  record,
  string as text,
  stringOrNull as textOrNull,
  tag,
  tagged,
} from './shape.js';
import type { Shape } from './shape.js';

// Lists of words that later versions may lengthen are read as any text.
const numberOrNull = nullable(number);
/** What an older gateway does not tell. */
const later = <T>(shape: Shape<T>): Shape<T | null> => defaulted(nullable(shape), null);
const laterText = later(text);
const laterNumber = later(number);

const deliveryError = object<DeliveryError>({ code: numberOrNull, detail: text });
const mediaRef = object<MediaRef>({ id: text });

const statuses: { readonly [S in MediaStatus]: true } = {
  wanted: true,
  fetching: true,
  stored: true,
  gone: true,
  refused: true,
};

/** Of a status that this version does not know, the file is not here yet as far as it can tell. */
const mediaStatus = knownOr(statuses, 'wanted');

const NO_MEDIA = mediaContent('document');
const mediaNews: { readonly [K in keyof MediaNews]: Shape<MediaNews[K]> } = {
  media: defaulted(nullable(mediaRef), NO_MEDIA.media),
  status: defaulted(mediaStatus, NO_MEDIA.status),
  mimeType: textOrNull,
  bytes: laterNumber,
  width: laterNumber,
  height: laterNumber,
  duration: laterNumber,
  waveform: defaulted(nullable(list(number)), NO_MEDIA.waveform),
  error: defaulted(nullable(deliveryError), NO_MEDIA.error),
};

const media = object<MediaContent>({
  ...mediaNews,
  kind: tag,
  fileName: textOrNull,
  caption: textOrNull,
  voice: bool,
  animated: defaulted(bool, false),
  sha256: laterText,
});

const card = object<ContactCard>({
  name: text,
  organization: textOrNull,
  phones: list(object({ phone: text, type: textOrNull, waId: textOrNull })),
  emails: list(object({ email: text, type: textOrNull })),
});

const orderLine = object<OrderLine>({
  product: text,
  quantity: number,
  price: numberOrNull,
  currency: textOrNull,
});

const choice = { id: text, title: text };
const row = object<Choice & { readonly description: string | null }>({ ...choice, description: textOrNull });
const actions = {
  buttons: object<ReplyButtons>({ kind: tag, buttons: list(object<Choice>(choice)) }),
  list: object<ChoiceList>({
    kind: tag,
    button: text,
    sections: list(object({ title: textOrNull, rows: list(row) })),
  }),
};

const location = object<ContentAs<'location'>>({
  kind: tag,
  latitude: number,
  longitude: number,
  name: textOrNull,
  address: textOrNull,
  url: laterText,
});

const contents: { readonly [K in ContentKind]: Shape<Content> } = {
  text: object<ContentAs<'text'>>({ kind: tag, text }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location,
  contacts: object<ContentAs<'contacts'>>({ kind: tag, cards: list(card) }),
  reaction: object<ContentAs<'reaction'>>({ kind: tag, emoji: textOrNull, message: optional(text) }),
  reply: object<ContentAs<'reply'>>({
    kind: tag,
    source: text,
    title: text,
    description: textOrNull,
    id: laterText,
    fields: defaulted(list(object({ name: text, value: text })), []),
  }),
  order: object<ContentAs<'order'>>({
    kind: tag,
    itemCount: number,
    items: defaulted(list(orderLine), []),
    catalog: laterText,
    text: textOrNull,
  }),
  template: object<ContentAs<'template'>>({
    kind: tag,
    name: text,
    language: text,
    header: textOrNull,
    body: text,
    footer: textOrNull,
    buttons: list(text),
    above: optional(tagged<NonNullable<TemplateContent['above']>>('kind', { location }, media)),
  }),
  interactive: object<ContentAs<'interactive'>>({
    kind: tag,
    header: textOrNull,
    body: text,
    footer: textOrNull,
    action: tagged<InteractiveContent['action']>('kind', actions),
  }),
  system: object<ContentAs<'system'>>({ kind: tag, text, event: laterText }),
  edited: object<ContentAs<'edited'>>({ kind: tag, text: textOrNull }),
  deleted: object<ContentAs<'deleted'>>({ kind: tag }),
  unsupported: object<ContentAs<'unsupported'>>({
    kind: tag,
    label: text,
    detail: textOrNull,
    code: laterNumber,
  }),
};

/** A kind that this version does not know, or a known one that does not look as it should, stays visible: one odd message must not end the link. */
const content: Shape<Content> = either(tagged<Content>('kind', contents), (value, at) => ({
  kind: 'unsupported' as const,
  label: text(own(record(value, at), 'kind'), `${at}.kind`),
  detail: null,
  code: null,
}));

export const contentKind: Shape<ContentKind> = knownOr(contents, 'unsupported');

export const delivery = object<Delivery>({
  state: text,
  at: number,
  error: nullable(deliveryError),
  pricing: optional(
    object<Pricing>({ billable: bool, model: textOrNull, type: textOrNull, category: textOrNull }),
  ),
});

const author: Shape<Author | null> = nullable(object<Author>({ id: text, name: text }));
const trouble = optional(object<ReactionTrouble>({ state: text, error: nullable(deliveryError) }));
const reaction = object<Reaction>({ by: author, emoji: textOrNull, at: number, trouble });
const former = list(object<FormerText>({ text, at: number }));

const context = object<MessageContext>({
  reply: defaulted(bool, NO_CONTEXT.reply),
  replyTo: textOrNull,
  forwarded: bool,
  forwardedOften: defaulted(bool, NO_CONTEXT.forwardedOften),
  referral: later(
    object<Referral>({
      source: textOrNull,
      id: textOrNull,
      url: textOrNull,
      headline: textOrNull,
      body: textOrNull,
      mediaUrl: textOrNull,
      click: textOrNull,
    }),
  ),
  product: later(object({ catalog: textOrNull, product: text })),
});

export const message = object<Message>({
  id: text,
  clientId: textOrNull,
  interaction: text,
  session: text,
  direction: text,
  at: number,
  author,
  content,
  context: nullable(context),
  batch: optional(object<MessageBatch>({ id: text, index: number, of: number })),
  delivery: nullable(delivery),
  rev: defaulted(integer(0), UNCHANGED.rev),
  reactions: defaulted(list(reaction), UNCHANGED.reactions),
  editedAt: laterNumber,
  former: defaulted(former, UNCHANGED.former),
  deletedAt: laterNumber,
});

const changes: { readonly [K in MessageChangeKind]: Shape<MessageChange> } = {
  reaction: object<ChangeAs<'reaction'>>({
    kind: tag,
    by: author,
    emoji: textOrNull,
    at: number,
    trouble,
  }),
  edit: object<ChangeAs<'edit'>>({ kind: tag, text: textOrNull, at: number, former }),
  deletion: object<ChangeAs<'deletion'>>({ kind: tag, at: number }),
  media: object<ChangeAs<'media'>>({ ...mediaNews, kind: tag }),
  replacement: object<ChangeAs<'replacement'>>({
    kind: tag,
    content,
    context: nullable(context),
  }),
};

/** Body of `message-changed`. A change of a kind that this version does not know does not fit: the event is then one that it cannot show. */
export const messageChanged = object<EventBodies['message-changed']>({
  message: text,
  rev: integer(1),
  change: tagged<MessageChange>('kind', changes),
});

type ContentAs<K extends ContentKind> = Extract<Content, { readonly kind: K }>;
type ChangeAs<K extends MessageChangeKind> = Extract<MessageChange, { readonly kind: K }>;
