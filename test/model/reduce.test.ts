import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DEFAULT_POLICY,
  EMPTY_STATE,
  TEAM_WORKBIN,
  itemAt,
  messageItem,
  reduce,
} from '../../src/model/index.js';
import type {
  DomainEvent,
  EventBodies,
  EventType,
  Snapshot,
  TranscriptPage,
  TranscriptPlace,
  WorkspaceInput,
  WorkspaceState,
} from '../../src/model/index.js';
import { NOON, aMessage, anAgent, anEvent, anInteraction } from '../support/builders.js';

const welcome: WorkspaceInput = { kind: 'welcome', agent: anAgent(), epoch: 'e', policy: DEFAULT_POLICY };
const snapshot = (overrides: Partial<Snapshot> = {}): WorkspaceInput => ({
  kind: 'snapshot',
  snapshot: {
    seq: 5,
    agent: anAgent(),
    interactions: [],
    workbins: [{ id: TEAM_WORKBIN, name: 'Team', owner: null, count: 1 }],
    ...overrides,
  },
});
function event<T extends EventType>(seq: number, type: T, body: EventBodies[T]): WorkspaceInput {
  return { kind: 'event', event: { ...anEvent(type, body), seq, id: `event-${seq}` } as DomainEvent };
}
const fold = (...inputs: WorkspaceInput[]): WorkspaceState => inputs.reduce(reduce, EMPTY_STATE);
const online = [welcome, snapshot({ interactions: [anInteraction()] })];
const parking = { workbin: TEAM_WORKBIN, by: 'ben', at: NOON };
const parked = anInteraction({ id: 'parked', state: 'parked', agent: null, parking });

describe('reduce', () => {
  it('returns the same reference for an event that it has seen', () => {
    const message = event(6, 'message-received', { message: aMessage() });
    const once = fold(...online, message);
    assert.equal(reduce(once, message), once);
    assert.equal(reduce(once, event(3, 'message-received', { message: aMessage() })), once);
    assert.equal(reduce(once, { kind: 'cursor', seq: 6 }), once);
  });

  it('changes a message wherever it is shown, also one of an earlier interaction, and once', () => {
    const reading = fold(...online, { kind: 'transcript-opened', interaction: 'interaction-1' });
    const page = (id: string, next: TranscriptPlace | null): TranscriptPage => ({
      items: [messageItem(aMessage({ id }))],
      next,
      cursor: { epoch: 'e', seq: 5 },
    });
    const both = [
      { of: 'interaction-1', page: page('now', { interaction: 'past', before: null }) },
      { of: 'past', page: page('then', null) },
    ].reduce(
      (state, one) => reduce(state, { kind: 'transcript-page', interaction: 'interaction-1', ...one }),
      reading,
    );
    const changed = (seq: number, message: string, interaction: string): WorkspaceInput => {
      const change = { kind: 'deletion', at: NOON } as const;
      const draft = anEvent('message-changed', { message, rev: 1, change }, { interaction });
      return { kind: 'event', event: { ...draft, seq, id: `event-${seq}` } as DomainEvent };
    };
    const deleted = ({ transcripts }: WorkspaceState) =>
      transcripts
        .get('interaction-1')
        ?.chunks.flatMap(({ items }) => items)
        .flatMap((item) => (item.kind === 'message' && item.message.deletedAt !== null ? [item.id] : []));
    const past = reduce(both, changed(6, 'then', 'past'));
    assert.deepEqual(deleted(past), ['then']);
    assert.equal(past.interactions, both.interactions);
    const now = reduce(past, changed(7, 'now', 'interaction-1'));
    assert.deepEqual(deleted(now), ['then', 'now']);
    assert.equal(reduce(now, changed(8, 'now', 'interaction-1')).transcripts, now.transcripts);
    assert.equal(reduce(now, changed(9, 'elsewhere', 'another')).transcripts, now.transcripts);
  });

  it('keeps the place to resume from', () => {
    assert.equal(fold(welcome).cursor, null);
    assert.deepEqual(fold(...online).cursor, { epoch: 'e', seq: 5 });
    assert.deepEqual(fold(...online, { kind: 'cursor', seq: 9 }).cursor, { epoch: 'e', seq: 9 });
    const message = event(6, 'message-received', { message: aMessage() });
    assert.deepEqual(fold(...online, message).cursor, { epoch: 'e', seq: 6 });
  });

  it('takes an offer to this agent in and an offer to another out', () => {
    const offer = { agent: 'ana', expiresAt: NOON };
    const offered = anInteraction({ state: 'offered', agent: null, offer });
    const here = fold(
      welcome,
      snapshot(),
      event(6, 'interaction-offered', { interaction: offered, fromWorkbin: null }),
    );
    assert.equal(here.interactions.size, 1);
    const elsewhere = { ...offered, offer: { ...offer, agent: 'ben' } };
    const gone = reduce(here, event(7, 'interaction-offered', { interaction: elsewhere, fromWorkbin: null }));
    assert.equal(gone.interactions.size, 0);
  });

  it('lets a finished interaction leave, its transcript with it', () => {
    const open = fold(...online, { kind: 'transcript-opened', interaction: 'interaction-1' });
    assert.equal(open.transcripts.size, 1);
    const done = anInteraction({ state: 'done', agent: null });
    const left = reduce(open, event(6, 'interaction-done', { interaction: done, fromWorkbin: null }));
    assert.equal(left.interactions.size, 0);
    assert.equal(left.transcripts.size, 0);
  });

  it('shows an event of an unknown type in the transcript instead of losing it', () => {
    const body = { mood: 'fine' };
    const unknown: WorkspaceInput = {
      kind: 'event',
      event: {
        seq: 6,
        id: 'u',
        type: 'mood-changed',
        at: NOON,
        interaction: 'interaction-1',
        actor: null,
        command: null,
        body,
      },
    };
    const state = fold(...online, { kind: 'transcript-opened', interaction: 'interaction-1' }, unknown);
    const transcript = state.transcripts.get('interaction-1');
    assert.ok(transcript);
    assert.deepEqual(itemAt(transcript, 0), {
      kind: 'unknown-event',
      id: 'u',
      at: NOON,
      type: 'mood-changed',
    });
    assert.equal(state.cursor?.seq, 6);
  });

  it('counts what is parked in and taken out of a workbin', () => {
    const count = (state: WorkspaceState) => state.workbins.get(TEAM_WORKBIN)?.count;
    const filled = fold(
      ...online,
      event(6, 'interaction-parked', { interaction: parked, fromWorkbin: null }),
    );
    assert.equal(count(filled), 2);
    const renamed = { ...parked, contact: { ...parked.contact, name: 'Maria' } };
    const changed = reduce(filled, event(7, 'contact-changed', { interaction: renamed, fromWorkbin: null }));
    assert.equal(count(changed), 2);
    const opened = { ...parked, state: 'active' as const, agent: 'ben', parking: null };
    const emptied = reduce(
      changed,
      event(8, 'interaction-assigned', { interaction: opened, fromWorkbin: TEAM_WORKBIN, cause: 'opened' }),
    );
    assert.equal(count(emptied), 1);
    assert.equal(emptied.interactions.has('parked'), false);
  });

  it('keeps the contents of an open workbin, page and events together, each interaction once', () => {
    const page = {
      items: [{ ...parked, id: 'old' }, parked],
      next: null,
      cursor: { epoch: 'e', seq: 6 },
    };
    const parkedEvent = event(6, 'interaction-parked', { interaction: parked, fromWorkbin: null });
    const open = fold(...online, { kind: 'workbin-opened', workbin: TEAM_WORKBIN });
    const ids = (state: WorkspaceState) => state.contents.get(TEAM_WORKBIN)?.interactions.map(({ id }) => id);
    const join: WorkspaceInput = { kind: 'workbin-page', workbin: TEAM_WORKBIN, page };
    assert.deepEqual(ids([parkedEvent, join].reduce(reduce, open)), ['old', 'parked']);
    assert.deepEqual(ids([join, parkedEvent].reduce(reduce, open)), ['old', 'parked']);
    const left = { ...parked, state: 'queued' as const, parking: null };
    const cause = 'contact-wrote';
    const gone = event(7, 'interaction-queued', { interaction: left, fromWorkbin: TEAM_WORKBIN, cause });
    assert.deepEqual(ids([join, gone].reduce(reduce, open)), ['old']);
  });

  it('follows what becomes of an answer whose interaction is parked in an open workbin', () => {
    const answered = { pendency: { since: NOON, count: 2 }, messages: ['reply-1'] };
    const waiting = { ...parked, pendency: null, answered };
    const page = { items: [waiting], next: null, cursor: { epoch: 'e', seq: 6 } };
    const open = fold(
      ...online,
      { kind: 'workbin-opened', workbin: TEAM_WORKBIN },
      { kind: 'workbin-page', workbin: TEAM_WORKBIN, page },
    );
    const failed = { state: 'failed', at: NOON, error: null } as const;
    const news = (seq: number): WorkspaceInput => ({
      kind: 'event',
      event: {
        ...anEvent('delivery-changed', { message: 'reply-1', delivery: failed }, { interaction: 'parked' }),
        seq,
        id: `event-${seq}`,
      } as DomainEvent,
    });
    const pendency = (state: WorkspaceState) =>
      state.contents.get(TEAM_WORKBIN)?.interactions.map((interaction) => interaction.pendency);
    assert.deepEqual(pendency(reduce(open, news(6))), [null], 'the page knew that already');
    assert.deepEqual(pendency(reduce(open, news(7))), [answered.pendency]);
  });

  it('asks for transcripts anew after a snapshot, which may follow a gap', () => {
    const open = fold(...online, { kind: 'transcript-opened', interaction: 'interaction-1' });
    assert.equal(reduce(open, snapshot({ seq: 50 })).transcripts.size, 0);
  });

  it('goes by what the contact centre decides from now on, and keeps what lies in a workbin', () => {
    const own = { id: 'personal:ana', name: 'Mine', owner: 'ana', count: 2 };
    const team = { id: TEAM_WORKBIN, name: 'Team', owner: null, count: 1 };
    const policy = { ...DEFAULT_POLICY, agentCapacity: 2, notReadyReasons: ['Lunch'] };
    const workbins = [
      { id: 'billing', name: 'Billing' },
      { id: TEAM_WORKBIN, name: 'First line' },
    ];
    const state = fold(
      welcome,
      snapshot({ workbins: [own, { ...team, id: 'gone' }, team] }),
      event(6, 'centre-changed', { policy, workbins }),
    );
    assert.deepEqual(state.policy, policy);
    assert.deepEqual(
      [...state.workbins.values()],
      [own, { id: 'billing', name: 'Billing', owner: null, count: 0 }, { ...team, name: 'First line' }],
    );
  });

  it('sees a workbin that the contact centre has closed for as long as something lies in it', () => {
    const team = { id: TEAM_WORKBIN, name: 'Team', owner: null, count: 2 };
    const workbins = [{ id: TEAM_WORKBIN, name: 'Team', closed: true }];
    const taken = (seq: number) =>
      event(seq, 'interaction-assigned', {
        interaction: anInteraction({ id: `taken-${seq}`, state: 'active', agent: 'ben' }),
        fromWorkbin: TEAM_WORKBIN,
        cause: 'opened',
      });
    const closed = fold(
      welcome,
      snapshot({ workbins: [team] }),
      event(6, 'centre-changed', { policy: DEFAULT_POLICY, workbins }),
      taken(7),
    );
    assert.deepEqual([...closed.workbins.values()], [{ ...team, count: 1, closed: true }]);
    assert.equal(reduce(closed, taken(8)).workbins.size, 0);
  });
});
