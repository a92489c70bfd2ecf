import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EMPTY_DRAFT, insertResponse, outboundFile, textDraft } from '../../src/model/index.js';
import type { DraftAttachment } from '../../src/model/index.js';

const filled = { text: 'Dear [Contact.Title]', unfilled: ['[Contact.Title]'] };
const form: DraftAttachment = {
  id: 'a1',
  media: { id: 'f1' },
  name: 'form.pdf',
  as: 'document',
  mimeType: 'application/pdf',
  bytes: 5,
  caption: '',
};

describe('a prepared response in a draft', () => {
  it('is all of an empty one', () => {
    const { draft, end } = insertResponse(EMPTY_DRAFT, filled, [form]);
    assert.deepEqual(draft, { ...EMPTY_DRAFT, ...filled, attachments: [form] });
    assert.equal(end, filled.text.length);
  });

  it('stands at the end, on a line of its own, where nobody says where', () => {
    assert.equal(insertResponse(textDraft('Hello'), filled, []).draft.text, 'Hello\nDear [Contact.Title]');
    assert.equal(insertResponse(textDraft('Hello\n'), filled, []).draft.text, 'Hello\nDear [Contact.Title]');
    assert.equal(insertResponse(textDraft('Hello'), { text: '', unfilled: [] }, [form]).draft.text, 'Hello');
  });

  it('takes the place of what is selected, and says where it ends', () => {
    const { draft, end } = insertResponse(textDraft('Hello /dear and bye'), filled, [], {
      start: 6,
      end: 11,
    });
    assert.equal(draft.text, 'Hello Dear [Contact.Title] and bye');
    assert.equal(draft.text.slice(end), ' and bye');
  });

  it('comes behind others: its files behind theirs, and what is to be filled is asked for once', () => {
    const first = insertResponse(EMPTY_DRAFT, filled, [form]).draft;
    const second = insertResponse(first, filled, [{ ...form, id: 'a2' }]).draft;
    assert.deepEqual(
      second.attachments.map(({ id }) => id),
      ['a1', 'a2'],
    );
    assert.deepEqual(second.unfilled, ['[Contact.Title]']);
  });

  it('sends its files as the contact centre has them', () => {
    assert.deepEqual(outboundFile(form), {
      kind: 'media',
      as: 'document',
      upload: 'a1',
      media: { id: 'f1' },
      fileName: 'form.pdf',
      caption: null,
    });
  });
});
