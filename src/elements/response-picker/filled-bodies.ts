import { fieldValues, fillFieldCodes } from '../../model/field-codes.js';
import type { FieldValues } from '../../model/field-codes.js';
import type { Agent, Interaction, PreparedResponse } from '../../model/index.js';

const NOTHING: FieldValues = new Map();

/** The bodies of responses as they would be inserted into one conversation; without one, with what stands for codes that nothing is known for. */
export class FilledBodies {
  /** By the language of the response: dates are written in it. */
  readonly #values = new Map<string | null, FieldValues>();
  #interaction: Interaction | null = null;
  #agent: Agent | null = null;

  /** Says which conversation they are for. */
  use(interaction: Interaction | null, agent: Agent | null): void {
    if (interaction === this.#interaction && agent === this.#agent) return;
    this.#interaction = interaction;
    this.#agent = agent;
    this.#values.clear();
  }

  textOf({ body, language }: PreparedResponse): string {
    return fillFieldCodes(body, this.#valuesIn(language)).text;
  }

  #valuesIn(language: string | null): FieldValues {
    const interaction = this.#interaction;
    if (!interaction) return NOTHING;
    const known = this.#values.get(language) ?? fieldValues({ interaction, agent: this.#agent, language });
    this.#values.set(language, known);
    return known;
  }
}
