import type { Interaction } from '../../model/index.js';
import { InteractionSelectEvent } from './events.js';

/** What knows the interactions of a desk and which of them is in front. */
interface Selecting {
  readonly state: { readonly interactions: ReadonlyMap<string, Interaction> };
  select(interaction: string): void;
}

/** Puts an interaction in front, unless the page has a veto. @returns Whether it is in front now. */
export function selectInteraction(
  host: EventTarget,
  workspace: Selecting,
  interaction: Interaction,
): boolean {
  // What was accepted or opened a moment ago has changed since it was shown.
  const known = workspace.state.interactions.get(interaction.id) ?? interaction;
  if (!host.dispatchEvent(new InteractionSelectEvent(known))) return false;
  workspace.select(interaction.id);
  return true;
}
