import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changeMessage,
  deletionOf,
  editOf,
  mediaContent,
  reactionNews,
  reactionTo,
} from '../../src/model/index.js';
import type { Message, MessageChange, Reaction } from '../../src/model/index.js';
import { NOON, aMessage } from '../support/builders.js';

const after = (message: Message, change: MessageChange | null): Message => {
  assert.ok(change);
  return changeMessage(message, { rev: message.rev + 1, change });
};
const textOf = ({ content }: Message) => (content.kind === 'text' ? content.text : null);
const by = (id: string) => ({ id, name: id });
const said = (text: string): Message => aMessage({ content: { kind: 'text', text } });

describe('a message that changes', () => {
  it('is the same reference for a change that is part of it already', () => {
    const edited = after(said('a'), editOf(said('a'), 'b', NOON + 1));
    assert.equal(edited.rev, 1);
    assert.equal(changeMessage(edited, { rev: 1, change: { kind: 'deletion', at: NOON } }), edited);
  });

  it('has one reaction of the contact and one of ours, the newest', () => {
    let message = aMessage();
    const react = (reaction: Reaction) => {
      const change = reactionTo(message, reaction);
      if (change) message = after(message, change);
      return change;
    };
    react({ by: null, emoji: '👍', at: NOON });
    react({ by: by('ana'), emoji: '🎉', at: NOON });
    react({ by: null, emoji: '❤️', at: NOON + 5 });
    assert.equal(react({ by: null, emoji: '👎', at: NOON + 1 }), null);
    assert.deepEqual(
      message.reactions.map(({ emoji }) => emoji),
      ['🎉', '❤️'],
    );
    react({ by: null, emoji: null, at: NOON + 9 });
    assert.equal(react({ by: null, emoji: '❤️', at: NOON + 5 }), null, 'a late one came back');
    assert.equal(react({ by: null, emoji: null, at: NOON + 10 }), null);
    assert.deepEqual(
      message.reactions.map(({ emoji }) => emoji),
      ['🎉', null],
    );
  });

  it('has one reaction of the business, whichever agent reacted last', () => {
    const first = after(aMessage(), { kind: 'reaction', by: by('ana'), emoji: '👍', at: NOON });
    const second = after(first, { kind: 'reaction', by: by('ben'), emoji: '🎉', at: NOON + 1 });
    assert.deepEqual(second.reactions, [{ by: by('ben'), emoji: '🎉', at: NOON + 1 }]);
  });

  it('says of a reaction of ours that it did not arrive, unless another has taken its place', () => {
    const sent = { at: NOON, author: by('ana') };
    const error = { code: 131009, detail: 'Too old' };
    const failed = { state: 'failed', at: NOON + 9, error } as const;
    const reacted = after(aMessage(), { kind: 'reaction', by: by('ana'), emoji: '👍', at: NOON });
    assert.equal(reactionNews(reacted, sent, { ...failed, state: 'sent' }), null);
    const told = after(reacted, reactionNews(reacted, sent, failed));
    assert.deepEqual(told.reactions[0]?.trouble, { state: 'failed', error });
    const relieved = after(told, reactionNews(told, sent, { ...failed, state: 'sent', error: null }));
    assert.equal(relieved.reactions[0]?.trouble, undefined);
    const replaced = after(reacted, { kind: 'reaction', by: by('ben'), emoji: '🎉', at: NOON + 1 });
    assert.equal(reactionNews(replaced, sent, failed), null);
  });

  it('keeps what it said before each edit', () => {
    const first = after(said('a'), editOf(said('a'), 'b', NOON + 10));
    const second = after(first, editOf(first, 'c', NOON + 20));
    assert.equal(textOf(second), 'c');
    assert.equal(second.editedAt, NOON + 20);
    assert.deepEqual(second.former, [
      { text: 'a', at: NOON },
      { text: 'b', at: NOON + 10 },
    ]);
  });

  it('is at last the same, in whatever order its edits come', () => {
    const edits = [
      ['b', NOON + 10],
      ['c', NOON + 20],
      ['d', NOON + 30],
    ] as const;
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      let message = said('a');
      for (const i of [...order, ...order]) {
        const [text, at] = edits[i] ?? ['', 0];
        const change = editOf(message, text, at);
        if (change) message = after(message, change);
      }
      assert.equal(textOf(message), 'd', order.join());
      assert.equal(message.editedAt, NOON + 30);
      assert.deepEqual(
        message.former.map(({ text }) => text),
        ['a', 'b', 'c'],
        order.join(),
      );
      assert.equal(message.rev, 3);
    }
  });

  it('keeps its first and its newest texts, however often it is edited', () => {
    let message = said('0');
    for (let i = 1; i <= 40; i++) message = after(message, editOf(message, String(i), NOON + i));
    assert.equal(message.former.length, 10);
    assert.equal(message.former[0]?.text, '0');
    assert.equal(message.former.at(-1)?.text, '39');
  });

  it('has its caption edited where it is a file', () => {
    const photo = aMessage({ content: mediaContent('image', { caption: 'This spot' }) });
    const edited = after(photo, editOf(photo, 'That spot', NOON + 1));
    assert.deepEqual(edited.content, mediaContent('image', { caption: 'That spot' }));
    assert.deepEqual(edited.former, [{ text: 'This spot', at: NOON }]);
  });

  it('is marked as edited when WhatsApp does not tell the text', () => {
    const edited = after(said('a'), editOf(said('a'), null, NOON + 1));
    assert.equal(textOf(edited), 'a');
    assert.equal(edited.editedAt, NOON + 1);
    assert.equal(editOf(edited, null, NOON + 1), null);
  });

  it('is deleted once, keeps what it said, and is edited no more', () => {
    const deleted = after(said('a'), deletionOf(said('a'), NOON + 3));
    assert.equal(deleted.deletedAt, NOON + 3);
    assert.equal(textOf(deleted), 'a');
    assert.equal(deletionOf(deleted, NOON + 4), null);
    assert.equal(editOf(deleted, 'b', NOON + 5), null);
  });

  it('takes what becomes known of its file', () => {
    const photo = aMessage({ content: mediaContent('image', { caption: 'x' }) });
    const news = { ...mediaContent('image'), media: { id: 'f' }, status: 'stored', bytes: 9 } as const;
    const { kind: _, fileName: _f, caption: _c, voice: _v, animated: _a, sha256: _s, ...known } = news;
    const stored = after(photo, { kind: 'media', ...known });
    assert.deepEqual(
      stored.content,
      mediaContent('image', { caption: 'x', media: { id: 'f' }, status: 'stored', bytes: 9 }),
    );
    assert.deepEqual(after(said('a'), { kind: 'media', ...known }).content, said('a').content);
  });

  it('may turn out to be another than its placeholder said', () => {
    const placeholder = aMessage({
      content: { kind: 'unsupported', label: 'unsupported', detail: null, code: 131051 },
    });
    const real = after(placeholder, {
      kind: 'replacement',
      content: { kind: 'text', text: 'Hello' },
      context: null,
    });
    assert.equal(textOf(real), 'Hello');
    assert.equal(real.id, placeholder.id);
  });
});
