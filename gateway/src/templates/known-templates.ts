import type { OutboundTemplate, Template } from 'whatsapp-workspace/model';
import { readTemplate } from '../cloud-api/index.js';
import type { Queryable } from '../store/db.js';
import { readAccountOf, readTemplates, readTemplatesVersion, readTold } from '../store/templates.js';

interface Read {
  readonly version: number;
  /** By name and language. */
  readonly templates: ReadonlyMap<string, Template>;
}

type Named = Pick<OutboundTemplate, 'name' | 'language'>;

function keyOf({ name, language }: Named): string {
  return JSON.stringify([name, language]);
}

/** The templates of the configured business accounts, as they were last read from WhatsApp. */
export class KnownTemplates {
  readonly #accounts: readonly string[];
  /** What was read from the database last: thousands of templates are not read anew for every letter of a search. */
  readonly #read = new Map<string, Read>();

  constructor(accounts: readonly string[]) {
    this.#accounts = accounts;
  }

  /** Whether there are any, for whatever number. */
  get isConfigured(): boolean {
    return this.#accounts.length > 0;
  }

  /** All templates that messages over a number may use, in no order. */
  async allOf(q: Queryable, channel: string): Promise<readonly Template[]> {
    const account = await this.#accountOf(q, channel);
    return account === null ? [] : [...(await this.#all(q, account)).values()];
  }

  /** One that messages over a number may use; null when there is no such. */
  async find(q: Queryable, channel: string, { name, language }: Named): Promise<Template | null> {
    const account = await this.#accountOf(q, channel);
    const told = account === null ? null : await readTold(q, account, name, language);
    return told && readTemplate(told);
  }

  /** All that there are, for whoever looks for several: finds one of whichever account has it, the first that is configured first; null when none has. */
  async anywhere(q: Queryable): Promise<(template: Named) => Template | null> {
    const all: ReadonlyMap<string, Template>[] = [];
    for (const account of this.#accounts) all.push(await this.#all(q, account));
    return (template) => {
      const key = keyOf(template);
      return all.find((templates) => templates.has(key))?.get(key) ?? null;
    };
  }

  /** Webhooks tell whose a number is. Before the first one, the only account there is has it. */
  async #accountOf(q: Queryable, channel: string): Promise<string | null> {
    const told = await readAccountOf(q, channel);
    const [first, ...others] = this.#accounts;
    if (told === null) return first !== undefined && others.length === 0 ? first : null;
    return this.#accounts.includes(told) ? told : null;
  }

  async #all(q: Queryable, account: string): Promise<Read['templates']> {
    const version = await readTemplatesVersion(q, account);
    const known = this.#read.get(account);
    if (version === null) return new Map();
    if (known?.version === version) return known.templates;
    const told = await readTemplates(q, account);
    const templates = new Map(told.map((one) => [keyOf(one), readTemplate(one)]));
    this.#read.set(account, { version, templates });
    return templates;
  }
}
