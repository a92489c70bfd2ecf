/** Shapes of what few desks ask for, loaded when one does. */
import type {
  MediaRole,
  Notification,
  NotificationField,
  Page,
  PreparedResponse,
  Queries,
  QueryName,
  ResponseAttachment,
  ResponseCategory,
  ResponsePage,
  Template,
  TemplateButton,
  TemplateHeader,
  TemplateHeaderValue,
  TemplatePage,
  TemplateValues,
  TranscriptHit,
  TranscriptHits,
  TranscriptPart,
} from '../../model/index.js';
import { cursor, isUsual, item, readResult, transcriptPlace } from './model-shapes.js';
import type { UsualQuery } from './model-shapes.js';
import {
  bool,
  fittingOf,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  presentOnly,
  read,
  string as text,
  stringOrNull as textOrNull,
  table,
  tagged,
} from './shape.js';
import type { Reading, Shape } from './shape.js';

type RareQuery = Exclude<QueryName, UsualQuery>;

/** More parameters than WhatsApp has room for. */
const MAX_KEYS = 100;
const MAX_KEY = 64;

const roles: readonly MediaRole[] = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

const parameterTexts = table(text, MAX_KEY, MAX_KEYS);
const templateValues = object<TemplateValues>({
  header: parameterTexts,
  body: parameterTexts,
  buttons: parameterTexts,
});

const template = object<Template>({
  name: text,
  language: text,
  category: text,
  status: text,
  quality: textOrNull,
  header: nullable(
    tagged<TemplateHeader>('kind', {
      text: object<Extract<TemplateHeader, { kind: 'text' }>>({ kind: oneOf('text'), text }),
      media: object<Extract<TemplateHeader, { kind: 'media' }>>({
        kind: oneOf('media'),
        as: oneOf('image', 'video', 'document'),
      }),
      location: object<Extract<TemplateHeader, { kind: 'location' }>>({ kind: oneOf('location') }),
    }),
  ),
  body: text,
  footer: textOrNull,
  buttons: list(object<TemplateButton>({ kind: text, text, target: textOrNull })),
  examples: templateValues,
  unsupported: list(text),
});

const notification = object<Notification>({
  template,
  fields: list(
    object<NotificationField>({
      part: oneOf('header', 'body', 'buttons'),
      key: text,
      label: textOrNull,
      type: text,
      initial: textOrNull,
      currency: textOrNull,
    }),
  ),
  header: nullable(
    tagged<TemplateHeaderValue>('kind', {
      media: object<Extract<TemplateHeaderValue, { kind: 'media' }>>({
        kind: oneOf('media'),
        media: object({ id: text }),
        fileName: textOrNull,
      }),
      location: object<Extract<TemplateHeaderValue, { kind: 'location' }>>({
        kind: oneOf('location'),
        latitude: number,
        longitude: number,
        name: textOrNull,
        address: textOrNull,
      }),
    }),
  ),
});

const response = object<PreparedResponse>({
  id: text,
  category: text,
  name: text,
  body: text,
  language: textOrNull,
  shortcut: textOrNull,
  keywords: list(text),
  // Without one of its files it would be another response.
  attachments: list(
    object<ResponseAttachment>({
      media: object({ id: text }),
      as: oneOf(...roles),
      fileName: textOrNull,
      mimeType: text,
      bytes: integer(0),
    }),
  ),
  notification: presentOnly(notification),
  favourite: presentOnly(bool),
});

const rareResults: { readonly [N in RareQuery]: Shape<Queries[N]['result']> } = {
  'transcript-part': object<TranscriptPart>({
    interaction: text,
    item: textOrNull,
    items: fittingOf(item),
    above: transcriptPlace,
    below: nullable(object({ interaction: text, item: textOrNull })),
    cursor,
  }),
  'transcript-search': object<TranscriptHits>({
    items: fittingOf(object<TranscriptHit>({ interaction: text, item: text, at: integer(0) })),
    next: textOrNull,
    cursor,
  }),
  responses: object<ResponsePage>({ items: fittingOf(response), next: textOrNull, cursor }),
  templates: object<TemplatePage>({ items: fittingOf(template), next: textOrNull, cursor }),
  'response-categories': object<Page<ResponseCategory>>({
    items: fittingOf(object<ResponseCategory>({ id: text, parent: textOrNull, name: text })),
    next: textOrNull,
    cursor,
  }),
};

/** Reads the answer to any query, by the query's name. */
export function readAnyResult<N extends QueryName>(name: N, value: unknown): Reading<Queries[N]['result']>;
export function readAnyResult(name: QueryName, value: unknown): Reading<Queries[QueryName]['result']> {
  return isUsual(name)
    ? readResult(name, value)
    : read<Queries[RareQuery]['result']>(rareResults[name], value, 'result');
}
