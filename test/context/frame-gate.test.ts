import { expect } from '@open-wc/testing';
import { FrameGate } from '../../src/context/frame-gate.js';
import type { Frames } from '../../src/context/frame-gate.js';

/** Frames that come when a test says so. */
class FakeFrames implements Frames {
  time = 0;
  readonly #waiting = new Map<number, () => void>();
  #last = 0;

  request(run: () => void): number {
    this.#waiting.set(++this.#last, run);
    return this.#last;
  }

  cancel(request: number): void {
    this.#waiting.delete(request);
  }

  now(): number {
    return this.time;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async come(after: number): Promise<void> {
    this.time += after;
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const run of due) run();
    // Whoever waits for the gate goes on in tasks of its own.
    await Promise.resolve().then(() => undefined);
  }
}

describe('FrameGate', () => {
  it('is open for the first rendering, and closed after it until the next frame', async () => {
    const frames = new FakeFrames();
    const gate = new FrameGate(frames);
    expect(gate.closed).to.equal(null);
    gate.close();
    const { closed } = gate;
    expect(closed).to.be.instanceOf(Promise);
    await frames.come(16);
    await closed;
    expect(gate.closed).to.equal(null);
  });

  it('asks for one frame, however often something is rendered in it', () => {
    const frames = new FakeFrames();
    const gate = new FrameGate(frames);
    gate.close();
    gate.close();
    expect(frames.waiting).to.equal(1);
  });

  it('leaves as much time to others as a rendering took that held up the frame', async () => {
    const frames = new FakeFrames();
    const gate = new FrameGate(frames);
    gate.close();
    await frames.come(40);
    expect(gate.closed, 'when the late frame comes').not.to.equal(null);
    await frames.come(16);
    expect(gate.closed, 'before 80 ms').not.to.equal(null);
    const { closed } = gate;
    await frames.come(30);
    await closed;
    expect(gate.closed, 'after 80 ms').to.equal(null);
  });

  it('opens on a page that gets no frames, and asks for no more of them', async () => {
    const frames = new FakeFrames();
    const gate = new FrameGate(frames);
    gate.close();
    await gate.closed;
    expect(gate.closed).to.equal(null);
    expect(frames.waiting).to.equal(0);
  });

  it('opens on a page that is hidden while a late frame is made up for', async () => {
    const frames = new FakeFrames();
    const gate = new FrameGate(frames);
    gate.close();
    await frames.come(40);
    await gate.closed;
    expect(gate.closed).to.equal(null);
    expect(frames.waiting).to.equal(0);
  });
});
