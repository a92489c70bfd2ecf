import { createContext } from '@lit/context';
import type { Workspace } from '../streams/workspace.js';

/** The workspace of the nearest `<whatsapp-workspace>`. The key is shared by all copies of this package on the page. */
export const workspaceContext = createContext<Workspace | null>(Symbol.for('whatsapp-workspace'));

type Listener = (workspace: Workspace | null) => void;

interface Place {
  workspace: Workspace | null;
  readonly listeners: Set<Listener>;
}

const places = new Map<string, Place>();

/** Workspaces by the id of their `<whatsapp-workspace>`, for elements outside of it (`workspace="id"`), whichever comes first. */
export const workspaceRegistry = {
  /** Says which workspace has an id; null when it goes. */
  set(id: string, workspace: Workspace | null): void {
    const place = placeOf(id);
    place.workspace = workspace;
    for (const listener of new Set(place.listeners)) listener(workspace);
    forgetIfEmpty(id, place);
  },

  get(id: string): Workspace | null {
    return places.get(id)?.workspace ?? null;
  },

  /** Calls back at each change. Returns what ends it. */
  subscribe(id: string, listener: Listener): () => void {
    const place = placeOf(id);
    place.listeners.add(listener);
    return () => {
      place.listeners.delete(listener);
      forgetIfEmpty(id, place);
    };
  },
};

function placeOf(id: string): Place {
  const place = places.get(id) ?? { workspace: null, listeners: new Set<Listener>() };
  places.set(id, place);
  return place;
}

function forgetIfEmpty(id: string, place: Place): void {
  if (!place.workspace && place.listeners.size === 0) places.delete(id);
}
