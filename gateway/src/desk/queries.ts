import {
  EVERYONE,
  FAILURES_TOLD,
  FAILURES_TOLD_FOR,
  personalWorkbin,
  searchTemplates,
  templateParameters,
  type Agent,
  type NotificationField,
  type PreparedResponse,
  type Query,
  type Refusal,
  type ResponseCategory,
  type ResponsePage,
  type Page,
  type Snapshot,
  type TemplatePage,
  type TranscriptHits,
  type TranscriptItem,
  type TranscriptPage,
  type TranscriptPlace,
  type Workbin,
  type WorkbinPage,
} from 'whatsapp-workspace/model';
import type { GatewayQueries, GatewayQuery } from 'whatsapp-workspace/protocol';
import type { Ledger } from '../ledger/ledger.js';
import type { Sources } from '../media/sources.js';
import type { KnownTemplates } from '../templates/known-templates.js';
import { readAgent } from '../store/agents.js';
import { reachOf, readTeamWorkbins } from '../store/centre.js';
import { readTroubles } from '../store/channels.js';
import type { Db, Queryable } from '../store/db.js';
import { readFailures, readStream } from '../store/events.js';
import { readDesk, readWorkbinCounts, readWorkbinPage, type WorkbinPlace } from '../store/interactions.js';
import { mayHave } from '../store/media.js';
import { mayRead } from '../store/messages.js';
import { readCategories, searchResponses, type FoundResponse } from '../store/responses.js';
import { searchConversation } from '../store/search.js';
import { readChannelOf } from '../store/templates.js';
import { readEarlierInteraction, readTranscript, type Spot } from '../store/transcripts.js';
import { readPart } from './transcript-parts.js';

export type QueryOutcome =
  | { readonly ok: true; readonly result: GatewayQueries[keyof GatewayQueries]['result'] }
  | { readonly ok: false; readonly error: Refusal };

/** Whose events a desk sees. */
export function audienceFor(agent: string): readonly string[] {
  return [agent, EVERYONE];
}

/** All that is pushed to one agent's desk, as it is at one place of the log. */
export async function readSnapshot(db: Db, agentId: string): Promise<Snapshot> {
  return db.tx(async (tx) => {
    const { head } = await readStream(tx);
    const agent = await readAgent(tx, agentId);
    if (!agent) throw new Error('A snapshot was asked for an agent who is not registered.');
    const interactions = await readDesk(tx, agentId);
    const troubles = await readTroubles(tx);
    const workbins = await readWorkbins(tx, agent);
    const failures = await readFailures(tx, agentId, FAILURES_TOLD_FOR, FAILURES_TOLD);
    return { seq: head, agent, interactions, workbins, troubles, failures };
  }, 'repeatable read');
}

/** What answers go by beside the database. */
export interface QueryServices {
  readonly sources: Sources;
  readonly templates: KnownTemplates;
}

/** What is too much to push, as it is at one place of the log; only what the agent may see. */
export async function answer(
  { db, clock }: Pick<Ledger, 'db' | 'clock'>,
  agentId: string,
  query: GatewayQuery,
  { sources, templates }: QueryServices,
): Promise<QueryOutcome> {
  return db.tx(async (tx) => {
    const now = clock.now();
    const reachable = await reachOf(tx, agentId);
    switch (query.name) {
      case 'transcript':
        return answerTranscript(tx, agentId, reachable, query.args);
      case 'transcript-part':
        return answerPart(tx, agentId, reachable, query.args);
      case 'transcript-search':
        return answerSearch(tx, agentId, reachable, query.args);
      case 'workbin':
        return answerWorkbin(tx, reachable, query.args);
      case 'responses':
        return answerResponses(tx, query.args, { agent: agentId, now }, templates);
      case 'response-categories':
        return answerCategories(tx, now);
      case 'templates':
        return answerTemplates(tx, agentId, reachable, query.args, templates);
      case 'media-source': {
        const { media } = query.args;
        return (await mayHave(tx, media, { agent: agentId, workbins: reachable, now }))
          ? { ok: true, result: sources.of(media, agentId) }
          : refuse('not-found', 'There is no such file in this agent’s reach.');
      }
    }
  }, 'repeatable read');
}

async function answerTranscript(
  tx: Queryable,
  agentId: string,
  reachable: readonly string[],
  { interaction, before, limit }: Extract<Query, { name: 'transcript' }>['args'],
): Promise<QueryOutcome> {
  if (!(await mayRead(tx, interaction, agentId, reachable))) {
    return refuse('not-found', 'There is no such conversation in this agent’s reach.');
  }
  const { epoch, head } = await readStream(tx);
  const items = await readTranscript(tx, interaction, before, limit);
  const shown = items.slice(-limit);
  const page: TranscriptPage = {
    items: shown,
    next: items.length > limit ? above(interaction, shown) : await earlier(tx, interaction),
    cursor: { epoch, seq: head },
  };
  return { ok: true, result: page };
}

async function answerPart(
  tx: Queryable,
  agentId: string,
  reachable: readonly string[],
  args: Extract<Query, { name: 'transcript-part' }>['args'],
): Promise<QueryOutcome> {
  // Who may read one of a contact's interactions on a channel may read the others.
  const allowed = await mayRead(tx, args.interaction, agentId, reachable);
  const { epoch, head } = await readStream(tx);
  const part = allowed && (await readPart(tx, args, { epoch, seq: head }));
  return part
    ? { ok: true, result: part }
    : refuse(
        'not-found',
        'There is no such conversation in this agent’s reach, or nothing at this place of it.',
      );
}

async function answerSearch(
  tx: Queryable,
  agentId: string,
  reachable: readonly string[],
  { interaction, text, after, limit }: Extract<Query, { name: 'transcript-search' }>['args'],
): Promise<QueryOutcome> {
  if (!(await mayRead(tx, interaction, agentId, reachable))) {
    return refuse('not-found', 'There is no such conversation in this agent’s reach.');
  }
  const above = after === null ? null : readSpotOf(after);
  const { epoch, head } = await readStream(tx);
  const isSpot = after === null || above !== null;
  const found = isSpot ? await searchConversation(tx, interaction, { text, above, limit }) : null;
  if (!found) return refuse('invalid', 'The page to go on from is none of this gateway’s.');
  const next = found.next && writePlace(found.next.place, found.next.interaction);
  const page: TranscriptHits = { items: found.hits, next, cursor: { epoch, seq: head } };
  return { ok: true, result: page };
}

async function answerWorkbin(
  tx: Queryable,
  reachable: readonly string[],
  { workbin, after, limit }: Extract<Query, { name: 'workbin' }>['args'],
): Promise<QueryOutcome> {
  if (!reachable.includes(workbin))
    return refuse('not-found', 'There is no such workbin in this agent’s reach.');
  const { epoch, head } = await readStream(tx);
  const place = after === null ? null : readWorkbinPlace(after);
  if (after !== null && !place) return refuse('invalid', 'The page to go on from is none of this gateway’s.');
  const interactions = await readWorkbinPage(tx, workbin, place, limit);
  const items = interactions.slice(0, limit);
  const last = interactions.length > limit ? items.at(-1) : undefined;
  const page: WorkbinPage = {
    items,
    next: last ? writePlace(last.parking?.at ?? 0, last.id) : null,
    cursor: { epoch, seq: head },
  };
  return { ok: true, result: page };
}

async function answerResponses(
  tx: Queryable,
  args: Extract<Query, { name: 'responses' }>['args'],
  by: { readonly agent: string; readonly now: number },
  templates: KnownTemplates,
): Promise<QueryOutcome> {
  const { epoch, head } = await readStream(tx);
  const found = await searchResponses(tx, args, by);
  if (!found) return refuse('invalid', 'The page to go on from is none of this gateway’s.');
  const isNotifying = found.items.some(({ notification }) => notification !== null);
  const find = isNotifying ? await templates.anywhere(tx) : () => null;
  const items = found.items.map((one) => withTemplate(one, find));
  const page: ResponsePage = { items, next: found.next, cursor: { epoch, seq: head } };
  return { ok: true, result: page };
}

/** A response whose template no account has goes without its notification. */
function withTemplate(
  { notification: stored, ...response }: FoundResponse,
  find: Awaited<ReturnType<KnownTemplates['anywhere']>>,
): PreparedResponse {
  const template = stored && find(stored);
  if (!template) return response;
  const { fields, header } = stored;
  const placeOf = new Map(templateParameters(template).map(({ part, key }, i) => [`${part} ${key}`, i]));
  const place = ({ part, key }: NotificationField) => placeOf.get(`${part} ${key}`) ?? -1;
  const known = fields.filter((field) => place(field) >= 0).toSorted((a, b) => place(a) - place(b));
  return { ...response, notification: { template, fields: known, header } };
}

async function answerCategories(tx: Queryable, now: number): Promise<QueryOutcome> {
  const { epoch, head } = await readStream(tx);
  const items = await readCategories(tx, now);
  const page: Page<ResponseCategory> = { items, next: null, cursor: { epoch, seq: head } };
  return { ok: true, result: page };
}

async function answerTemplates(
  tx: Queryable,
  agentId: string,
  reachable: readonly string[],
  args: Extract<Query, { name: 'templates' }>['args'],
  templates: KnownTemplates,
): Promise<QueryOutcome> {
  if (!templates.isConfigured)
    return refuse(
      'unsupported',
      'This gateway knows of no WhatsApp Business Account, and so of no templates.',
    );
  const allowed = await mayRead(tx, args.interaction, agentId, reachable);
  const channel = allowed ? await readChannelOf(tx, args.interaction) : null;
  if (channel === null) return refuse('not-found', 'There is no such conversation in this agent’s reach.');
  const { epoch, head } = await readStream(tx);
  const found = searchTemplates(await templates.allOf(tx, channel), args);
  if (!found) return refuse('invalid', 'The page to go on from is none of this gateway’s.');
  const page: TemplatePage = { ...found, cursor: { epoch, seq: head } };
  return { ok: true, result: page };
}

/** Where the next page begins: a number and an interaction. In a workbin it stays a place when the interaction leaves it. */
function writePlace(number: number, interaction: string): string {
  return `${number}:${interaction}`;
}

function readPlace(next: string): { readonly number: number; readonly id: string } | null {
  const [, number, id] = /^(\d{1,15}):(.+)$/.exec(next) ?? [];
  return number === undefined || id === undefined ? null : { number: Number(number), id };
}

function readWorkbinPlace(next: string): WorkbinPlace | null {
  const place = readPlace(next);
  return place && { at: place.number, id: place.id };
}

function readSpotOf(next: string): Spot | null {
  const place = readPlace(next);
  return place && place.number < 2 ** 31 ? { interaction: place.id, place: place.number } : null;
}

function above(interaction: string, [first]: readonly TranscriptItem[]): TranscriptPlace {
  return { interaction, before: first?.id ?? null };
}

async function earlier(tx: Queryable, interaction: string): Promise<TranscriptPlace | null> {
  const before = await readEarlierInteraction(tx, interaction);
  return before === null ? null : { interaction: before, before: null };
}

async function readWorkbins(tx: Queryable, agent: Agent): Promise<readonly Workbin[]> {
  const own = { id: personalWorkbin(agent.id), name: agent.name, owner: agent.id };
  const team = (await readTeamWorkbins(tx)).map((workbin) => ({ ...workbin, owner: null }));
  const all = [own, ...team];
  const counts = await readWorkbinCounts(
    tx,
    all.map(({ id }) => id),
  );
  return all.map((workbin) => ({ ...workbin, count: counts.get(workbin.id) ?? 0 }));
}

function refuse(kind: Refusal['kind'], sentence: string, retryable = false): QueryOutcome {
  return { ok: false, error: { kind, sentence, retryable } };
}
