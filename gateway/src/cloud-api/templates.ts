import type { DeliveryError } from 'whatsapp-workspace/model';
import { classifyError, classifyFailure, classifyStatus, parse } from './client.js';
import { asId, asObject, isObject, tame, type JsonObject } from './json.js';

export interface CloudTemplatesOptions {
  /** With the version, for example `https://graph.facebook.com/v23.0`. */
  readonly baseUrl: string;
  readonly accessToken: string;
  /** For tests; the global one by default. */
  readonly fetch?: typeof fetch;
}

/** A template as the Cloud API tells it. Name and language tell it from the others of its business account. */
export interface ToldTemplate {
  readonly name: string;
  readonly language: string;
  /** All of it. */
  readonly told: JsonObject;
}

/** All templates of a business account, or why they could not be read; `retryAfter` is what WhatsApp asked for, in milliseconds. */
export type ReadTemplates =
  | {
      readonly outcome: 'read';
      readonly templates: readonly ToldTemplate[];
      /** How many more came that say neither a name nor a language. */
      readonly unnamed: number;
      readonly requests: number;
    }
  | { readonly outcome: 'failed'; readonly error: DeliveryError; readonly retryAfter: number | null };

const FIELDS = 'name,language,status,category,quality_score,parameter_format,components';
const PAGE = 200;
/** A business account has at most 6,000 templates. */
const MOST_PAGES = 100;
/** How long an answer may take, in milliseconds. */
const TIMEOUT = 30_000;

/** The management side of business accounts. Keeps no state; never throws for what the network or the Cloud API does. */
export class CloudTemplates {
  readonly #base: string;
  readonly #options: CloudTemplatesOptions;

  constructor(options: CloudTemplatesOptions) {
    this.#base = options.baseUrl.replace(/\/+$/, '');
    this.#options = options;
  }

  /** Reads all templates of a business account, page by page. */
  async read(account: string): Promise<ReadTemplates> {
    const templates = new Map<string, ToldTemplate>();
    let unnamed = 0;
    let after: string | null = null;
    for (let requests = 1; requests <= MOST_PAGES; requests++) {
      const page = await this.#page(account, after);
      if ('outcome' in page) return page;
      for (const raw of page.rows) {
        const template = named(raw);
        if (template) templates.set(JSON.stringify([template.name, template.language]), template);
        else unnamed++;
      }
      if (page.next === null)
        return { outcome: 'read', templates: [...templates.values()], unnamed, requests };
      if (page.next === after) return failed('WhatsApp named the same page of templates twice');
      after = page.next;
    }
    return failed('WhatsApp named more pages of templates than a business account has');
  }

  async #page(account: string, after: string | null): Promise<Page | Failed> {
    const url = new URL(`${this.#base}/${encodeURIComponent(account)}/message_templates`);
    url.search = String(
      new URLSearchParams({ fields: FIELDS, limit: String(PAGE), ...(after !== null && { after }) }),
    );
    const { accessToken, fetch: ask = fetch } = this.#options;
    let response: Response | null = null;
    try {
      response = await ask(url.href, {
        headers: { authorization: `Bearer ${accessToken}` },
        // A redirect would take the token elsewhere.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return readPage(response, asObject(tame(parse(await response.text()))));
    } catch (thrown) {
      return response === null
        ? failure(classifyFailure(thrown))
        : failure(classifyStatus(response, NO_ANSWER));
    }
  }
}

interface Page {
  readonly rows: readonly unknown[];
  /** What the next page is asked for with; null when there is none. */
  readonly next: string | null;
}

type Failed = Extract<ReadTemplates, { readonly outcome: 'failed' }>;

const NO_ANSWER: DeliveryError = { code: null, detail: 'WhatsApp gave no list of templates' };

function readPage(response: Response, answer: JsonObject): Page | Failed {
  const { error, data, paging } = answer;
  if (isObject(error)) return failure(classifyError(response, error));
  if (!response.ok || !Array.isArray(data)) return failure(classifyStatus(response, NO_ANSWER));
  const { cursors, next } = asObject(paging);
  // The last page has a cursor too, but no address of another one.
  return { rows: data, next: typeof next === 'string' ? asId(asObject(cursors)['after']) : null };
}

function named(raw: unknown): ToldTemplate | null {
  const told = asObject(raw);
  const [name, language] = [asId(told['name']), asId(told['language'])];
  return name === null || language === null ? null : { name, language, told };
}

function failure(result: ReturnType<typeof classifyError>): Failed {
  if (result.outcome === 'accepted') return failed(NO_ANSWER.detail);
  return {
    outcome: 'failed',
    error: result.error,
    retryAfter: result.outcome === 'retry' ? result.retryAfter : null,
  };
}

function failed(detail: string): Failed {
  return { outcome: 'failed', error: { code: null, detail }, retryAfter: null };
}
