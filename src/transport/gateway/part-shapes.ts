/** Shapes of what few desks ask for, loaded when one does. */
import type { Queries, QueryName, TranscriptHit, TranscriptHits, TranscriptPart } from '../../model/index.js';
import { cursor, isUsual, item, readResult, transcriptPlace } from './model-shapes.js';
import type { UsualQuery } from './model-shapes.js';
import {
  fittingOf,
  integer,
  nullable,
  object,
  read,
  string as text,
  stringOrNull as textOrNull,
} from './shape.js';
import type { Reading, Shape } from './shape.js';

type RareQuery = Exclude<QueryName, UsualQuery>;

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
};

/** Reads the answer to any query, by the query's name. */
export function readAnyResult<N extends QueryName>(name: N, value: unknown): Reading<Queries[N]['result']>;
export function readAnyResult(name: QueryName, value: unknown): Reading<Queries[QueryName]['result']> {
  return isUsual(name)
    ? readResult(name, value)
    : read<Queries[RareQuery]['result']>(rareResults[name], value, 'result');
}
