import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { EMPTY_STATE, TEAM_WORKBIN, personalWorkbin, reduce } from '../../src/model/index.js';
import type { WorkspaceState } from '../../src/model/index.js';

import { parseServerFrame } from '../../src/transport/gateway/protocol.js';
import { PERSONAS, persona } from '../../src/transport/simulated/index.js';

import { Desk, SECOND, serve } from './simulated-desk.js';
describe('a simulated contact centre', () => {
  it('says the same with the same seed, and something else with another', () => {
    const [first, second, other] = [7, 7, 8].map((seed) => {
      const desk = new Desk({ seed, scenario: 'busy' }).online();
      serve(desk, 240);
      return desk.frames;
    });
    assert.ok(first && first.length > 200);
    assert.deepEqual(second, first);
    assert.notDeepEqual(other, first);
  });

  it('sends nothing that the socket protocol could not carry', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    serve(desk, 600);
    for (const frame of desk.frames) {
      const { kind, ...rest } = frame;
      const carried = JSON.stringify({ type: kind === 'snapshot' ? 'reset' : kind, ...rest });
      const parsed = parseServerFrame(carried);
      assert.deepEqual(parsed, { ok: true, frame: JSON.parse(carried) as unknown });
    }
  });

  it('keeps a desk that folds its events equal to one that comes later', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    for (let i = 0; i < 20; i++) {
      serve(desk, 15);
      const late = desk.transport.another();
      let snapshot: WorkspaceState = EMPTY_STATE;
      const subscription = late.connect(null).subscribe((frame) => {
        if (frame.kind !== 'time' && frame.kind !== 'token') snapshot = reduce(snapshot, frame);
      });
      desk.time.pass(1);
      subscription.unsubscribe();
      assert.deepEqual(desk.state.interactions, snapshot.interactions);
      assert.deepEqual(desk.state.workbins, snapshot.workbins);
      assert.deepEqual(desk.state.cursor, snapshot.cursor);
    }
  });

  it('stands still before anybody connects and needs no timer once nobody is connected', () => {
    const desk = new Desk({ scenario: 'busy' });
    assert.equal(desk.time.pending, 0);
    desk.online();
    assert.ok(desk.time.pending > 0);
    desk.offline();
    desk.time.pass(SECOND);
    assert.equal(desk.time.pending, 0);
  });

  it('goes on while nobody is connected: what was missed comes at the next connection, with its own times', () => {
    const desk = new Desk({ scenario: 'calm' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    const [masha] = desk.state.interactions.values();
    assert.ok(masha);
    desk.command('accept-interaction', { interaction: masha.id });
    desk.offline();
    const seen = desk.frames.length;
    const left = desk.time.now();
    desk.time.pass(60 * SECOND);
    assert.equal(desk.frames.length, seen);
    desk.online(desk.state.cursor);
    const missed = desk.frames.slice(seen).flatMap((frame) => (frame.kind === 'event' ? [frame.event] : []));
    assert.ok(missed.length > 0);
    assert.ok(missed.some(({ at }) => at > left && at < desk.time.now() - SECOND));
    assert.ok(!desk.frames.slice(seen).some(({ kind }) => kind === 'snapshot'));
  });

  it('is quiet when it is empty', () => {
    const desk = new Desk({ scenario: 'empty' }).online();
    desk.time.pass(3600 * SECOND);
    assert.deepEqual(
      desk.frames.map(({ kind }) => kind),
      ['welcome', 'snapshot'],
    );
  });

  it('begins busy with conversations of each urgency on the desk and others parked', () => {
    const desk = new Desk({ scenario: 'busy' }).online();
    const waits = [...desk.state.interactions.values()]
      .filter(({ state }) => state === 'active')
      .map(({ pendency }) => pendency && Math.round((desk.time.now() - pendency.since) / SECOND));
    assert.deepEqual(waits, [95, 34, 8]);
    const counts = [...desk.state.workbins.values()].map(({ id, count }) => [id, count]);
    assert.deepEqual(counts, [
      [personalWorkbin('ana'), 1],
      [TEAM_WORKBIN, 2],
    ]);
  });

  it('lets those write first who speak the language asked for, and names the workbins in it', () => {
    const desk = new Desk({ scenario: 'calm', locale: 'ar-EG' }).online();
    desk.until('an offer', () => desk.state.interactions.size > 0);
    assert.equal([...desk.state.interactions.values()][0]?.contact.name, 'نورة الحربي');
    assert.equal(desk.state.workbins.get(TEAM_WORKBIN)?.name, 'الفريق');
  });

  it('plays contacts of one’s own', () => {
    const zoe = persona({ id: 'zoe', name: 'Zoe' }, 'en', { turns: [{ says: ['Anyone?'], answer: 'Yes.' }] });
    const desk = new Desk({ scenario: 'calm', contacts: [zoe] }).online();
    desk.until('Zoe writes', () => desk.state.interactions.size > 0);
    assert.equal([...desk.state.interactions.values()][0]?.lastMessage?.text, 'Anyone?');
  });

  it('has contacts who differ: languages, directions, kinds of content, names', () => {
    const languages = new Set(PERSONAS.map(({ language }) => language));
    for (const language of ['en', 'ar', 'he', 'pt', 'fr', 'ja', 'de'])
      assert.ok(languages.has(language), language);
    const lines = PERSONAS.flatMap(({ turns }) => turns.flatMap(({ says }) => says));
    const kinds = new Set(lines.map((line) => (typeof line === 'string' ? 'text' : line.kind)));
    for (const kind of ['text', 'image', 'audio', 'document', 'location', 'contacts', 'unsupported'] as const)
      assert.ok(kinds.has(kind), kind);
    assert.ok(PERSONAS.some(({ contact }) => (contact.name?.length ?? 0) > 55));
    assert.ok(PERSONAS.some(({ contact }) => contact.name === null));
    assert.ok(PERSONAS.some(({ contact }) => contact.phone === null && contact.bsuid));
    assert.ok(lines.some((line) => typeof line === 'string' && line.length > 1200 && line.length < 4096));
  });
});
