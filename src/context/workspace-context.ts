import { createContext } from '@lit/context';
import type { Workspace } from '../streams/workspace.js';
import { VERSION } from '../version.js';

/** Shared by all copies of this version on the page, and by no other version: its workspaces may have another shape. */
const KEY = Symbol.for(`whatsapp-workspace ${VERSION}`);

/** The workspace of the nearest `<whatsapp-workspace>`. */
export const workspaceContext = createContext<Workspace | null>(KEY);

type Listener = (workspace: Workspace | null) => void;

interface Place {
  /** By who provides them, the latest last. */
  readonly workspaces: Map<object, Workspace>;
  readonly listeners: Set<Listener>;
}

const page = globalThis as typeof globalThis & { [KEY]?: Map<string, Place> };
const places = (page[KEY] ??= new Map<string, Place>());

/** Workspaces by the id of their `<whatsapp-workspace>`, for elements outside of it (`workspace="id"`), whichever comes first. */
export const workspaceRegistry = {
  /**
   * Says which workspace a provider has under an id; null when it has none any more. Of several the latest counts: where an element is taken out and made
   * anew, the old one goes when the new one is there already.
   */
  set(id: string, provider: object, workspace: Workspace | null): void {
    const place = placeOf(id);
    const before = latestOf(place);
    if (!workspace) place.workspaces.delete(provider);
    else if (place.workspaces.get(provider) !== workspace) {
      place.workspaces.delete(provider);
      place.workspaces.set(provider, workspace);
    }
    const now = latestOf(place);
    if (now !== before) for (const listener of new Set(place.listeners)) listener(now);
    forgetIfEmpty(id, place);
  },

  get(id: string): Workspace | null {
    const place = places.get(id);
    return place ? latestOf(place) : null;
  },

  /** Those under which there is a workspace. */
  ids(): readonly string[] {
    return [...places].filter(([, place]) => latestOf(place)).map(([id]) => id);
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
  const place = places.get(id) ?? {
    workspaces: new Map<object, Workspace>(),
    listeners: new Set<Listener>(),
  };
  places.set(id, place);
  return place;
}

function latestOf({ workspaces }: Place): Workspace | null {
  return [...workspaces.values()].at(-1) ?? null;
}

function forgetIfEmpty(id: string, place: Place): void {
  if (place.workspaces.size === 0 && place.listeners.size === 0) places.delete(id);
}
