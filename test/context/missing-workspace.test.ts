import { expect, fixture, html } from '@open-wc/testing';
import type { WhatsAppWorkspace } from '../../src/elements/whatsapp-workspace/whatsapp-workspace.js';
import '../../src/define/agent-status.js';
import '../../src/define/interaction-bar.js';
import '../../src/define/workbin-list.js';
import '../../src/define/whatsapp-desk.js';
import '../../src/define/whatsapp-workspace.js';
import { FakeTransport } from '../support/fake-transport.js';
import { waitUntil } from '../support/wait-until.js';

/** What the console is told while something happens. */
async function warningsDuring(action: (warnings: readonly string[]) => Promise<unknown>): Promise<string[]> {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (...words: unknown[]) => warnings.push(String(words[0]));
  try {
    await action(warnings);
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe('a workspace that is missing', () => {
  it('is told of once, with the element, the id that it looks for, and those that there are', async () => {
    const warnings = await warningsDuring(async (told) => {
      await fixture(html`
        <div>
          <whatsapp-workspace id="desk" .transport=${new FakeTransport()}></whatsapp-workspace>
          <workbin-list workspace="dekc"></workbin-list>
          <workbin-list workspace="dekc"></workbin-list>
          <agent-status workspace="desk"></agent-status>
          <interaction-bar></interaction-bar>
        </div>
      `);
      await waitUntil(() => told.length >= 2);
    });
    expect(warnings).to.have.members([
      'whatsapp-workspace: <workbin-list> looks for <whatsapp-workspace id="dekc">, and there is none. The page has "desk".',
      'whatsapp-workspace: <interaction-bar> stands in no <whatsapp-workspace>: put it into one, or name one in its attribute `workspace`. The page has "desk".',
    ]);
  });

  it('is told of by the outermost of our elements', async () => {
    const warnings = await warningsDuring(async (told) => {
      await fixture(html`<whatsapp-desk workspace="nobody"></whatsapp-desk>`);
      await waitUntil(() => told.length > 0);
    });
    expect(warnings).to.deep.equal([
      'whatsapp-workspace: <whatsapp-desk> looks for <whatsapp-workspace id="nobody">, and there is none. The page has none with an id.',
    ]);
  });

  it('is told of by its own element where it knows nothing to connect to, or lacks the token or the gateway', async () => {
    const warnings = await warningsDuring(async (told) => {
      await fixture(html`
        <div>
          <whatsapp-workspace id="bare"><workbin-list></workbin-list></whatsapp-workspace>
          <whatsapp-workspace gateway="/"></whatsapp-workspace>
          <whatsapp-workspace id="lost" token="t"></whatsapp-workspace>
          <agent-status workspace="lost"></agent-status>
        </div>
      `);
      await waitUntil(() => told.length >= 3);
    });
    expect(warnings).to.have.members([
      'whatsapp-workspace: <whatsapp-workspace id="bare"> has nothing to connect to: set `gateway` and `token`, or `simulated`, or its property `transport`.',
      'whatsapp-workspace: <whatsapp-workspace> has a `gateway`, but no `token`.',
      'whatsapp-workspace: <whatsapp-workspace id="lost"> has a `token`, but no `gateway`.',
    ]);
  });

  it('is not told of where it comes a moment later', async () => {
    const warnings = await warningsDuring(async (told) => {
      const page = await fixture(html`
        <div>
          <whatsapp-workspace id="late"></whatsapp-workspace>
          <workbin-list workspace="late"></workbin-list>
          <agent-status workspace="never"></agent-status>
        </div>
      `);
      const late = page.querySelector('whatsapp-workspace') as WhatsAppWorkspace;
      late.transport = new FakeTransport();
      // The one that is missing for good is told of last: by then the others would have been.
      await waitUntil(() => told.length > 0);
    });
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('id="never"');
  });
});
