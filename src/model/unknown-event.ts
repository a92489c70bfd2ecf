import type { DomainEvent, UnknownEvent } from './event.js';

/** A fact whose type is known and whose body does not fit it: one that this version does not know, by its name with a question mark. */
export function unfitEvent(event: DomainEvent | UnknownEvent): UnknownEvent {
  return { ...event, type: `${event.type}${UNFIT}` };
}

/**
 * Whether a fact that cannot be read may have changed what lies on a desk, so that only a snapshot tells: a known one that does not fit, or one of a later
 * version that carries the interaction or the agent as they now are. Others (a note, a tag) change nothing that this version shows.
 */
export function callsForSnapshot({ type, interaction, body }: UnknownEvent): boolean {
  if (type.endsWith(UNFIT)) return interaction !== null || type.startsWith('agent-');
  return carries(body, 'interaction') || carries(body, 'agent');
}

const UNFIT = '?';

function carries(body: unknown, field: string): boolean {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, field)) return false;
  const value = (body as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'object' && value !== null;
}
