import type { EventDraft } from './event.js';
import type { Interaction } from './interaction.js';
import { workbinOwner } from './workbin.js';

/** Stands for all agents in an audience. */
export const EVERYONE = '*';

/**
 * Which agents an event is for. It is stored with the event, so that a replay shows what was true for an agent then.
 * @param before The interaction as it was before the event; null when there was none.
 * @returns Agent ids, or EVERYONE among them; empty when no desk is concerned.
 */
export function audienceOf(event: EventDraft, before: Interaction | null): readonly string[] {
  if (event.type === 'agent-status-changed') return [event.body.agent.id];
  if (event.type === 'channel-changed') return [EVERYONE];
  if (event.type === 'centre-changed') return [EVERYONE];
  const watching = new Set(before ? watchers(before) : []);
  if ('interaction' in event.body) for (const agent of watchers(event.body.interaction)) watching.add(agent);
  if (event.type === 'interaction-merged') for (const agent of watchers(event.body.into)) watching.add(agent);
  // Who wrote a message that failed is told wherever the conversation is by now, and also that it went after all.
  if (event.type === 'delivery-changed') {
    const { notice, relieved = notice?.author } = event.body;
    if (relieved !== undefined) watching.add(relieved);
  }
  // Who reacts to a message of an earlier conversation has the contact's open one.
  if (event.type === 'message-changed' && event.actor !== null) watching.add(event.actor);
  return watching.has(EVERYONE) ? [EVERYONE] : [...watching];
}

/** Whether one agent is in an audience. */
export function isAddressed(audience: readonly string[], agent: string): boolean {
  return audience.includes(agent) || audience.includes(EVERYONE);
}

function watchers(interaction: Interaction): readonly string[] {
  if (interaction.offer) return [interaction.offer.agent];
  if (interaction.parking) return [workbinOwner(interaction.parking.workbin) ?? EVERYONE];
  return interaction.agent === null ? [] : [interaction.agent];
}
