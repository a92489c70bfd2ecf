/** Where frames and time come from. */
export interface Frames {
  /** Calls back before the next paint. Never does while nobody sees the page. */
  request(run: () => void): number;
  cancel(request: number): void;
  /** In milliseconds. */
  now(): number;
}

/** How long a rendering waits at most, in milliseconds: a hidden page gets no frames. */
export const LONGEST_WAIT = 250;

/** A frame that comes later than this after a rendering says that the page has more to do than it can, in milliseconds. */
const LATE = 25;

const pageFrames: Frames = {
  request: (run) => requestAnimationFrame(run),
  cancel: (request) => cancelAnimationFrame(request),
  now: () => performance.now(),
};

/**
 * Lets something be rendered once in a frame, however many events a socket brings: the first change at once, those that follow it in the same frame
 * together, with the next one. Where renderings take longer than a frame, half of the time is left to all else that the page has to do.
 */
export class FrameGate {
  readonly #frames: Frames;
  #closed: Promise<void> | null = null;

  constructor(frames: Frames = pageFrames) {
    this.#frames = frames;
  }

  /** Until when to wait; null while nothing was rendered in this frame. */
  get closed(): Promise<void> | null {
    return this.#closed;
  }

  /** To be called when something is rendered: the gate opens again with the next frame. */
  close(): void {
    this.#closed ??= this.#nextFrame().then(() => {
      this.#closed = null;
    });
  }

  #nextFrame(): Promise<void> {
    const begin = this.#frames.now();
    return new Promise((resolve) => {
      let opensAt = begin;
      const onFrame = (): void => {
        const now = this.#frames.now();
        if (opensAt === begin && now - begin > LATE) opensAt = now + (now - begin);
        if (now < opensAt) request = this.#frames.request(onFrame);
        else open();
      };
      const open = (): void => {
        clearTimeout(late);
        this.#frames.cancel(request);
        resolve();
      };
      let request = this.#frames.request(onFrame);
      const late = setTimeout(open, LONGEST_WAIT);
    });
  }
}
