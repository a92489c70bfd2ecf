import { createWorkspace } from '../../src/streams/index.js';
import type { Workspace } from '../../src/streams/index.js';
import { aCentre } from './fake-adapter.js';
import type { FakeAdapter, FakeCentre } from './fake-adapter.js';
import { FakeBrowser } from './fake-browser.js';
import type { FakeTab } from './fake-browser.js';
import { VirtualTime } from './virtual-time.js';

/** One tab with a workspace in it. */
export interface OpenTab {
  readonly workspace: Workspace;
  readonly adapter: FakeAdapter;
  readonly tab: FakeTab;
  /** Kills the tab, as the browser's task manager does. */
  die(): void;
}

export interface OpenOptions {
  /** How long to let it come to rest, in milliseconds. */
  readonly wait?: number;
  readonly random?: () => number;
  /** Whether there is a network. */
  readonly up?: boolean;
  /** Whom the credentials name; Ana by default. */
  readonly identity?: FakeAdapter['identity'];
  readonly offlineCopy?: boolean;
}

/** A contact centre, a browser and a clock. */
export class World {
  readonly time = new VirtualTime();
  readonly centre: FakeCentre = aCentre(this.time);
  readonly browser = new FakeBrowser(this.time);

  /** Opens a tab; long enough for it to be connected and to have read its storage, unless told otherwise. */
  open({ wait = 1_000, random = () => 0.5, ...options }: OpenOptions = {}): OpenTab {
    const adapter = this.centre.adapter();
    adapter.up = options.up ?? true;
    if (options.identity !== undefined) adapter.identity = options.identity;
    const tab = this.browser.tab();
    const { scheduler } = tab;
    const { offlineCopy } = options;
    const workspace = createWorkspace({
      transport: adapter,
      platform: tab,
      random,
      scheduler,
      ...(offlineCopy !== undefined && { offlineCopy }),
    });
    this.time.pass(wait);
    const die = (): void => {
      adapter.die();
      tab.die();
    };
    return { workspace, adapter, tab, die };
  }
}

/** The latest value of a stream that replays. */
export function latest<T>(stream$: { subscribe(next: (value: T) => void): { unsubscribe(): void } }): T {
  const values: T[] = [];
  stream$.subscribe((value) => values.push(value)).unsubscribe();
  const value = values.at(-1);
  if (values.length === 0) throw new Error('The stream did not replay a value.');
  return value as T;
}

/** How far the clock goes in one turn, in milliseconds. */
const TURN = 5;

/** Lets time pass with a turn now and then for promises: what takes the clock and promises in turn goes on. */
export async function passInTurns(world: World, milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += TURN) {
    world.time.pass(TURN);
    // oxlint-disable-next-line no-await-in-loop -- Each turn lets the next promise be kept.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
