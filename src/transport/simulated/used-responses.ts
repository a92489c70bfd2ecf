import { RECENT_RESPONSES } from '../../model/index.js';
import type { Command, PreparedResponse, ResponseSearch } from '../../model/index.js';

/** What agents of a simulated contact centre have done with prepared responses, by agent. */
export class UsedResponses {
  readonly #favourites = new Map<string, Set<string>>();
  /** The last used first. */
  readonly #recent = new Map<string, readonly string[]>();

  /** A command was carried out. */
  note(agent: string, { name, args }: Command): void {
    if (name === 'note-response-used') {
      const others = (this.#recent.get(agent) ?? []).filter((id) => id !== args.response);
      this.#recent.set(agent, [args.response, ...others].slice(0, RECENT_RESPONSES));
    } else if (name === 'set-favourite-response') {
      const favourites = this.#favourites.get(agent) ?? new Set();
      if (args.favourite) favourites.add(args.response);
      else favourites.delete(args.response);
      this.#favourites.set(agent, favourites);
    }
  }

  /** Those of the responses that are wanted, as the agent has them; in the order in which they come without words. */
  of(
    agent: string,
    responses: readonly PreparedResponse[],
    { of: wanted, text }: Pick<ResponseSearch, 'of' | 'text'>,
  ): readonly PreparedResponse[] {
    const favourites = this.#favourites.get(agent);
    const recent = this.#recent.get(agent) ?? [];
    const own = responses
      .map((one) => (favourites?.has(one.id) ? { ...one, favourite: true } : one))
      .filter(({ id, favourite }) =>
        wanted === 'favourites' ? favourite : wanted !== 'recent' || recent.includes(id),
      )
      .toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    return wanted === 'recent' && text.trim() === ''
      ? own.toSorted((a, b) => recent.indexOf(a.id) - recent.indexOf(b.id))
      : own;
  }
}
