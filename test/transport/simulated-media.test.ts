import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isKnown, isMedia } from '../../src/model/index.js';
import type { OutboundMedia } from '../../src/model/index.js';
import type { UploadStep } from '../../src/transport/adapter.js';
import { MediaStore } from '../../src/transport/simulated/media-store.js';
import { Desk, kindOf, result } from './simulated-desk.js';

describe('the files of a simulation', () => {
  const put = (store: MediaStore, text: string, mimeType: string) =>
    store.put(new Blob([text]), { mimeType, fileName: null });
  const fetched = async (store: MediaStore, media: { readonly id: string }) => {
    const { url } = store.source(media);
    const answer = await fetch(url);
    return [await answer.text(), answer.headers.get('content-type')];
  };

  it('are to be had from an address, each from its own, with the type that they have', async () => {
    const store = new MediaStore();
    const one = put(store, 'one', 'image/jpeg');
    const other = put(store, 'other', 'audio/ogg; codecs=opus');
    assert.deepEqual(await fetched(store, one), ['one', 'image/jpeg']);
    assert.deepEqual(await fetched(store, other), ['other', 'audio/ogg; codecs=opus']);
    assert.equal(store.source(one).url, store.source(one).url);
    assert.equal(store.get(other)?.declared.mimeType, 'audio/ogg; codecs=opus');
  });

  it('are bytes and nothing more where a browser would run something in them', async () => {
    const store = new MediaStore();
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml', '']) {
      const [, told] = await fetched(store, put(store, '<script></script>', type));
      assert.equal(told, 'application/octet-stream', type);
    }
  });

  it('that there are not have no address', () => {
    const desk = new Desk().online();
    const asked = result(desk.transport.media({ id: 'nothing of this' }));
    desk.time.pass(1);
    assert.equal(kindOf(asked.error), 'invalid');
  });

  it('are announced by the welcome, and not to be had without a link', () => {
    const desk = new Desk();
    assert.equal(kindOf(result(desk.transport.media({ id: 'file-1' })).error), 'offline');
    desk.online();
    const [welcome] = desk.frames;
    assert.ok(welcome?.kind === 'welcome' && welcome.features?.includes('media'));
  });
});

describe('a file that is sent in a simulation', () => {
  const accepted = (desk: Desk): string => {
    const interaction = desk.transport.write('Ingrid', 'Hello?');
    desk.time.pass(5_000);
    assert.equal(desk.command('accept-interaction', { interaction }).ok, true);
    return interaction;
  };
  const bring = (desk: Desk): string => {
    const blob = new Blob(['x'.repeat(2_000)]);
    const declared = { mimeType: 'application/pdf', fileName: 'Offer.pdf' };
    const steps: UploadStep[] = [];
    desk.transport.upload('upload-1', blob, declared).subscribe((step) => steps.push(step));
    desk.time.pass(5_000);
    const last = steps.at(-1);
    assert.ok(last?.at === 'stored');
    return last.media.id;
  };
  const send = (desk: Desk, interaction: string, media: string) => {
    const content: OutboundMedia = {
      kind: 'media',
      as: 'document',
      upload: 'upload-1',
      media: { id: media },
      fileName: 'Offer.pdf',
      caption: 'As promised',
    };
    return desk.command('send-message', { interaction, content });
  };

  it('stands in the transcript with what is known of it', () => {
    const desk = new Desk().online();
    const interaction = accepted(desk);
    const receipt = send(desk, interaction, bring(desk));
    assert.equal(receipt.ok, true);
    desk.time.pass(1_000);
    const [message] = desk.frames.flatMap((frame) =>
      frame.kind === 'event' && isKnown(frame.event) && frame.event.type === 'message-sent'
        ? [frame.event.body.message]
        : [],
    );
    assert.ok(message && isMedia(message.content));
    const { kind, status, fileName, caption, bytes } = message.content;
    assert.deepEqual(
      { kind, status, fileName, caption, bytes },
      { kind: 'document', status: 'stored', fileName: 'Offer.pdf', caption: 'As promised', bytes: 2_000 },
    );
  });

  it('is refused when the agent has not brought it', () => {
    const desk = new Desk().online();
    const receipt = send(desk, accepted(desk), 'file-99');
    assert.ok(!receipt.ok);
    assert.equal(receipt.error.kind, 'not-found');
  });
});
