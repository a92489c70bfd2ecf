import type { TransportAdapter } from '../adapter.js';

/**
 * One contact centre of its own for one case, and what the suite must be able to cause in it. Nobody has written yet; one agent, whose status does not
 * matter; nobody else is ready. WhatsApp takes what is sent.
 */
export interface ContractHarness {
  /** The adapter under test, not connected. */
  readonly adapter: TransportAdapter;
  /** Another connection of the same agent. */
  readonly otherAdapter: TransportAdapter;
  /** One whose credentials are refused. */
  readonly refusedAdapter: TransportAdapter;
  /** A contact writes a text; the same name is the same contact. Resolves when the contact centre has taken it. */
  contactWrites(text: string, contact: string): void | Promise<void>;
  /** Cuts the living connection of `adapter` as a lost network does. A new one must be possible at once. */
  dropLink(): void | Promise<void>;
  /** The next receipt on `adapter` gets lost: the command has its effect. */
  loseNextReceipt?(): void | Promise<void>;
  /** The log forgets all that has happened so far: older cursors can no longer be resumed from. */
  forget?(): void | Promise<void>;
  /** From now on nothing comes through on the living connection of `adapter`, and nobody is told: as when a router has forgotten it. */
  stallLink?(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** A case, to be called by the test runner. */
export type CaseRun = (this: unknown, ...context: unknown[]) => Promise<void>;

export interface ContractOptions {
  /** Stands before the name of each case. */
  readonly name: string;
  /** Makes a harness for each case. */
  readonly create: () => ContractHarness | Promise<ContractHarness>;
  /**
   * Registers a case: `it` of node:test, mocha or vitest fits. What the runner hands to the function (as argument or `this`) must reach it: its `skip()` is
   * called in a case for which harness or adapter have not what it takes. Such a case is never passed.
   */
  readonly test: (name: string, run: CaseRun) => void;
  /** Skips the case that is running, for runners that hand nothing over. */
  readonly skip?: (reason: string) => void;
  /** How long to wait for what must come, in milliseconds; 5,000 by default. */
  readonly patience?: number;
}
