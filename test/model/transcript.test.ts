import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  TRANSCRIPT_WINDOW,
  appendItem,
  itemAt,
  joinPage,
  mergeDeliveryInto,
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
  more: false,
  earlier: null,
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
const loaded = (...items: TranscriptItem[]) => joinPage(openTranscript('i'), 'i', page(items));

describe('Transcript', () => {
  it('joins what came while the first page was on its way, each item once', () => {
    const opened = appendItem(appendItem(openTranscript('i'), text('b'), 9), text('c'), 11);
    assert.deepEqual(ids(joinPage(opened, 'i', page([text('a'), text('b')]))), ['a', 'b', 'c']);
  });

  it('leaves to the next page what came before a first page that holds less', () => {
    let opened = openTranscript('i');
    for (const [i, id] of ['b', 'c', 'd', 'e'].entries()) opened = appendItem(opened, text(id), 7 + i);
    const first = joinPage(opened, 'i', page([text('d')], { more: true, cursor: { epoch: 'e', seq: 9 } }));
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

  it('returns the same reference for a delivery that goes backwards', () => {
    const transcript = mergeDeliveryInto(loaded(reply('r')), 'r', read('read'));
    assert.equal(mergeDeliveryInto(transcript, 'r', read('delivered')), transcript);
  });

  it('pages upwards through the interaction and then through the earlier ones', () => {
    const first = joinPage(openTranscript('i'), 'i', page([text('c')], { more: true, earlier: 'h' }));
    assert.deepEqual(olderPlace(first), { interaction: 'i', before: 'c' });
    const second = joinPage(first, 'i', page([text('b')], { earlier: 'h' }));
    assert.deepEqual(olderPlace(second), { interaction: 'h', before: null });
    const third = joinPage(second, 'h', page([text('a')], { more: true, earlier: null }));
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

  it('leaves the chunks that an event does not touch as they are', () => {
    let transcript = loaded();
    for (let i = 0; i < 350; i++) transcript = appendItem(transcript, reply(`m${i}`), 11 + i);
    const appended = appendItem(transcript, text('new'), 999);
    assert.equal(appended.chunks[0], transcript.chunks[0]);
    assert.equal(appended.chunks[2], transcript.chunks[2]);
  });
});
