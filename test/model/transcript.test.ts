import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  TRANSCRIPT_HELD,
  TRANSCRIPT_WINDOW,
  appendItem,
  changeMessageIn,
  itemAt,
  joinPage,
  mergeDeliveryInto,
  newestPage,
  readAt,
  messageItem,
  olderPlace,
  openTranscript,
} from '../../src/model/index.js';
import type { DeliveryState, Transcript, TranscriptItem, TranscriptPage } from '../../src/model/index.js';
import { NOON, aMessage, aReply } from '../support/builders.js';

const text = (id: string): TranscriptItem => messageItem(aMessage({ id }));
const reply = (id: string): TranscriptItem => messageItem(aReply({ id }));
const page = (items: readonly TranscriptItem[], overrides: Partial<TranscriptPage> = {}): TranscriptPage => ({
  items,
  next: null,
  cursor: { epoch: 'e', seq: 10 },
  ...overrides,
});
const read = (state: DeliveryState) => ({ state, at: NOON, error: null });
const ids = (transcript: Transcript) =>
  Array.from({ length: transcript.count }, (_, index) => itemAt(transcript, index)?.id);
const deliveryOf = (transcript: Transcript, id: string) => {
  for (let i = 0; i < transcript.count; i++) {
    const item = itemAt(transcript, i);
    if (item?.kind === 'message' && item.id === id) return item.message.delivery?.state;
  }
  return undefined;
};
const messageOf = (transcript: Transcript, id: string) => {
  for (const { items } of transcript.chunks)
    for (const item of items) if (item.kind === 'message' && item.id === id) return item.message;
  return undefined;
};
const loaded = (...items: TranscriptItem[]) => joinPage(openTranscript('i'), 'i', page(items));

describe('Transcript', () => {
  it('joins what came while the first page was on its way, each item once', () => {
    const opened = appendItem(appendItem(openTranscript('i'), text('b'), 9), text('c'), 11);
    assert.deepEqual(ids(joinPage(opened, 'i', page([text('a'), text('b')]))), ['a', 'b', 'c']);
  });

  it('leaves to the next page what came before a first page that holds less', () => {
    let opened = openTranscript('i');
    for (const [i, id] of ['b', 'c', 'd', 'e'].entries()) opened = appendItem(opened, text(id), 7 + i);
    const first = joinPage(
      opened,
      'i',
      page([text('d')], { next: { interaction: 'i', before: 'd' }, cursor: { epoch: 'e', seq: 9 } }),
    );
    assert.deepEqual(ids(first), ['d', 'e']);
    assert.deepEqual(ids(joinPage(first, 'i', page(['a', 'b', 'c'].map(text)))), ['a', 'b', 'c', 'd', 'e']);
  });

  it('ignores events that the first page holds already', () => {
    const transcript = loaded(text('a'), text('b'));
    assert.equal(appendItem(transcript, text('b'), 10), transcript);
    assert.deepEqual(ids(appendItem(transcript, text('c'), 11)), ['a', 'b', 'c']);
  });

  it('keeps the better of two delivery states when page and event overlap', () => {
    const opened = mergeDeliveryInto(appendItem(openTranscript('i'), reply('r'), 9), 'r', read('read'));
    assert.equal(deliveryOf(joinPage(opened, 'i', page([reply('r')])), 'r'), 'read');
  });

  it('remembers a delivery whose message comes with a later page', () => {
    const opened = mergeDeliveryInto(openTranscript('i'), 'r', read('delivered'));
    assert.equal(deliveryOf(joinPage(opened, 'i', page([reply('r')])), 'r'), 'delivered');
  });

  it('changes a message wherever it is, once, and leaves the other chunks alone', () => {
    let transcript = loaded();
    for (let i = 0; i < 350; i++) transcript = appendItem(transcript, text(`m${i}`), 11 + i);
    const changed = changeMessageIn(transcript, 'm120', { rev: 1, change: { kind: 'deletion', at: NOON } });
    assert.equal(messageOf(changed, 'm120')?.deletedAt, NOON);
    assert.equal(changed.chunks[0], transcript.chunks[0]);
    assert.equal(changeMessageIn(changed, 'm120', { rev: 1, change: { kind: 'deletion', at: 1 } }), changed);
  });

  it('remembers changes of a message that comes with a page from before them', () => {
    const deletion = { kind: 'deletion', at: NOON } as const;
    const opened = changeMessageIn(openTranscript('i'), 'a', { rev: 2, change: deletion });
    const react = { kind: 'reaction', by: null, emoji: '👍', at: NOON } as const;
    const both = changeMessageIn(opened, 'a', { rev: 3, change: react });
    const old = messageItem(aMessage({ id: 'a', rev: 1 }));
    const page1 = joinPage(both, 'i', page([old]));
    assert.deepEqual([messageOf(page1, 'a')?.deletedAt, messageOf(page1, 'a')?.rev], [NOON, 3]);
    const fresh = messageItem(aMessage({ id: 'a', rev: 3, deletedAt: 7 }));
    assert.equal(messageOf(joinPage(both, 'i', page([fresh])), 'a')?.deletedAt, 7);
  });

  it('keeps the newer of two revisions when page and event overlap', () => {
    const edited = aMessage({ id: 'a', rev: 1, content: { kind: 'text', text: 'new' } });
    const opened = appendItem(openTranscript('i'), messageItem(edited), 11);
    assert.equal(messageOf(joinPage(opened, 'i', page([text('a')])), 'a')?.rev, 1);
  });

  it('returns the same reference for a delivery that goes backwards', () => {
    const transcript = mergeDeliveryInto(loaded(reply('r')), 'r', read('read'));
    assert.equal(mergeDeliveryInto(transcript, 'r', read('delivered')), transcript);
  });

  it('pages upwards through the interaction and then through the earlier ones', () => {
    const first = joinPage(
      openTranscript('i'),
      'i',
      page([text('c')], { next: { interaction: 'i', before: 'c' } }),
    );
    assert.deepEqual(olderPlace(first), { interaction: 'i', before: 'c' });
    const second = joinPage(first, 'i', page([text('b')], { next: { interaction: 'h', before: null } }));
    assert.deepEqual(olderPlace(second), { interaction: 'h', before: null });
    const third = joinPage(second, 'h', page([text('a')], { next: { interaction: 'h', before: 'a' } }));
    assert.deepEqual(olderPlace(third), { interaction: 'h', before: 'a' });
    const whole = joinPage(third, 'h', page([text('0')]));
    assert.equal(olderPlace(whole), null);
    assert.deepEqual(ids(whole), ['0', 'a', 'b', 'c']);
  });

  it('has nothing to ask for before its first page', () => {
    assert.equal(olderPlace(openTranscript('i')), null);
  });

  it('keeps a window of the newest items and can ask for the forgotten ones', () => {
    let transcript = loaded(text('first'));
    for (let i = 0; i < TRANSCRIPT_WINDOW + 500; i++)
      transcript = appendItem(transcript, text(`m${i}`), 11 + i);
    assert.ok(transcript.count >= TRANSCRIPT_WINDOW && transcript.count <= TRANSCRIPT_WINDOW + 100);
    assert.equal(itemAt(transcript, transcript.count - 1)?.id, `m${TRANSCRIPT_WINDOW + 499}`);
    assert.deepEqual(olderPlace(transcript), { interaction: 'i', before: itemAt(transcript, 0)?.id });
  });

  describe('while somebody reads above its end', () => {
    const above = (count: number) => {
      let transcript = loaded(text('first'));
      for (let i = 1; i < count; i++) transcript = appendItem(transcript, text(`m${i}`), 10 + i);
      const reading = readAt(transcript, 'above');
      assert.ok(reading);
      return reading;
    };

    it('loses nothing that is in it, however much comes, and stays bounded', () => {
      const before = above(1_500);
      let transcript = before;
      for (let i = 0; i < 2 * TRANSCRIPT_HELD; i++)
        transcript = appendItem(transcript, text(`n${i}`), 5_000 + i);
      assert.deepEqual(ids(transcript).slice(0, before.count), ids(before));
      assert.equal(transcript.count, TRANSCRIPT_HELD);
      assert.equal(transcript.cut, true);
    });

    it('begins anew when the reader comes back to an end that was left out, and is only trimmed else', () => {
      let transcript = above(TRANSCRIPT_WINDOW + 1_000 - 500);
      for (let i = 0; i < 500; i++) transcript = appendItem(transcript, text(`n${i}`), 5_000 + i);
      const end = readAt(transcript, 'end');
      assert.equal(
        itemAt(transcript, transcript.count - 1)?.id,
        itemAt(end ?? transcript, (end?.count ?? 0) - 1)?.id,
      );
      assert.ok(end && end.count < TRANSCRIPT_WINDOW + 100);
      for (let i = 0; i < TRANSCRIPT_HELD; i++) transcript = appendItem(transcript, text(`o${i}`), 9_000 + i);
      assert.equal(readAt(transcript, 'end'), null);
    });

    it('forgets its newest items, not those that are read, when it grows upwards', () => {
      let transcript = above(TRANSCRIPT_WINDOW);
      for (let i = 0; i < 60; i++) {
        const items = Array.from({ length: 50 }, (_, n) => text(`p${i}-${n}`));
        transcript = joinPage(
          transcript,
          'i',
          page(items, { next: { interaction: 'i', before: items[0]?.id ?? null } }),
        );
        assert.equal(itemAt(transcript, 0)?.id, `p${i}-0`);
      }
      assert.ok(transcript.count <= TRANSCRIPT_HELD);
      assert.equal(transcript.cut, true);
      const later = appendItem(transcript, text('new'), 99_999);
      assert.equal(later.chunks, transcript.chunks);
      assert.deepEqual([later.leftOut, later.missed], [99_999, 1]);
      assert.equal(newestPage(transcript, 50, { epoch: 'e', seq: 1 }), null);
    });
  });

  it('leaves the chunks that an event does not touch as they are', () => {
    let transcript = loaded();
    for (let i = 0; i < 350; i++) transcript = appendItem(transcript, reply(`m${i}`), 11 + i);
    const appended = appendItem(transcript, text('new'), 999);
    assert.equal(appended.chunks[0], transcript.chunks[0]);
    assert.equal(appended.chunks[2], transcript.chunks[2]);
  });
});
