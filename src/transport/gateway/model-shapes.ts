import type {
  Agent,
  Contact,
  Content,
  ContentKind,
  Cursor,
  Delivery,
  Interaction,
  MediaContent,
  Message,
  MessageContext,
  MessagePreview,
  Policy,
  Receipt,
  Refusal,
  RefusalKind,
  Session,
  Snapshot,
  TranscriptItem,
  TranscriptPage,
  Workbin,
  WorkbinPage,
} from '../../model/index.js';
import {
  bool,
  either,
  integer,
  list,
  misfit,
  nullable,
  number,
  object,
  oneOf,
  own,
  record,
  string,
  tagged,
} from './shape.js';
import type { Shape } from './shape.js';

const text = string();
const textOrNull = nullable(text);
const seq = integer(0);
const direction = oneOf('inbound', 'outbound');

const mediaKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;
const media = object<MediaContent>({
  kind: oneOf(...mediaKinds),
  mediaId: textOrNull,
  mimeType: textOrNull,
  fileName: textOrNull,
  caption: textOrNull,
  voice: bool,
});

const contents: { readonly [K in ContentKind]: Shape<Content> } = {
  text: object<ContentAs<'text'>>({ kind: oneOf('text'), text }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location: object<ContentAs<'location'>>({
    kind: oneOf('location'),
    latitude: number,
    longitude: number,
    name: textOrNull,
    address: textOrNull,
  }),
  contacts: object<ContentAs<'contacts'>>({ kind: oneOf('contacts'), names: list(text) }),
  reaction: object<ContentAs<'reaction'>>({ kind: oneOf('reaction'), emoji: textOrNull, target: text }),
  reply: object<ContentAs<'reply'>>({
    kind: oneOf('reply'),
    source: oneOf('button', 'list', 'flow'),
    title: text,
    description: textOrNull,
  }),
  order: object<ContentAs<'order'>>({ kind: oneOf('order'), itemCount: number, text: textOrNull }),
  system: object<ContentAs<'system'>>({ kind: oneOf('system'), text }),
  edited: object<ContentAs<'edited'>>({ kind: oneOf('edited'), target: text, text: textOrNull }),
  deleted: object<ContentAs<'deleted'>>({ kind: oneOf('deleted'), target: text }),
  unsupported: object<ContentAs<'unsupported'>>({
    kind: oneOf('unsupported'),
    label: text,
    detail: textOrNull,
  }),
};

/** A kind that this version does not know, or a known one that does not look as it should, stays visible: one odd message must not end the link. */
const content = either(tagged<Content>('kind', contents), (value, at) => ({
  kind: 'unsupported' as const,
  label: text(own(record(value, at), 'kind'), `${at}.kind`),
  detail: null,
}));

const contentKind: Shape<ContentKind> = (value, at) => {
  const kind = text(value, at);
  return Object.hasOwn(contents, kind) ? (kind as ContentKind) : 'unsupported';
};

export const delivery = object<Delivery>({
  state: oneOf('queued', 'sending', 'unknown', 'sent', 'failed', 'delivered', 'read', 'played'),
  at: number,
  error: nullable(object({ code: nullable(number), detail: text })),
});

export const message = object<Message>({
  id: text,
  clientId: textOrNull,
  interaction: text,
  session: text,
  direction,
  at: number,
  author: nullable(object({ id: text, name: text })),
  content,
  context: nullable(object<MessageContext>({ replyTo: textOrNull, forwarded: bool })),
  delivery: nullable(delivery),
});

export const session = object<Session>({ id: text, direction, startedAt: number });

const pendency = object({ since: number, count: number });

export const interaction = object<Interaction>({
  id: text,
  channel: text,
  contact: object<Contact>({
    id: text,
    name: textOrNull,
    username: textOrNull,
    phone: textOrNull,
    bsuid: textOrNull,
  }),
  state: oneOf('queued', 'offered', 'active', 'parked', 'done'),
  version: number,
  createdAt: number,
  session,
  agent: textOrNull,
  formerAgent: textOrNull,
  offer: nullable(object({ agent: text, expiresAt: number })),
  passes: list(object({ agent: text, at: number })),
  parking: nullable(object({ workbin: text, by: text, at: number })),
  pendency: nullable(pendency),
  answered: nullable(object({ pendency, messages: list(text) })),
  windowClosesAt: nullable(number),
  lastMessage: nullable(
    object<MessagePreview>({ id: text, direction, at: number, kind: contentKind, text: textOrNull }),
  ),
});

export const agent = object<Agent>({
  id: text,
  name: text,
  status: oneOf('ready', 'not-ready'),
  reason: textOrNull,
});

export const policy = object<Policy>({
  pendingWarning: number,
  pendingCritical: number,
  offerTimeout: number,
  agentCapacity: number,
  textLimit: number,
});

export const snapshot = object<Snapshot>({
  seq,
  agent,
  interactions: list(interaction),
  workbins: list(object<Workbin>({ id: text, name: text, owner: textOrNull, count: number })),
});

const refusalKinds: { readonly [K in RefusalKind]: true } = {
  'not-found': true,
  'not-yours': true,
  taken: true,
  'offer-ended': true,
  conflict: true,
  'window-closed': true,
  'text-empty': true,
  'text-too-long': true,
  invalid: true,
  'id-reused': true,
  unavailable: true,
};

/** A kind that this version does not know keeps its sentence. */
const refusalKind: Shape<RefusalKind> = (value, at) => {
  const kind = text(value, at);
  return Object.hasOwn(refusalKinds, kind) ? (kind as RefusalKind) : 'invalid';
};

export const refusal = object<Refusal>({ kind: refusalKind, sentence: text, retryable: bool });

const carriedOut = object<Extract<Receipt, { ok: true }>>({ id: text, ok: literally(true), seq });
const refused = object<Extract<Receipt, { ok: false }>>({
  id: text,
  ok: literally(false),
  error: refusal,
  seq,
});

export const receipt: Shape<Receipt> = (value, at) =>
  own(record(value, at), 'ok') === true ? carriedOut(value, at) : refused(value, at);

const cursor = object<Cursor>({ epoch: text, seq });

const item = tagged<TranscriptItem>(
  'kind',
  {
    message: object<ItemAs<'message'>>({ kind: oneOf('message'), id: text, at: number, message }),
    session: object<ItemAs<'session'>>({ kind: oneOf('session'), id: text, at: number, session }),
    'unknown-event': object<ItemAs<'unknown-event'>>({
      kind: oneOf('unknown-event'),
      id: text,
      at: number,
      type: text,
    }),
  },
  unknownItem,
);

export const transcriptPage = object<TranscriptPage>({
  items: list(item),
  more: bool,
  earlier: textOrNull,
  cursor,
});

export const workbinPage = object<WorkbinPage>({ interactions: list(interaction), more: bool, cursor });

type ContentAs<K extends ContentKind> = Extract<Content, { readonly kind: K }>;
type ItemAs<K extends TranscriptItem['kind']> = Extract<TranscriptItem, { readonly kind: K }>;

/** An item of a later version becomes the notice that stands for what cannot be shown. */
function unknownItem(value: unknown, at: string): TranscriptItem {
  const source = object({ kind: text, id: text, at: number })(value, at);
  return { kind: 'unknown-event', id: source.id, at: source.at, type: source.kind };
}

export function literally<T extends boolean>(expected: T): Shape<T> {
  return (value, at) => (bool(value, at) === expected ? expected : misfit(at, String(expected)));
}
