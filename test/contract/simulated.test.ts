import { describe, it } from 'node:test';
import { simulatedTransport } from '../../src/transport/simulated/index.js';
import { transportContract } from '../../src/transport/testing/index.js';
import type { ContractHarness } from '../../src/transport/testing/index.js';

function harness(latency: number): ContractHarness {
  const adapter = simulatedTransport({ scenario: 'empty', keep: 100, agent: { status: 'not-ready' } });
  const refusedAdapter = simulatedTransport({ scenario: 'empty' });
  refusedAdapter.faults.refuseCredentials = true;
  adapter.faults.latency = latency;
  return {
    adapter,
    refusedAdapter,
    otherAdapter: adapter.another(),
    contactWrites: (text, contact) => void adapter.write(contact, text),
    dropLink: () => adapter.faults.dropLink(),
    loseNextReceipt: () => {
      adapter.faults.loseReceipts = 1;
    },
    forget: () => {
      for (let i = 0; i < 210; i++) adapter.write('Somebody else', `Line ${i}`);
    },
    // Once: the case takes as long as a sign of life may take.
    ...(latency === 0 && { stallLink: () => adapter.faults.stall(60) }),
    close: () => undefined,
  };
}

describe('transport contract', () => {
  for (const latency of [0, 5])
    transportContract({
      name: `simulated with a latency of ${latency} ms`,
      test: (name, run) => void it(name, run),
      create: () => harness(latency),
    });
});
