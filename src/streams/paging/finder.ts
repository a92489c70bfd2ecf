import { filter, firstValueFrom, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import type {
  Query,
  Transcript,
  TranscriptItem,
  TranscriptPage,
  TranscriptPart,
  TranscriptPlace,
} from '../../model/index.js';
import { hasItem, movedTo, newerPlace, withPartBelow } from '../../model/transcript-parts.js';
import type { NewerPlace } from '../../model/transcript-parts.js';
import { failureOf } from '../connection/index.js';
import type {
  PlaceOutcome,
  ReadOutcome,
  SearchOutcome,
  TranscriptFinder,
  WantedPlace,
} from '../workspace.js';
import { askPage } from './ask-page.js';
import { PAGE_SIZE } from './page-query.js';
import type { PagingOptions } from './paging.js';

/** How many hits of a search are asked for at once. */
export const HITS = 100;

/** Goes to places of transcripts that are far from their ends, and on from there. No part of the first load. */
export class Finder implements TranscriptFinder {
  readonly #options: PagingOptions;
  /** What is being loaded below, by interaction. */
  readonly #below = new Map<string, Promise<boolean>>();
  #turn = 0;
  #search = 0;

  constructor(options: PagingOptions) {
    this.#options = options;
  }

  async goTo(interaction: string, place: WantedPlace): Promise<PlaceOutcome> {
    const turn = ++this.#turn;
    const { store } = this.#options;
    if (!store.state.features.includes('transcript-parts')) return { ok: false, why: 'unsupported' };
    try {
      const window = await this.#loaded(interaction);
      if (window && place.kind === 'around' && hasItem(window, place.item))
        return { ok: true, item: place.item };
      const seq = store.state.cursor?.seq ?? 0;
      const args = { interaction, place, limit: PAGE_SIZE };
      const part = await askPage(
        { name: 'transcript-part', args },
        seq,
        this.#options,
        this.#returns$(interaction),
      );
      if (turn !== this.#turn || !part) return { ok: false, why: 'overtaken' };
      if (part.item === null) return { ok: false, why: 'gone' };
      const { item } = part;
      const change = (now: Transcript, foldedTo: number): Transcript =>
        hasItem(now, item) ? now : movedTo(now, part, foldedTo);
      store.dispatch({ kind: 'transcript-changed', interaction, change });
      const moved = store.state.transcripts.get(interaction);
      // A window that began anew meanwhile is at its end.
      return moved && hasItem(moved, item) ? { ok: true, item } : { ok: false, why: 'overtaken' };
    } catch (error) {
      const { kind } = failureOf(error);
      return { ok: false, why: kind === 'invalid' ? 'gone' : kind };
    }
  }

  async search(interaction: string, text: string, after: string | null): Promise<SearchOutcome> {
    const search = ++this.#search;
    const { store } = this.#options;
    if (!store.state.features.includes('transcript-search')) return { ok: false, why: 'unsupported' };
    try {
      let next = after;
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- Each page says where the next one begins.
        const page = await askPage(
          { name: 'transcript-search', args: { interaction, text, after: next, limit: HITS } },
          0,
          this.#options,
        );
        if (search !== this.#search || !page) return { ok: false, why: 'overtaken' };
        const { items: hits } = page;
        next = page.next;
        // In a long conversation there may be nothing for a while.
        if (hits.length > 0 || next === null) return { ok: true, hits, next };
      }
    } catch (error) {
      return { ok: false, why: search === this.#search ? failureOf(error).kind : 'overtaken' };
    }
  }

  loadNewer(interaction: string): Promise<boolean> {
    const known = this.#below.get(interaction);
    if (known) return known;
    const loading = this.#loadBelow(interaction)
      .catch(() => false)
      .finally(() => this.#below.delete(interaction));
    this.#below.set(interaction, loading);
    return loading;
  }

  async readWhole(
    interaction: string,
    heard: (page: readonly TranscriptItem[]) => void,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    let place: TranscriptPlace | null = { interaction, before: null };
    // Of the newest page nothing may be missing that is known here; older ones do not change.
    let floor = this.#options.store.state.cursor?.seq ?? 0;
    try {
      while (place) {
        // oxlint-disable-next-line no-await-in-loop -- Each page says where the next one lies.
        const page: TranscriptPage | null = await askPage(
          { name: 'transcript', args: { ...place, limit: PAGE_SIZE } },
          floor,
          this.#options,
        );
        if (!page || signal.aborted) return { ok: false, why: 'overtaken' };
        heard(page.items);
        place = page.next;
        floor = 0;
      }
      return { ok: true };
    } catch (error) {
      return { ok: false, why: failureOf(error).kind };
    }
  }

  async #loadBelow(interaction: string): Promise<boolean> {
    const { store } = this.#options;
    const window = store.state.transcripts.get(interaction);
    const from = window ? newerPlace(window) : null;
    if (!window || !from) return true;
    const part = await this.#partBelow(interaction, from, window.leftOut);
    if (!part) return false;
    const change = (now: Transcript): Transcript => withPartBelow(now, from, part);
    store.dispatch({ kind: 'transcript-changed', interaction, change });
    // More has come since the end was read.
    return part.below === null ? this.#loadBelow(interaction) : true;
  }

  /** What lies below a place: where an interaction has no more, that is in the next one. */
  async #partBelow(interaction: string, from: NewerPlace, floor: number): Promise<TranscriptPart | null> {
    let below: TranscriptPart['below'] = from;
    let part: TranscriptPart | null = null;
    while (below) {
      const { item, interaction: of }: NonNullable<TranscriptPart['below']> = below;
      const query: Query<'transcript-part'> = {
        name: 'transcript-part',
        args: { interaction: of, place: { kind: 'below', item }, limit: PAGE_SIZE },
      };
      part = await askPage(query, floor, this.#options);
      below = part?.items.length === 0 && of !== interaction ? part.below : null;
    }
    // What comes after the interaction that is looked at is another conversation.
    return part?.interaction === interaction && part.below?.interaction !== interaction
      ? { ...part, below: null }
      : part;
  }

  /** The reader goes to the end of a conversation: a newer wish than any place above. */
  #returns$(interaction: string): Observable<unknown> {
    return this.#options.store.folded$.pipe(
      filter(
        (input) =>
          input.kind === 'transcript-reading' && input.interaction === interaction && input.at === 'end',
      ),
    );
  }

  /** The window once its first page has come: before that there is nothing that could be moved. */
  async #loaded(interaction: string): Promise<Transcript | null> {
    const { store, closed$ } = this.#options;
    const window$ = store.select(({ transcripts }) => transcripts.get(interaction));
    const loaded$ = window$.pipe(
      filter((window) => window?.loaded === true),
      takeUntil(closed$),
    );
    return (await firstValueFrom(loaded$, { defaultValue: null })) ?? null;
  }
}
