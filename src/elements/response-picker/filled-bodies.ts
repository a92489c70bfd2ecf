import { fieldValues, fillFieldCodes } from '../../model/field-codes.js';
import type { FieldValues } from '../../model/field-codes.js';
import { NO_VALUES } from '../../model/index.js';
import type { Agent, Interaction, PreparedResponse } from '../../model/index.js';
import { draftNotification } from '../../model/insert-notification.js';
import { writtenValues } from '../../model/notification-values.js';
import { templateContent } from '../../model/template-content.js';

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

  /** The text of a response; of one that is a notification alone, what that says. */
  textOf(response: PreparedResponse): string {
    const { body, language } = response;
    const text = fillFieldCodes(body, this.#valuesIn(language)).text;
    return text === '' ? (this.notificationOf(response) ?? '') : text;
  }

  /** What the notification of a response says, as far as it is filled in; null when it has none. */
  notificationOf({ name, notification }: PreparedResponse): string | null {
    if (!notification) return null;
    const interaction = this.#interaction;
    const values = interaction
      ? writtenValues(draftNotification(name, notification, { interaction, agent: this.#agent }))
      : NO_VALUES;
    return templateContent(notification.template, values).body;
  }

  #valuesIn(language: string | null): FieldValues {
    const interaction = this.#interaction;
    if (!interaction) return NOTHING;
    const known = this.#values.get(language) ?? fieldValues({ interaction, agent: this.#agent, language });
    this.#values.set(language, known);
    return known;
  }
}
