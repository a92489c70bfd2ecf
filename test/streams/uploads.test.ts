import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { delay, of } from 'rxjs';
import { EMPTY_DRAFT, OUTBOX_PATIENCE, mergeInteractions, textDraft } from '../../src/model/index.js';
import type { DraftAttachment, OutboxItem } from '../../src/model/index.js';
import { FILE_PATIENCE } from '../../src/streams/files/uploads.js';
import { OPEN_PATIENCE } from '../../src/streams/storage/agent-scope.js';
import { TRY_AGAIN } from '../../src/streams/storage/safe-storage.js';
import { anAgent, anInteraction } from '../support/builders.js';
import { latest, passInTurns, World } from '../support/desk.js';
import type { OpenTab } from '../support/desk.js';

const MASHA = 'interaction-1';
const OMAR = 'interaction-2';

const PHOTO = new File(['12345678'], 'photo.jpg', { type: 'image/jpeg' });
const INVOICE = new File(['1234'], 'invoice.pdf', { type: 'application/pdf' });

const outbox = ({ workspace }: OpenTab): readonly OutboxItem[] => latest(workspace.outbox$);
const steps = (tab: OpenTab): readonly string[] =>
  outbox(tab).map(({ body, step }) => `${nameOf(body)}: ${step.at}`);

// It comes with the first file; here it takes no time.
before(async () => void (await import('../../src/streams/files/files.js')));

/** What the contact centre was sent, in order. */
const sent = ({ adapter }: OpenTab): readonly string[] =>
  adapter.sent.flatMap((command) => (command.name === 'send-message' ? [nameOf(command.args.content)] : []));

function nameOf(body: OutboxItem['body']): string {
  if (body.kind === 'text') return body.text;
  return body.kind === 'media' ? `${body.fileName ?? ''} (${body.media?.id ?? 'no file'})` : body.kind;
}

/** Lets pass what takes no time of the clock: modules that are loaded, answers of the page. */
async function settle(world: World, time = 0): Promise<void> {
  for (let i = 0; i < 20; i++) {
    // oxlint-disable-next-line no-await-in-loop -- Each turn lets the next promise be kept.
    await new Promise((resolve) => setImmediate(resolve));
    world.time.pass(0);
  }
  world.time.pass(time);
}

/** A tab whose contact centre takes any message. */
function open(world: World, options?: Parameters<World['open']>[0]): OpenTab {
  const tab = world.open(options);
  const { adapter } = tab;
  adapter.send = (command) => {
    adapter.sent.push(command);
    return of({ id: command.id, ok: true, seq: world.centre.head, result: null }) as never;
  };
  return tab;
}

async function attach(
  world: World,
  { workspace }: OpenTab,
  ...files: readonly File[]
): Promise<readonly DraftAttachment[]> {
  const attached: DraftAttachment[] = [];
  for (const file of files) {
    const attaching = workspace.attach(MASHA, file);
    // oxlint-disable-next-line no-await-in-loop -- One after the other, in their order.
    const [outcome] = await Promise.all([attaching, passInTurns(world, 50)]);
    assert.ok(outcome.ok);
    attached.push(outcome.attachment);
  }
  return attached;
}

describe('files that are attached', () => {
  it('are in the draft, in their order, and on the disk', async () => {
    const world = new World();
    const tab = open(world);
    await attach(world, tab, PHOTO, INVOICE);
    await passInTurns(world, 1_000);
    const { attachments } = latest(tab.workspace.draft$(MASHA));
    assert.deepEqual(attachments, [
      {
        id: attachments[0]?.id,
        name: 'photo.jpg',
        as: 'image',
        mimeType: 'image/jpeg',
        bytes: 8,
        caption: '',
      },
      {
        id: attachments[1]?.id,
        name: 'invoice.pdf',
        as: 'document',
        mimeType: 'application/pdf',
        bytes: 4,
        caption: '',
      },
    ]);
    assert.deepEqual(
      [...world.browser.disk().files.keys()],
      attachments.map(({ id }) => id),
    );
    assert.deepEqual(world.browser.disk().drafts.get(MASHA)?.attachments, attachments);
    assert.deepEqual(tab.adapter.uploads, [], 'nothing leaves before it is sent');
  });

  it('survive a reload', async () => {
    const world = new World();
    const former = open(world);
    const [photo] = await attach(world, former, PHOTO);
    await passInTurns(world, 1_000);
    former.die();
    const tab = open(world);
    await passInTurns(world, 1_000);
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)).attachments, [photo]);
    const file = tab.workspace.fileOf(photo?.id ?? '');
    await passInTurns(world, 50);
    assert.equal(await (await file)?.text(), '12345678');
  });

  it('are refused by what is in them, and by what the contact centre allows', async () => {
    const world = new World();
    const tab = open(world);
    const refused = tab.workspace.attach(MASHA, new File(['<svg>'], 'photo.png', { type: 'image/svg+xml' }));
    await passInTurns(world, 50);
    assert.deepEqual(await refused, { ok: false, refusal: { kind: 'unknown', found: 'image/svg+xml' } });
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)).attachments, []);
  });

  it('are refused where the disk has no room for them', async () => {
    const world = new World();
    const tab = open(world);
    world.browser.storage = 'full';
    const refused = tab.workspace.attach(MASHA, PHOTO);
    await passInTurns(world, 50);
    assert.deepEqual(await refused, { ok: false, refusal: { kind: 'no-room' } });
  });
});

describe('files that are attached before the storage is open', () => {
  const LATE = 10_000;

  /** A tab whose storage opens late, on a disk that takes its time. */
  function late(world: World, options?: Parameters<World['open']>[0]): OpenTab {
    world.browser.manners.opens = () => LATE;
    const tab = open(world, options);
    world.time.pass(OPEN_PATIENCE);
    world.browser.manners.commit = () => 20;
    return tab;
  }

  /** Lets time pass until the storage is open and all is stored. @returns What was named on the disk before it was there. */
  async function storing(world: World): Promise<readonly string[]> {
    const { drafts, outbox: stored, files } = world.browser.disk();
    const early = new Set<string>();
    for (let passed = 0; passed < LATE; passed += 5) {
      // oxlint-disable-next-line no-await-in-loop -- Each moment is looked at.
      await passInTurns(world, 5);
      const inDrafts = [...drafts.values()].flatMap(({ attachments }) => attachments.map(({ id }) => id));
      const inMessages = stored.flatMap(({ body }) => (body.kind === 'media' ? [body.upload] : []));
      for (const id of [...inDrafts, ...inMessages]) if (!files.has(id)) early.add(id);
    }
    return [...early];
  }

  it('are stored when it opens, before their draft, and survive a reload', async () => {
    const world = new World();
    const former = late(world);
    const attachments = await attach(world, former, PHOTO, INVOICE);
    assert.deepEqual(await storing(world), []);
    assert.deepEqual(
      [...world.browser.disk().files.keys()],
      attachments.map(({ id }) => id),
    );
    former.die();
    world.browser.manners.opens = () => 1;
    const tab = open(world);
    await passInTurns(world, 1_000);
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)).attachments, attachments);
    const file = tab.workspace.fileOf(attachments[0]?.id ?? '');
    await passInTurns(world, 50);
    assert.equal(await (await file)?.text(), '12345678');
  });

  it('are stored before the messages that wait for them, which another tab sends', async () => {
    const world = new World();
    const former = late(world);
    const attachments = await attach(world, former, PHOTO);
    former.adapter.cut();
    former.workspace.send(MASHA, { text: '', attachments });
    assert.deepEqual(await storing(world), []);
    former.die();
    world.browser.manners.opens = () => 1;
    const tab = open(world);
    await passInTurns(world, 1_000);
    assert.deepEqual(sent(tab), [`photo.jpg (media of ${attachments[0]?.id})`]);
  });

  it('go on being uploaded by the tab that has begun when it opens, once', async () => {
    const world = new World();
    const tab = late(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('silence');
    tab.workspace.send(MASHA, { text: '', attachments });
    await storing(world);
    assert.deepEqual(tab.adapter.uploads, [[attachments[0]?.id, 0]]);
  });

  it('are not waited for where the disk has no room for them, nor stored when nothing names them any more', async () => {
    const world = new World();
    const tab = late(world);
    await attach(world, tab, PHOTO);
    world.browser.storage = 'full';
    await passInTurns(world, LATE);
    tab.workspace.sendText(OMAR, 'Meanwhile');
    await passInTurns(world, 100);
    assert.deepEqual(sent(tab), ['Meanwhile']);
    assert.equal(latest(tab.workspace.storage$), 'memory');
    tab.workspace.saveDraft(MASHA, EMPTY_DRAFT);
    world.browser.storage = 'well';
    await passInTurns(world, 2 * TRY_AGAIN);
    assert.equal(latest(tab.workspace.storage$), 'persistent');
    assert.deepEqual([...world.browser.disk().files], []);
  });

  it('keep their message in this tab until there is room for them, and are not looked for in others', async () => {
    const world = new World();
    const other = open(world);
    other.workspace.send(MASHA, { text: '', attachments: await attach(world, other, PHOTO) });
    await passInTurns(world, 1_000);
    assert.equal(sent(other).length, 1, 'it is the one that uploads what is stored');
    const tab = late(world);
    const attachments = await attach(world, tab, INVOICE);
    world.browser.storage = 'tight';
    await passInTurns(world, LATE);
    tab.adapter.uploadFaults.push('silence');
    tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, FILE_PATIENCE + 10_000);
    assert.deepEqual([tab, other].map(steps), [['invoice.pdf (no file): uploading'], []]);
    world.browser.storage = 'well';
    await passInTurns(world, 2 * TRY_AGAIN);
    assert.deepEqual(
      world.browser.disk().outbox.flatMap(({ body }) => (body.kind === 'media' ? [body.fileName] : [])),
      ['invoice.pdf'],
    );
    tab.die();
    await passInTurns(world, 5_000);
    assert.deepEqual(sent(other).slice(1), [`invoice.pdf (media of ${attachments[0]?.id})`]);
  });

  it('are not stored for another agent', async () => {
    const world = new World();
    const tab = late(world);
    const [photo] = await attach(world, tab, PHOTO);
    tab.adapter.cut();
    world.centre.agent = anAgent({ id: 'ben', name: 'Ben' });
    tab.adapter.restore();
    tab.workspace.retryNow();
    await passInTurns(world, 2 * LATE);
    assert.deepEqual([...world.browser.disk('ben').files], []);
    const file = tab.workspace.fileOf(photo?.id ?? '');
    await passInTurns(world, 50);
    assert.equal(await file, null);
  });
});

describe('files that are still being looked at when their conversation ends', () => {
  const ELSEWHERE = 'interaction-0';

  /** Attaches a photo to Omar's; before it is in the draft, this happens. */
  async function attachLate(world: World, { tab, workspace }: OpenTab, happens: () => void): Promise<void> {
    tab.inspectFile = ({ type }) => of({ mimeType: type }).pipe(delay(1_000, world.time));
    const attaching = workspace.attach(OMAR, PHOTO);
    await passInTurns(world, 500);
    happens();
    await passInTurns(world, 2_000);
    const { ok } = await attaching;
    assert.ok(ok);
  }

  function merge({ centre, time }: World, kept = MASHA): void {
    const [one, other] = [kept, OMAR].map((id) => centre.interactions.get(id));
    assert.ok(one && other);
    centre.record(...mergeInteractions(one, other, time.now()));
  }

  const files = ({ workspace }: OpenTab, interaction: string): readonly string[] =>
    latest(workspace.draft$(interaction)).attachments.map(({ name }) => name);

  for (const how of ['event', 'snapshot'] as const) {
    it(`go into the draft of the one that it has ended in, told by the ${how}`, async () => {
      const world = new World();
      const tab = world.open();
      await attachLate(world, tab, () => {
        if (how === 'snapshot') tab.adapter.cut();
        merge(world);
        if (how === 'event') return;
        world.centre.keptFrom = world.centre.head;
        tab.adapter.restore();
        tab.workspace.retryNow();
      });
      assert.deepEqual([files(tab, MASHA), files(tab, OMAR)], [['photo.jpg'], []]);
      tab.die();
      const after = world.open();
      assert.deepEqual([files(after, MASHA), files(after, OMAR)], [['photo.jpg'], []]);
    });
  }

  it('stay where what was written stays, when that is somebody else’s', async () => {
    const world = new World();
    world.centre.interactions.set(ELSEWHERE, anInteraction({ id: ELSEWHERE, agent: 'ben' }));
    const tab = world.open();
    tab.workspace.saveDraft(OMAR, textDraft('half a sentence'));
    await attachLate(world, tab, () => merge(world, ELSEWHERE));
    assert.deepEqual([files(tab, OMAR), files(tab, ELSEWHERE)], [['photo.jpg'], []]);
    assert.equal(latest(tab.workspace.draft$(OMAR)).text, 'half a sentence');
  });

  it('are forgotten with it when it is done, also after it has ended in another one', async () => {
    for (const last of [OMAR, MASHA]) {
      const world = new World();
      const tab = world.open();
      // oxlint-disable-next-line no-await-in-loop -- One desk after the other.
      await attachLate(world, tab, () => {
        if (last === MASHA) merge(world);
        void tab.workspace.markDone(last);
      });
      assert.equal(tab.workspace.state.interactions.has(last), false);
      assert.deepEqual([files(tab, OMAR), files(tab, MASHA)], [[], []]);
      const { drafts, files: stored } = world.browser.disk();
      assert.deepEqual([drafts.size, stored.size], [0, 0]);
    }
  });
});

describe('files that are sent', () => {
  it('go behind the text, in their order, each when it is uploaded, as one batch', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO, INVOICE);
    const ids = tab.workspace.send(MASHA, { text: 'Here', attachments });
    assert.equal(ids.length, 3);
    await passInTurns(world, 1_000);
    const [photo, invoice] = attachments.map(({ id }) => id);
    assert.deepEqual(sent(tab), [
      'Here',
      `photo.jpg (media of ${photo})`,
      `invoice.pdf (media of ${invoice})`,
    ]);
    const batches = tab.adapter.sent.map((command) => command.name === 'send-message' && command.args.batch);
    assert.deepEqual(
      batches,
      ids.map((_, index) => ({ id: ids[0], index, of: 3 })),
    );
    assert.deepEqual(latest(tab.workspace.draft$(MASHA)).attachments, []);
    assert.equal(world.browser.disk().drafts.has(MASHA), false);
  });

  it('do not hold up what was written before or elsewhere, and hold up what was written after', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('silence');
    tab.workspace.sendText(MASHA, 'Before');
    tab.workspace.send(MASHA, { text: '', attachments });
    tab.workspace.sendText(MASHA, 'After');
    tab.workspace.sendText(OMAR, 'Elsewhere');
    await passInTurns(world, 500);
    assert.deepEqual(sent(tab).toSorted(), ['Before', 'Elsewhere']);
    assert.deepEqual(
      steps(tab).filter((step) => !step.endsWith('accepted')),
      ['photo.jpg (no file): uploading', 'After: queued'],
    );
  });

  it('tell how far they have come, and tell it no more when they have', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    const told: number[] = [];
    tab.workspace.uploads$.subscribe((uploads) =>
      told.push(...[...uploads.values()].map(({ taken }) => taken)),
    );
    tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, 500);
    assert.deepEqual(told, [2, 4, 6]);
    assert.equal(latest(tab.workspace.uploads$).size, 0);
  });

  it('go on where they were after a lost link', async () => {
    const world = new World();
    const tab = open(world);
    const [photo] = await attach(world, tab, PHOTO);
    tab.workspace.send(MASHA, { text: '', attachments: photo ? [photo] : [] });
    await passInTurns(world, 40);
    tab.adapter.cut();
    await passInTurns(world, 500);
    assert.deepEqual(steps(tab), ['photo.jpg (no file): queued'], 'without a link nothing is on its way');
    tab.adapter.restore();
    await passInTurns(world, 60_000);
    assert.deepEqual(sent(tab), [`photo.jpg (media of ${photo?.id})`]);
    assert.ok(tab.adapter.uploads.length > 1);
    assert.ok(tab.adapter.uploads.slice(1).every(([id, from]) => id === photo?.id && from > 0));
  });

  it('go on in another tab when the one that uploads is killed', async () => {
    const world = new World();
    const tab = open(world);
    const [photo] = await attach(world, tab, PHOTO);
    const other = open(world);
    tab.workspace.send(MASHA, { text: '', attachments: photo ? [photo] : [] });
    await passInTurns(world, 25);
    assert.deepEqual(steps(tab), ['photo.jpg (no file): uploading']);
    tab.die();
    await passInTurns(world, 5_000);
    assert.deepEqual(sent(other), [`photo.jpg (media of ${photo?.id})`]);
    assert.deepEqual(
      other.adapter.uploads.map(([, from]) => from > 0),
      [true],
    );
  });

  it('go on after a reload', async () => {
    const world = new World();
    const former = open(world);
    const [photo] = await attach(world, former, PHOTO);
    former.workspace.send(MASHA, { text: '', attachments: photo ? [photo] : [] });
    await passInTurns(world, 25);
    former.die();
    const tab = open(world);
    await passInTurns(world, 5_000);
    assert.deepEqual(sent(tab), [`photo.jpg (media of ${photo?.id})`]);
  });

  it('are uploaded by one tab of several', async () => {
    const world = new World();
    const tab = open(world);
    const others = [open(world), open(world)];
    const attachments = await attach(world, tab, PHOTO);
    tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, 2_000);
    assert.equal([tab, ...others].flatMap(({ adapter }) => adapter.uploads).length, 1);
  });

  it('are tried again when the contact centre is away, until they expire, and can be tried again then', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('timeout', 'timeout');
    tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, 30_000);
    assert.equal(sent(tab).length, 1);
    const again = await attach(world, tab, INVOICE);
    tab.adapter.uploadFaults.push(...Array.from({ length: 1_000 }, () => 'timeout' as const));
    const [id = ''] = tab.workspace.send(MASHA, { text: '', attachments: again });
    await passInTurns(world, OUTBOX_PATIENCE + 60_000);
    const step = outbox(tab).find(({ clientId }) => clientId === id)?.step;
    assert.equal(step?.at === 'failed' && step.cause, 'expiry');
    tab.adapter.uploadFaults.length = 0;
    assert.equal(tab.workspace.resend(id), id);
    await passInTurns(world, 2_000);
    assert.equal(sent(tab).length, 2);
  });

  it('fail for good when the contact centre does not take them, and let go what is behind', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('invalid');
    const [id = ''] = tab.workspace.send(MASHA, { text: '', attachments });
    tab.workspace.sendText(MASHA, 'After');
    await passInTurns(world, 2_000);
    const step = outbox(tab).find(({ clientId }) => clientId === id)?.step;
    assert.deepEqual(step, {
      at: 'failed',
      cause: 'refusal',
      kind: 'invalid',
      sentence: 'It failed: invalid.',
    });
    assert.deepEqual(sent(tab), ['After']);
  });

  it('are broken off and gone when they are discarded while they are uploaded', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('silence');
    const [id = ''] = tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, 50);
    tab.workspace.discard(id);
    await passInTurns(world, 2_000);
    assert.deepEqual([outbox(tab), sent(tab)], [[], []]);
    assert.equal(world.browser.disk().files.size, 0);
  });

  it('leave the disk when they have arrived', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, 5_000);
    assert.equal(world.browser.disk().files.size, 0);
  });

  it('say so when the browser does not have them any more', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    world.browser.disk().files.clear();
    const [id = ''] = tab.workspace.send(MASHA, { text: '', attachments });
    await passInTurns(world, FILE_PATIENCE + 5_000);
    const step = outbox(tab).find(({ clientId }) => clientId === id)?.step;
    assert.deepEqual(step?.at === 'failed' && [step.cause, step.kind], ['refusal', 'not-found']);
  });

  it('are sent by the tab that has them where nothing can be stored', async () => {
    const world = new World();
    world.browser.storage = 'refused';
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.workspace.send(MASHA, { text: 'Here', attachments });
    await passInTurns(world, 2_000);
    assert.deepEqual(sent(tab), ['Here', `photo.jpg (media of ${attachments[0]?.id})`]);
  });

  it('are given up with a closed workspace', async () => {
    const world = new World();
    const tab = open(world);
    const attachments = await attach(world, tab, PHOTO);
    tab.adapter.uploadFaults.push('silence');
    tab.workspace.send(MASHA, { text: '', attachments });
    await settle(world, 20);
    tab.workspace.close();
    await passInTurns(world, 500);
    assert.deepEqual([...tab.tab.open], []);
  });
});
