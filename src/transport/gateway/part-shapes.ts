/** Shapes of what few desks ask for, loaded when one does. */
import type {
  MediaRole,
  Page,
  PreparedResponse,
  Queries,
  QueryName,
  ResponseAttachment,
  ResponseCategory,
  ResponsePage,
  TranscriptHit,
  TranscriptHits,
  TranscriptPart,
} from '../../model/index.js';
import { cursor, isUsual, item, readResult, transcriptPlace } from './model-shapes.js';
import type { UsualQuery } from './model-shapes.js';
import {
  fittingOf,
  integer,
  list,
  nullable,
  object,
  oneOf,
  read,
  string as text,
  stringOrNull as textOrNull,
} from './shape.js';
import type { Reading, Shape } from './shape.js';

type RareQuery = Exclude<QueryName, UsualQuery>;

const roles: readonly MediaRole[] = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

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
