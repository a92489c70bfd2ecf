import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
    const asked = result(desk.transport.media({ id: 'file-1' }));
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
