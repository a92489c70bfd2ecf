import { randomInt } from 'node:crypto';
import { SAMPLE_TEMPLATES } from './sample-templates.js';

/** A part of a template, as the Graph API has it. */
export interface TemplateComponent {
  readonly type: string;
  readonly format?: string;
  readonly text?: string;
  readonly buttons?: readonly TemplateButtonTold[];
  readonly example?: object;
  readonly add_security_recommendation?: boolean;
  readonly code_expiration_minutes?: number;
}

export interface TemplateButtonTold {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
  readonly phone_number?: string;
  readonly otp_type?: string;
  readonly example?: string | readonly string[];
}

/** A template, as the Graph API tells it. */
export interface TemplateTold {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  readonly parameter_format?: 'POSITIONAL' | 'NAMED';
  readonly components: readonly TemplateComponent[];
  readonly quality_score?: object;
  readonly rejected_reason?: string;
}

/** A template as it is asked for; what is left out is as usual. */
export type NewTemplate = Pick<TemplateTold, 'name' | 'language' | 'components'> & Partial<TemplateTold>;

export interface TemplatePage {
  readonly data: readonly TemplateTold[];
  readonly paging: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
  };
}

/** The templates of the business account, the newest first, as the Graph API lists them; in memory. */
export class TemplateStore {
  #templates: readonly TemplateTold[] = SAMPLE_TEMPLATES.map(complete);

  all(): readonly TemplateTold[] {
    return this.#templates;
  }

  get(name: string, language: string): TemplateTold | undefined {
    return this.#templates.find((one) => one.name === name && one.language === language);
  }

  /** A template is made, approved, and worded as far as WhatsApp words it. */
  add(template: NewTemplate): TemplateTold {
    const made = complete(worded(template));
    this.#templates = [
      made,
      ...this.#templates.filter((one) => one.name !== made.name || one.language !== made.language),
    ];
    return made;
  }

  /** Returns the template after the change; null when there is no such. */
  setStatus(name: string, language: string, status: string): TemplateTold | null {
    const known = this.get(name, language);
    if (!known) return null;
    const changed = { ...known, status };
    this.#templates = this.#templates.map((one) => (one === known ? changed : one));
    return changed;
  }

  remove(name: string): void {
    this.#templates = this.#templates.filter((one) => one.name !== name);
  }

  /** @param url Of the list itself, without a query. */
  page(url: string, limit: number, after: string | undefined): TemplatePage {
    const start = after === undefined ? 0 : Number(Buffer.from(after, 'base64url').toString('utf8'));
    const data = this.#templates.slice(start, start + limit);
    const end = cursor(start + data.length);
    const isLast = start + data.length >= this.#templates.length;
    return {
      data,
      paging: {
        cursors: { before: cursor(start), after: end },
        ...(!isLast && { next: `${url}?limit=${limit}&after=${end}` }),
      },
    };
  }
}

function cursor(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

function complete(template: Omit<NewTemplate, 'id'>): TemplateTold {
  return {
    parameter_format: 'POSITIONAL',
    category: 'UTILITY',
    status: 'APPROVED',
    quality_score: { score: 'UNKNOWN' },
    ...template,
    id: String(randomInt(1e14, 2e14)),
  };
}

/** WhatsApp words messages with one-time codes itself. */
function worded(template: NewTemplate): NewTemplate {
  if (template.category !== 'AUTHENTICATION') return template;
  const components = template.components.map((component) => {
    if (component.type === 'BODY' && component.text === undefined)
      return { ...component, text: '*{{1}}* is your verification code.' };
    if (component.type === 'FOOTER' && component.text === undefined)
      return {
        ...component,
        text: `This code expires in ${String(component.code_expiration_minutes)} minutes.`,
      };
    if (component.type !== 'BUTTONS') return component;
    const buttons = (component.buttons ?? []).map((button) =>
      button.type === 'OTP'
        ? {
            type: 'URL',
            text: button.text ?? 'Copy code',
            url: `https://www.whatsapp.com/otp/code/?otp_type=${String(button.otp_type)}&code=otp{{1}}`,
          }
        : button,
    );
    return { ...component, buttons };
  });
  return { ...template, components };
}
