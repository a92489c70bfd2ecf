import { DEFAULT_POLICY } from '../../model/index.js';
import type {
  Agent,
  ChannelHealth,
  CommandName,
  CommandResults,
  Contact,
  Cursor,
  DomainEvent,
  FailureNotice,
  FileLimit,
  FileLimits,
  Interaction,
  MergedContacts,
  MessagePreview,
  Policy,
  Queries,
  QueryName,
  Receipt,
  Refusal,
  SendingTrouble,
  Session,
  Snapshot,
  TeamWorkbin,
  TranscriptItem,
  TranscriptPage,
  TranscriptPlace,
  UnknownEvent,
  Workbin,
  WorkbinPage,
} from '../../model/index.js';
import { contentKind, message } from './message-shapes.js';
import {
  bool,
  either,
  fittingOf,
  integer,
  knownOr,
  list,
  misfit,
  nullable,
  number,
  object,
  optional,
  orElse,
  own,
  read,
  record,
  string as text,
  stringOrNull as textOrNull,
  tag,
  tagged,
} from './shape.js';
import type { AnyReceipt } from './frames.js';
import type { Reading, Shape } from './shape.js';

/** A place in the log. */
export const seq = integer(0);
// Lists that later versions may lengthen are read as any text.
const direction = text;

export const session = object<Session>({ id: text, direction, startedAt: number });

const pendency = object({ since: number, count: number });

const contact = object<Contact>({
  id: text,
  name: textOrNull,
  username: textOrNull,
  phone: textOrNull,
  bsuid: textOrNull,
});

export const mergedContacts = object<MergedContacts>({ kept: contact, ended: contact });

export const failureNotice = object<FailureNotice>({
  author: text,
  contact,
  text: textOrNull,
  state: text,
  workbin: textOrNull,
  into: optional(text),
});

export const interaction = object<Interaction>({
  id: text,
  channel: text,
  contact,
  state: text,
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
  mergedInto: optional(text),
  joined: optional(list(text)),
});

export const agent = object<Agent>({
  id: text,
  name: text,
  status: text,
  reason: textOrNull,
});

const fileLimit = optional(object<FileLimit>({ types: list(text), bytes: integer(0) }));
const fileLimits = object<Partial<FileLimits>>({
  image: fileLimit,
  video: fileLimit,
  audio: fileLimit,
  document: fileLimit,
  sticker: fileLimit,
});

const receipts = { never: true, seen: true, answered: true } as const;
const typing = { never: true, seen: true, writing: true } as const;

/** What an older contact centre does not say is as usual. */
export const policy = object<Policy>({
  pendingWarning: orElse(number, DEFAULT_POLICY.pendingWarning),
  pendingCritical: orElse(number, DEFAULT_POLICY.pendingCritical),
  offerTimeout: orElse(number, DEFAULT_POLICY.offerTimeout),
  agentCapacity: orElse(number, DEFAULT_POLICY.agentCapacity),
  textLimit: orElse(number, DEFAULT_POLICY.textLimit),
  notReadyReasons: orElse(list(text), DEFAULT_POLICY.notReadyReasons),
  files: orElse(optional(fileLimits), undefined),
  readReceipts: optional(knownOr<NonNullable<Policy['readReceipts']>>(receipts, 'never')),
  typingIndicator: optional(knownOr<NonNullable<Policy['typingIndicator']>>(typing, 'never')),
});

const troubles: { readonly [T in SendingTrouble]: true } = {
  access: true,
  restricted: true,
  payment: true,
  registration: true,
  outage: true,
  rate: true,
  other: true,
};

const trouble = knownOr(troubles, 'other');

export const channelHealth = object<ChannelHealth>({
  channel: text,
  trouble: nullable(trouble),
  code: nullable(number),
  since: number,
});

const teamWorkbin = { id: text, name: text, closed: optional(bool) };
const workbin = object<Workbin>({ ...teamWorkbin, owner: textOrNull, count: number });
/** The team's workbins as `centre-changed` has them. */
export const teamWorkbins = list(object<TeamWorkbin>(teamWorkbin));

export const snapshotWith = (event: Shape<DomainEvent | UnknownEvent>): Shape<Snapshot> =>
  object<Snapshot>({
    seq,
    agent,
    interactions: fittingOf(interaction),
    workbins: fittingOf(workbin),
    troubles: optional(fittingOf(channelHealth)),
    failures: optional(fittingOf(event)),
  });

/** A refusal that can hardly be read is one all the same: whoever waits for it must not ask for ever. */
export const refusal = orElse(
  object<Refusal>({ kind: text, sentence: orElse(text, ''), retryable: orElse(bool, false) }),
  { kind: 'invalid', sentence: 'The answer could not be read.', retryable: false },
);

const carriedOut = object<Extract<AnyReceipt, { ok: true }>>({
  id: text,
  ok: literally(true),
  seq: orElse(seq, 0),
  result: (value = null) => value,
});
const refused = object<Extract<Receipt, { ok: false }>>({
  id: text,
  ok: () => false,
  error: refusal,
  seq: orElse(seq, 0),
});

/** Which command's it is nobody knows here; what it brings is read by who sent the command. */
export const receipt: Shape<AnyReceipt> = (value, at) =>
  own(record(value, at), 'ok') === true ? carriedOut(value, at) : refused(value, at);

export const cursor = object<Cursor>({ epoch: text, seq });

export const item = either(
  tagged<TranscriptItem>('kind', {
    message: object<ItemAs<'message'>>({ kind: tag, id: text, at: number, message }),
    session: object<ItemAs<'session'>>({ kind: tag, id: text, at: number, session }),
    merge: object<ItemAs<'merge'>>({ kind: tag, id: text, at: number, contacts: mergedContacts }),
    'unknown-event': object<ItemAs<'unknown-event'>>({
      kind: tag,
      id: text,
      at: number,
      type: text,
    }),
  }),
  unknownItem,
);

export const transcriptPlace = nullable(object<TranscriptPlace>({ interaction: text, before: textOrNull }));

/** Queries that every desk asks; the results of the others are read by `part-shapes.ts`. */
export type UsualQuery = 'transcript' | 'workbin';

const queryResults: { readonly [N in UsualQuery]: Shape<Queries[N]['result']> } = {
  transcript: object<TranscriptPage>({ items: fittingOf(item), next: transcriptPlace, cursor }),
  workbin: object<WorkbinPage>({ items: fittingOf(interaction), next: textOrNull, cursor }),
};

const nothing = (): null => null;

/** Of commands with a result; to those of which the events say all belongs none. */
const commandResults: {
  readonly [N in CommandName as CommandResults[N] extends null ? never : N]: Shape<CommandResults[N]>;
} = {};

export function isUsual(name: QueryName): name is UsualQuery {
  return Object.hasOwn(queryResults, name);
}

/** Reads the answer to a query, by the query's name. */
export function readResult<N extends UsualQuery>(name: N, value: unknown): Reading<Queries[N]['result']> {
  return read(queryResults[name], value, 'result');
}

/** Reads what a receipt brings, by the command's name. */
export function readCommandResult<N extends CommandName>(
  name: N,
  value: unknown,
): Reading<CommandResults[N]> {
  const shapes: { readonly [K in CommandName]?: Shape<CommandResults[K]> } = commandResults;
  return read(shapes[name] ?? nothing, value, 'receipt.result');
}

type ItemAs<K extends TranscriptItem['kind']> = Extract<TranscriptItem, { readonly kind: K }>;

/** An item of a later version, or one that does not fit, becomes the notice that stands for what cannot be shown. */
function unknownItem(value: unknown, at: string): TranscriptItem {
  const source = object({ kind: text, id: text, at: number })(value, at);
  return { kind: 'unknown-event', id: source.id, at: source.at, type: source.kind };
}

export function literally<T extends boolean>(expected: T): Shape<T> {
  return (value, at) => (bool(value, at) === expected ? expected : misfit(at, String(expected)));
}
