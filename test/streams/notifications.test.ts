import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { bareNotification, EMPTY_DRAFT, NO_VALUES } from '../../src/model/index.js';
import type { Draft, Template } from '../../src/model/index.js';
import { aTemplate } from '../support/builders.js';
import { passInTurns, World } from '../support/desk.js';

const MASHA = 'interaction-1';
const GREETING = aTemplate({ body: 'Hello {{1}}.' });

// It is loaded when it is first asked for, which virtual time knows nothing of.
before(async () => void (await import('../../src/streams/notifications/template-library.js')));

async function opened(templates: readonly Template[] = [GREETING]) {
  const world = new World();
  world.centre.templates = templates;
  world.centre.receive('Hello');
  const tab = world.open();
  await passInTurns(world, 100);
  const notifications = await tab.workspace.notifications();
  const drafts: Draft[] = [];
  tab.workspace.draft$(MASHA).subscribe((draft) => drafts.push(draft));
  const sent = () =>
    world.centre.log.flatMap((event) => (event.type === 'message-sent' ? [event.body.message.content] : []));
  return { world, tab, notifications, draft: () => drafts.at(-1) ?? assert.fail(), sent };
}

async function whileTimePasses<T>(world: World, asked: Promise<T>): Promise<T> {
  await passInTurns(world, 100);
  return asked;
}

describe('notifications', () => {
  it('are found page by page, and say so where there are none', async () => {
    const many = Array.from({ length: 60 }, (_, i) => aTemplate({ name: `t${100 + i}` }));
    const { world, tab, notifications } = await opened(many);
    const first = await whileTimePasses(world, notifications.search(MASHA, '', null));
    assert.ok(first.ok && first.templates.length === 50 && first.next !== null);
    const rest = await whileTimePasses(world, notifications.search(MASHA, '', first.next));
    assert.ok(rest.ok && rest.templates.length === 10 && rest.next === null);
    tab.adapter.queryFaults.push('offline');
    const offline = await whileTimePasses(world, notifications.search(MASHA, '', null));
    assert.deepEqual(offline, { ok: false, why: 'offline' });
  });

  it('come into the draft beside what is there, and leave it when they are sent', async () => {
    const { world, tab, notifications, draft, sent } = await opened();
    tab.workspace.saveDraft(MASHA, { ...EMPTY_DRAFT, text: 'Good day' });
    notifications.choose(MASHA, GREETING);
    assert.deepEqual(draft(), { ...EMPTY_DRAFT, text: 'Good day', notification: bareNotification(GREETING) });
    assert.equal(notifications.send(MASHA), null, 'With nothing filled in.');
    const notification = { ...bareNotification(GREETING), values: { ...NO_VALUES, body: { 1: ' Masha ' } } };
    tab.workspace.saveDraft(MASHA, { ...draft(), notification });
    assert.notEqual(notifications.send(MASHA), null);
    assert.deepEqual(draft(), { ...EMPTY_DRAFT, text: 'Good day' });
    await passInTurns(world, 20_000);
    assert.deepEqual(
      sent().map((content) => content.kind === 'template' && content.body),
      ['Hello Masha.'],
    );
  });

  it('stay in the draft over a reload', async () => {
    const { world, tab, notifications, draft } = await opened();
    notifications.choose(MASHA, GREETING);
    await passInTurns(world, 1000);
    const before = draft();
    tab.workspace.close();
    const another = world.open();
    const drafts: Draft[] = [];
    another.workspace.draft$(MASHA).subscribe((one) => drafts.push(one));
    await passInTurns(world, 1000);
    assert.deepEqual(drafts.at(-1), before);
  });
});
