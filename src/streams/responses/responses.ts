import { firstValueFrom, takeUntil } from 'rxjs';
import { fieldValues, fillFieldCodes } from '../../model/field-codes.js';
import { insertResponse } from '../../model/insert-response.js';
import type { TextRange } from '../../model/insert-response.js';
import type {
  DraftAttachment,
  PreparedResponse,
  Query,
  ResponseAttachment,
  ResponseSearch,
  ResultOf,
} from '../../model/index.js';
import { failureOf } from '../connection/index.js';
import type { Drafts } from '../drafts/index.js';
import { PAGE_SIZE, queryPage } from '../paging/index.js';
import type { PagingOptions } from '../paging/index.js';
import type { CategoriesOutcome, ResponseLibrary, ResponsesOutcome } from '../workspace.js';

export interface ResponsesOptions extends PagingOptions {
  readonly drafts: Drafts;
  readonly newId: () => string;
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
      const page = await this.#ask({ name: 'responses', args: { ...wanted, after, limit: PAGE_SIZE } });
      if (!page || search !== this.#search) return { ok: false, why: 'overtaken' };
      return { ok: true, responses: page.items, next: page.next };
    } catch (error) {
      return { ok: false, why: search === this.#search ? failureOf(error).kind : 'overtaken' };
    }
  }

  async categories(): Promise<CategoriesOutcome> {
    if (!this.#isThere) return { ok: false, why: 'unsupported' };
    try {
      const page = await this.#ask({ name: 'response-categories', args: {} });
      return page ? { ok: true, categories: page.items } : { ok: false, why: 'offline' };
    } catch (error) {
      return { ok: false, why: failureOf(error).kind };
    }
  }

  insert(interaction: string, response: PreparedResponse, range?: TextRange): number | null {
    const { store, drafts } = this.#options;
    const { agent, interactions } = store.state;
    const known = interactions.get(interaction);
    if (!known) return null;
    const { body, language, attachments } = response;
    const values = fieldValues({
      contact: known.contact,
      agent,
      interaction: known,
      ...(language !== null && { language }),
    });
    const files = attachments.map((file) => this.#attachment(file));
    const filled = fillFieldCodes(body, values);
    const { draft, end } = insertResponse(drafts.get(interaction), filled, files, range);
    drafts.save(interaction, draft);
    return end;
  }

  get #isThere(): boolean {
    return this.#options.store.state.features.includes('responses');
  }

  #attachment({ media, as, fileName, mimeType, bytes }: ResponseAttachment): DraftAttachment {
    return { id: this.#options.newId(), media, name: fileName ?? '', as, mimeType, bytes, caption: '' };
  }

  /** @returns null when the workspace was closed meanwhile. */
  #ask<Q extends Query>(query: Q): Promise<ResultOf<Q> | null> {
    const answer$ = queryPage(query, 0, this.#options);
    return firstValueFrom(answer$.pipe(takeUntil(this.#options.closed$)), { defaultValue: null });
  }
}
