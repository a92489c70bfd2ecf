/**
 * The suite that every transport adapter must pass. It knows no test framework: pass the function that registers a test.
 *
 *     transportContract({ name: 'mine', test: it, create: () => myHarness() });
 */
import { COMMAND_CASES } from './cases-commands.js';
import { CONNECTION_CASES } from './cases-connection.js';
import { LIFE_CASES } from './cases-life.js';
import { PAGE_CASES } from './cases-pages.js';
import type { ContractOptions } from './harness.js';
import { Scene } from './scene.js';

export { ContractViolation } from './expect.js';
export type { ContractHarness, ContractOptions } from './harness.js';

const PATIENCE = 5_000;

/** Registers all cases. A case fails with a ContractViolation that says what was against the contract. */
export function transportContract({ name, create, test, patience = PATIENCE }: ContractOptions): void {
  for (const { name: what, needs, run } of [
    ...CONNECTION_CASES,
    ...COMMAND_CASES,
    ...LIFE_CASES,
    ...PAGE_CASES,
  ]) {
    test(`${name}: ${what}`, async () => {
      const scene = new Scene(await create(), patience);
      try {
        if (!needs || scene.harness[needs]) await run(scene);
      } finally {
        await scene.end();
      }
    });
  }
}
