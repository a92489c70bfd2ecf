import { fieldValues, fillFieldCodes } from '../../model/field-codes.js';
import { draftNotification } from '../../model/insert-notification.js';
import { draftFile, insertResponse } from '../../model/insert-response.js';
import type { TextRange } from '../../model/insert-response.js';
import type { CommandArgs, PreparedResponse, ResponseSearch } from '../../model/index.js';
import { failureOf } from '../connection/index.js';
import type { Drafts } from '../drafts/index.js';
import { askPage, PAGE_SIZE } from '../paging/index.js';
import type { PagingOptions } from '../paging/index.js';
import type { CategoriesOutcome, CommandOutcome, ResponseLibrary, ResponsesOutcome } from '../workspace.js';

export interface ResponsesOptions extends PagingOptions {
  readonly drafts: Drafts;
  readonly newId: () => string;
  readonly execute: <N extends 'set-favourite-response' | 'note-response-used'>(
    name: N,
    args: CommandArgs[N],
  ) => Promise<CommandOutcome>;
}

/** Asks for prepared responses, and puts them into drafts. No part of the first load. */
export class Responses implements ResponseLibrary {
  readonly #options: ResponsesOptions;
  #search = 0;

  constructor(options: ResponsesOptions) {
    this.#options = options;
  }

  async search(wanted: ResponseSearch, after: string | null): Promise<ResponsesOutcome> {
    const search = ++this.#search;
    if (!this.#isThere) return { ok: false, why: 'unsupported' };
    try {
      const args = { ...wanted, after, limit: PAGE_SIZE };
      const page = await askPage({ name: 'responses', args }, 0, this.#options);
      if (!page || search !== this.#search) return { ok: false, why: 'overtaken' };
      return { ok: true, responses: page.items, next: page.next };
    } catch (error) {
      return { ok: false, why: search === this.#search ? failureOf(error).kind : 'overtaken' };
    }
  }

  async categories(): Promise<CategoriesOutcome> {
    if (!this.#isThere) return { ok: false, why: 'unsupported' };
    try {
      const page = await askPage({ name: 'response-categories', args: {} }, 0, this.#options);
      return page ? { ok: true, categories: page.items } : { ok: false, why: 'offline' };
    } catch (error) {
      return { ok: false, why: failureOf(error).kind };
    }
  }

  insert(interaction: string, response: PreparedResponse, range?: TextRange): number | null {
    const { store, drafts, newId } = this.#options;
    const { agent, interactions } = store.state;
    const known = interactions.get(interaction);
    if (!known) return null;
    const { name, body, language, attachments, notification } = response;
    const filled = fillFieldCodes(body, fieldValues({ interaction: known, agent, language }));
    const files = attachments.map((file) => draftFile(file, newId()));
    const { draft, end } = insertResponse(drafts.get(interaction), filled, files, placeOf(body, range));
    const filledIn = notification && draftNotification(name, notification, { interaction: known, agent });
    drafts.save(interaction, filledIn ? { ...draft, notification: filledIn } : draft);
    if (store.state.features.includes('favourite-responses'))
      void this.#options.execute('note-response-used', { response: response.id });
    return end;
  }

  setFavourite(response: string, favourite: boolean): Promise<CommandOutcome> {
    return this.#options.execute('set-favourite-response', { response, favourite });
  }

  get #isThere(): boolean {
    return this.#options.store.state.features.includes('responses');
  }
}

/** Nothing takes the place of nothing. */
function placeOf(body: string, range: TextRange | undefined): TextRange | undefined {
  return range && body === '' ? { start: range.end, end: range.end } : range;
}
