import type { DomainEvent, InteractionFact } from './event.js';
import type { Interaction } from './interaction.js';
import type { WorkbinPage } from './query.js';
import type { TeamWorkbin, Workbin } from './workbin.js';

/** What is known of a workbin's contents, longest parked first. */
export interface WorkbinContents {
  readonly interactions: readonly Interaction[];
  /** Whether the first page has come. */
  readonly loaded: boolean;
  /** What to ask with for the page after the last one here; null when all is here. */
  readonly next: string | null;
  /** Up to where the log is part of the last page: older facts are in it already. */
  readonly foldedTo: number;
}

export const EMPTY_CONTENTS: WorkbinContents = { interactions: [], loaded: false, next: null, foldedTo: 0 };

/** A fact that may take an interaction into a workbin, or out of one. */
interface WorkbinFact {
  readonly type: DomainEvent['type'];
  readonly seq: number;
  readonly body: InteractionFact;
}

/** The agent's own workbin, then the team's as they are now. What is new there is empty: what holds anything was seen before. */
export function withTeam(
  known: ReadonlyMap<string, Workbin>,
  team: readonly TeamWorkbin[],
): ReadonlyMap<string, Workbin> {
  const own = [...known.values()].filter(({ owner }) => owner !== null);
  const named = team.map((workbin) => ({
    ...workbin,
    owner: null,
    count: known.get(workbin.id)?.count ?? 0,
  }));
  return new Map([...own, ...named].map((workbin) => [workbin.id, workbin]));
}

/** How many lie in each workbin after a fact. One that is closed goes when it is empty. */
export function recounted(
  workbins: ReadonlyMap<string, Workbin>,
  event: WorkbinFact,
): ReadonlyMap<string, Workbin> {
  const { fromWorkbin, interaction } = event.body;
  const entered = event.type === 'interaction-parked' ? (interaction.parking?.workbin ?? null) : null;
  const next = new Map(workbins);
  count(next, fromWorkbin, -1);
  count(next, entered, 1);
  return next;
}

function count(workbins: Map<string, Workbin>, id: string | null, change: number): void {
  const workbin = id === null ? undefined : workbins.get(id);
  if (!workbin) return;
  const next = { ...workbin, count: Math.max(0, workbin.count + change) };
  if (next.closed && next.count === 0) workbins.delete(workbin.id);
  else workbins.set(workbin.id, next);
}

/** What lies in the workbins that are looked at after a fact. */
export function refilled(
  contents: ReadonlyMap<string, WorkbinContents>,
  { seq, body: { interaction, fromWorkbin } }: WorkbinFact,
): ReadonlyMap<string, WorkbinContents> {
  const into = interaction.parking?.workbin;
  let next = contents;
  for (const id of [fromWorkbin, into]) {
    const known = id ? next.get(id) : undefined;
    if (!id || !known || seq <= known.foldedTo) continue;
    next = new Map(next).set(id, { ...known, interactions: placed(known, interaction, id === into) });
  }
  return next;
}

function placed(
  contents: WorkbinContents,
  interaction: Interaction,
  inside: boolean,
): readonly Interaction[] {
  const index = contents.interactions.findIndex(({ id }) => id === interaction.id);
  if (inside && index >= 0) return contents.interactions.with(index, interaction);
  // Where pages are missing, what was parked last belongs to the last of them.
  if (inside) return contents.next !== null ? contents.interactions : [...contents.interactions, interaction];
  return index < 0 ? contents.interactions : contents.interactions.toSpliced(index, 1);
}

/** Puts a page behind what is here. */
export function joinWorkbinPage(contents: WorkbinContents, page: WorkbinPage): WorkbinContents {
  const fromPage = new Set(page.items.map(({ id }) => id));
  const own = contents.interactions.filter(({ id }) => !fromPage.has(id));
  return {
    interactions: contents.loaded ? [...own, ...page.items] : [...page.items, ...own],
    loaded: true,
    next: page.next,
    foldedTo: contents.loaded ? contents.foldedTo : page.cursor.seq,
  };
}
