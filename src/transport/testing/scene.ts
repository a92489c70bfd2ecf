import type { Cursor } from '../../model/index.js';
import type { ContractHarness } from './harness.js';
import { Probe } from './probe.js';

/** What a case plays with: the harness, and connections that end with it. */
export class Scene {
  readonly harness: ContractHarness;
  readonly #patience: number;
  readonly #probes: Probe[] = [];

  constructor(harness: ContractHarness, patience: number) {
    this.harness = harness;
    this.#patience = patience;
  }

  probe(adapter = this.harness.adapter): Probe {
    const probe = new Probe(adapter, this.#patience);
    this.#probes.push(probe);
    return probe;
  }

  /** Connects and waits until the desk is up to date. */
  async online(adapter = this.harness.adapter, cursor: Cursor | null = null): Promise<Probe> {
    const probe = this.probe(adapter).connect(cursor);
    await probe.until('a snapshot', () => probe.snapshots.length > 0);
    return probe;
  }

  /** An agent at the desk who is ready. */
  async ready(): Promise<Probe> {
    const probe = await this.online();
    await probe.does('set-agent-status', { status: 'ready', reason: null });
    return probe;
  }

  /** A contact writes, and the agent accepts. @returns The desk and the interaction. */
  async accepted(contact = 'Zoe', desk?: Probe): Promise<{ desk: Probe; id: string }> {
    const probe = desk ?? (await this.ready());
    await this.harness.contactWrites(`Hello from ${contact}`, contact);
    const { id } = await probe.until(`an offer of ${contact}`, () => {
      const found = probe.find(contact);
      return found?.offer ? found : null;
    });
    await probe.does('accept-interaction', { interaction: id });
    return { desk: probe, id };
  }

  async end(): Promise<void> {
    for (const probe of this.#probes) probe.disconnect();
    await this.harness.close();
  }
}

export interface Case {
  readonly name: string;
  /** What the harness must have for it. */
  readonly needs?: readonly ('loseNextReceipt' | 'forget' | 'stallLink')[];
  /** What the adapter must have for it. */
  readonly asks?: readonly ('check' | 'upload' | 'media')[];
  /** What the welcome must say that the other side can do. */
  readonly feature?: string;
  readonly run: (scene: Scene) => Promise<void>;
}
