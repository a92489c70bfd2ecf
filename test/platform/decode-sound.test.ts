import { expect } from '@open-wc/testing';
import { decodeSound } from '../../src/platform/sound/decode-sound.js';
import { aSampleSound, heardIn } from '../support/sample-sounds.js';

const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer());
const wanted = (): AbortSignal => new AbortController().signal;

describe('decodeSound', () => {
  for (const name of ['tone.amr', 'wide.amr', 'tone.ogg', 'stereo.ogg']) {
    it(`makes ${name} a wave file that sounds the same`, async function () {
      const file = await aSampleSound(name);
      if (!file) this.skip();
      const wave = await decodeSound(await bytesOf(file), wanted());
      const heard = await heardIn(wave?.toBlob() ?? new Blob());
      expect(heard.duration).to.be.closeTo(3, 0.1);
      expect(heard.pitch).to.be.closeTo(440, 3);
      expect(heard.loudest).to.be.above(0.2);
      expect(wave?.loudness()).to.have.length(64);
      expect(Math.max(...(wave?.loudness() ?? []))).to.equal(100);
    });
  }

  it('decodes two at once, each for itself', async function () {
    const files = [
      await aSampleSound('tone.amr'),
      await aSampleSound('wide.amr'),
      await aSampleSound('tone.amr'),
    ];
    if (files.includes(null)) this.skip();
    const waves = await Promise.all(
      files.map(async (file) => decodeSound(await bytesOf(file ?? new Blob()), wanted())),
    );
    for (const wave of waves)
      expect((await heardIn(wave?.toBlob() ?? new Blob())).pitch).to.be.closeTo(440, 3);
  });

  it('lets the page do its own meanwhile, and ends when it is not wanted any more', async function () {
    const file = await aSampleSound('long.amr');
    if (!file) this.skip();
    const bytes = await bytesOf(file);
    const controller = new AbortController();
    setTimeout(() => controller.abort());
    let failure: unknown = null;
    await decodeSound(bytes, controller.signal).catch((error: unknown) => (failure = error));
    expect(failure).to.have.property('name', 'AbortError');
  });

  it('takes what is cut off, and what is broken, for what there is of it', async function () {
    const file = await aSampleSound('tone.amr');
    if (!file) this.skip();
    const bytes = await bytesOf(file);
    const half = await decodeSound(bytes.subarray(0, bytes.length / 2), wanted());
    expect(half?.duration).to.be.closeTo(1.5, 0.1);
    const noise = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 251);
    noise.set(bytes.subarray(0, 6));
    expect((await decodeSound(noise, wanted()))?.duration).to.be.above(0);
    expect(await decodeSound(bytes.subarray(0, 6), wanted())).to.equal(null);
  });

  it('does not know what is no sound', async () => {
    expect(await decodeSound(new TextEncoder().encode('#!/bin/sh'), wanted())).to.equal(null);
    expect(await decodeSound(new Uint8Array(), wanted())).to.equal(null);
    expect(
      await decodeSound(new TextEncoder().encode('OggS and nothing'), wanted()).catch(() => null),
    ).to.equal(null);
  });
});
