import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { TEAM_WORKBIN, personalWorkbin } from '../../src/model/index.js';
import type { DeliveryState, DomainEvent, TranscriptItem } from '../../src/model/index.js';

import { persona } from '../../src/transport/simulated/persona.js';
import type { SimulatedOptions } from '../../src/transport/simulated/index.js';

import { Desk, SECOND, kindOf, result } from './simulated-desk.js';
describe('a simulated conversation', () => {
  function accepted(options: SimulatedOptions = {}): { desk: Desk; id: string } {
    const desk = new Desk(options).online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: id });
    return { desk, id };
  }

  it('is offered, accepted, answered, delivered, read, and goes on', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => [...desk.state.interactions.values()].some(({ offer }) => offer));
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    assert.equal(desk.interaction(id).state, 'active');
    desk.until('both lines', () => desk.interaction(id).pendency?.count === 2);
    desk.say(id, 'On Friday.');
    assert.equal(desk.interaction(id).pendency, null);
    desk.until('an answer', () => desk.interaction(id).pendency !== null, 60);
    const states = desk.frames.flatMap((frame): DeliveryState[] =>
      frame.kind === 'event' && frame.event.type === 'delivery-changed'
        ? [(frame.event.body as { delivery: { state: DeliveryState } }).delivery.state]
        : [],
    );
    assert.deepEqual(states, ['sending', 'sent', 'delivered', 'read']);
    assert.equal(desk.texts(id).includes('Friday is good 👍'), true);
  });

  it('takes answers to what a contact said in an earlier conversation, and to nobody else', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    const earlier = desk.earlier(id);
    assert.ok(earlier);
    const asked = desk.transcript(earlier).findLast(({ kind }) => kind === 'message')?.id ?? '';
    const content = { kind: 'text', text: 'As I said then.' } as const;
    assert.equal(desk.command('send-message', { interaction: id, content, replyTo: asked }).ok, true);
    const other = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: other });
    const receipt = desk.command('send-message', { interaction: other, content, replyTo: asked });
    assert.equal(!receipt.ok && receipt.error.kind, 'not-found');
  });

  it('keeps the order of states among messages of one contact', () => {
    const { desk, id } = accepted();
    for (let i = 0; i < 10; i++) desk.say(id, `Line ${i}`);
    desk.time.pass(60 * SECOND);
    const sent = desk.frames.flatMap((frame) =>
      frame.kind === 'event' && frame.event.type === 'delivery-changed'
        ? [frame.event.body as { message: string; delivery: { state: DeliveryState } }]
        : [],
    );
    for (const state of ['sent', 'delivered', 'read']) {
      const messages = sent.filter(({ delivery }) => delivery.state === state).map(({ message }) => message);
      assert.equal(messages.length, 10);
      assert.deepEqual(
        messages,
        [...messages].sort((a, b) => Number(a.split('-').at(-1)) - Number(b.split('-').at(-1))),
      );
    }
  });

  it('has contacts who correct and take back what they wrote, and react to what they read', () => {
    const contacts = [
      persona({ id: 'zed', name: 'Zed' }, 'en', {
        turns: [
          {
            says: [
              'I come at 7',
              { kind: 'correction', text: 'I come at 8' },
              'Or not',
              { kind: 'withdrawal' },
            ],
            answer: 'Good.',
          },
        ],
      }),
    ];
    const desk = new Desk({ scenario: 'calm', contacts }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    const changes = () =>
      desk.frames.flatMap((frame) =>
        frame.kind === 'event' && frame.event.type === 'message-changed'
          ? [(frame.event as DomainEvent<'message-changed'>).body.change.kind]
          : [],
      );
    desk.until('both changes', () => changes().length === 2, 60);
    assert.deepEqual(changes(), ['edit', 'deletion']);
    assert.equal(desk.interaction(id).lastMessage?.kind, 'deleted');
    const page = result(
      desk.transport.query({ name: 'transcript', args: { interaction: id, before: null, limit: 50 } }),
    );
    desk.time.pass(SECOND);
    const items = page.value?.items ?? [];
    const messages = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
    assert.deepEqual(
      messages.map(({ content, former, deletedAt }) => [
        content.kind === 'text' && content.text,
        former.map(({ text }) => text),
        deletedAt !== null,
      ]),
      [
        ['I come at 8', ['I come at 7'], false],
        ['Or not', [], true],
      ],
    );
  });

  it('nudges who does not answer', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [{ id } = { id: '' }] = desk.state.interactions.values();
    desk.command('accept-interaction', { interaction: id });
    desk.time.pass(400 * SECOND);
    assert.deepEqual(desk.texts(id).slice(2), [
      'Are you there?',
      'I am with guests from ten on, so a quick answer would help',
    ]);
  });

  it('takes an offer back after its time and rings again', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
    desk.time.pass(30 * SECOND);
    assert.equal(desk.state.interactions.has(id), false);
    desk.time.pass(30 * SECOND);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
  });

  it('offers nothing to who is not ready, and takes back what rings', () => {
    const desk = new Desk().online();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(1);
    desk.command('set-agent-status', { status: 'not-ready', reason: 'Lunch' });
    assert.equal(desk.state.interactions.has(id), false);
    assert.equal(desk.state.agent?.reason, 'Lunch');
    desk.time.pass(300 * SECOND);
    assert.equal(desk.state.interactions.has(id), false);
    desk.command('set-agent-status', { status: 'ready', reason: null });
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
  });

  it('offers nothing while nobody is connected', () => {
    const desk = new Desk().online();
    desk.offline();
    const id = desk.transport.write('Zoe', 'Hello');
    desk.time.pass(300 * SECOND);
    desk.online(desk.state.cursor);
    assert.equal(desk.interaction(id).offer?.expiresAt, desk.time.now() - 1 + 30 * SECOND);
  });

  it('stops offering when the desk is full', () => {
    const desk = new Desk({ policy: { agentCapacity: 2 } }).online();
    for (const who of ['Zoe', 'Yan', 'Xia']) desk.transport.write(who, 'Hello');
    desk.time.pass(1);
    assert.equal(desk.state.interactions.size, 2);
  });

  it('brings a parked interaction back when the contact writes', () => {
    const { desk, id } = accepted();
    desk.command('move-to-workbin', { interaction: id, workbin: TEAM_WORKBIN });
    assert.equal(desk.state.interactions.size, 0);
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.count, 1);
    desk.transport.write('Zoe', 'One more thing');
    desk.time.pass(1);
    assert.equal(desk.interaction(id).offer?.agent, 'ana');
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.count, 0);
  });

  it('lets the contact of a parked conversation come back by themselves', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('somebody leaves the workbins', () => {
      const counts = [...desk.state.workbins.values()].map(({ count }) => count);
      return counts.reduce((a, b) => a + b, 0) < 3;
    });
  });

  it('begins a new interaction after Done, which knows the one before', () => {
    const { desk, id } = accepted();
    desk.command('mark-done', { interaction: id });
    const next = desk.transport.write('Zoe', 'Hello again');
    desk.time.pass(1);
    assert.notEqual(next, id);
    assert.equal(desk.earlier(next), id);
    assert.deepEqual(desk.texts(id), ['Hello']);
  });

  it('goes on as one when two contacts turn out to be one person, whose transcript says so', () => {
    const { desk, id } = accepted();
    const other = desk.transport.write('Unknown number', 'It is me');
    desk.time.pass(1);
    desk.command('accept-interaction', { interaction: other });
    desk.transport.merge('Zoe', 'Unknown number');
    desk.time.pass(1);
    assert.deepEqual([...desk.state.interactions.keys()], [id]);
    assert.equal(desk.transport.write('Unknown number', 'Still me'), id);
    desk.time.pass(1);
    const seen = desk
      .transcript(id)
      .map((item) =>
        item.kind === 'merge' ? [item.contacts.ended.name, item.contacts.kept.name] : item.kind,
      );
    assert.deepEqual(seen, ['session', 'message', ['Unknown number', 'Zoe'], 'message']);
    assert.equal(desk.earlier(id), other);
  });

  it('has long earlier interactions, the same for the same seed', () => {
    const read = () => {
      const desk = new Desk({ scenario: 'empty' }).online();
      const id = desk.transport.write('joseph', 'Hello');
      desk.time.pass(1);
      const chapters: TranscriptItem[][] = [];
      for (let at: string | null = id; at !== null;) {
        chapters.push([...desk.transcript(at, 37)]);
        at = desk.earlier(at);
      }
      return chapters;
    };
    const chapters = read();
    const counts = chapters.map((items) => items.filter(({ kind }) => kind === 'message').length);
    assert.deepEqual(counts, [1, 22, 340, 30]);
    const all = chapters.toReversed().flat();
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.deepEqual(
      all,
      all.toSorted((a, b) => a.at - b.at),
    );
    assert.deepEqual(read(), chapters);
  });

  it('refuses pages that make no sense', () => {
    const { desk, id } = accepted();
    const questions = [
      { name: 'transcript', args: { interaction: 'nobody', before: null, limit: 5 } },
      { name: 'transcript', args: { interaction: id, before: 'nothing', limit: 5 } },
      { name: 'transcript', args: { interaction: id, before: null, limit: 0 } },
      { name: 'workbin', args: { workbin: personalWorkbin('ben'), after: null, limit: 5 } },
      { name: 'workbin', args: { workbin: TEAM_WORKBIN, after: 'nothing', limit: 5 } },
    ] as const;
    for (const question of questions) {
      const page = result<unknown>(desk.transport.query(question));
      desk.time.pass(1);
      assert.equal(kindOf(page.error), 'invalid', JSON.stringify(question));
    }
  });
});
