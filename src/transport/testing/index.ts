/**
 * The suite that every transport adapter must pass. It knows no test framework: pass the function that registers a test.
 *
 *     transportContract({ name: 'mine', test: it, create: () => myHarness() });
 */
import { COMMAND_CASES } from './cases-commands.js';
import { CONNECTION_CASES } from './cases-connection.js';
import { LIFE_CASES } from './cases-life.js';
import { PART_CASES } from './cases-parts.js';
import { RESPONSE_CASES } from './cases-responses.js';
import { SEARCH_CASES } from './cases-search.js';
import { PAGE_CASES } from './cases-pages.js';
import { TEMPLATE_CASES } from './cases-templates.js';
import { UPLOAD_CASES } from './cases-uploads.js';
import type { CaseRun, ContractHarness, ContractOptions } from './harness.js';
import { Scene } from './scene.js';
import type { Case } from './scene.js';

export { ContractViolation } from './expect.js';
export type { CaseRun, ContractHarness, ContractOptions } from './harness.js';

const PATIENCE = 5_000;

/** Registers all cases. A case fails with a ContractViolation that says what was against the contract. */
export function transportContract(options: ContractOptions): void {
  const { name, create, test, patience = PATIENCE } = options;
  for (const one of CASES) {
    // The parameters are not listed: mocha takes a function with some for one that calls back.
    const run: CaseRun = async function (...context) {
      const scene = new Scene(await create(), patience);
      try {
        const missing = missingFor(one, scene.harness) ?? (await lackOf(one, scene));
        if (missing === null) await one.run(scene);
        else skip(missing, options, [...context, this]);
      } finally {
        await scene.end();
      }
    };
    test(`${name}: ${one.name}`, run);
  }
}

const CASES: readonly Case[] = [
  ...CONNECTION_CASES,
  ...COMMAND_CASES,
  ...LIFE_CASES,
  ...PAGE_CASES,
  ...PART_CASES,
  ...SEARCH_CASES,
  ...RESPONSE_CASES,
  ...TEMPLATE_CASES,
  ...UPLOAD_CASES,
];

function missingFor({ needs = [], asks = [] }: Case, harness: ContractHarness): string | null {
  const hook = needs.find((one) => !harness[one]);
  if (hook) return `The harness has no ${hook}.`;
  const method = asks.find((one) => !harness.adapter[one]);
  return method ? `The adapter has no ${method}.` : null;
}

async function lackOf({ feature }: Case, scene: Scene): Promise<string | null> {
  if (feature === undefined) return null;
  const probe = await scene.online();
  const { features = [] } = probe.welcome;
  probe.disconnect();
  return features.includes(feature) ? null : `The other side has not the feature ${feature}.`;
}

function skip(reason: string, options: ContractOptions, context: readonly unknown[]): void {
  if (options.skip) return options.skip(reason);
  const runner = context.find(canSkip);
  if (runner) return runner.skip(reason);
  throw new Error(
    `${reason} This case must be skipped, and the test runner has handed over no way to do so.`,
  );
}

function canSkip(value: unknown): value is { skip(reason: string): void } {
  return typeof value === 'object' && value !== null && 'skip' in value && typeof value.skip === 'function';
}
