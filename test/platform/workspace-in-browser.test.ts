import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { asyncScheduler, firstValueFrom, filter } from 'rxjs';
import { textDraft } from '../../src/model/index.js';
import { browserPlatform } from '../../src/platform/index.js';
import { databaseName } from '../../src/platform/desk-database.js';
import { createWorkspace } from '../../src/streams/index.js';
import type { Workspace } from '../../src/streams/index.js';
import { FakeCentre } from '../support/fake-adapter.js';
import type { FakeAdapter } from '../support/fake-adapter.js';
import { anInteraction } from '../support/builders.js';
import { waitUntil } from '../support/wait-until.js';

const MASHA = 'interaction-1';

/** The streams have their tests in virtual time; here they meet a real browser's storage, locks and channels. */
describe('a workspace in this browser', () => {
  const open: Workspace[] = [];
  let centre: FakeCentre;

  function tab(): { workspace: Workspace; adapter: FakeAdapter } {
    const adapter = centre.adapter();
    const workspace = createWorkspace({ transport: adapter, platform: browserPlatform() });
    open.push(workspace);
    return { workspace, adapter };
  }

  function ready(workspace: Workspace): Promise<unknown> {
    return firstValueFrom(workspace.storage$.pipe(filter((state) => state === 'persistent')));
  }

  beforeEach(() => {
    const windowClosesAt = Date.now() + 3_600_000;
    centre = new FakeCentre(asyncScheduler, anInteraction({ windowClosesAt }));
  });

  afterEach(async () => {
    for (const workspace of open.splice(0)) workspace.close();
    await deleteDB(databaseName({ issuer: 'test', agent: 'ana' }));
  });

  it('keeps over a reload what could not be sent, and sends it once, in order', async () => {
    const before = tab();
    await ready(before.workspace);
    before.adapter.cut();
    before.workspace.sendText(MASHA, 'One');
    before.workspace.sendText(MASHA, 'Two');
    before.workspace.saveDraft(MASHA, textDraft('Three'));
    before.workspace.close();
    const { workspace, adapter } = tab();
    await waitUntil(() => centre.sentTexts.length === 2);
    expect(centre.sentTexts).to.deep.equal(['One', 'Two']);
    await firstValueFrom(workspace.outbox$.pipe(filter((items) => items.length === 0)));
    expect(adapter.sent).to.have.length(2);
    expect((await firstValueFrom(workspace.draft$(MASHA))).text).to.equal('Three');
  });

  it('sends from one of two tabs, and from the other when the first is closed', async () => {
    const [one, two] = [tab(), tab()];
    await Promise.all([ready(one.workspace), ready(two.workspace)]);
    two.workspace.sendText(MASHA, 'One');
    await waitUntil(() => centre.sentTexts.length === 1);
    const [first, second] = one.adapter.sent.length === 1 ? [one, two] : [two, one];
    expect([first.adapter.sent.length, second.adapter.sent.length]).to.deep.equal([1, 0]);
    await waitUntil(async () => (await firstValueFrom(second.workspace.outbox$)).length === 0);
    first.workspace.close();
    second.workspace.sendText(MASHA, 'Two');
    await waitUntil(() => centre.sentTexts.length === 2);
    expect(second.adapter.sent).to.have.length(1);
  });
});
