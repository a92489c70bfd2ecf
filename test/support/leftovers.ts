// oxlint-disable typescript/unbound-method -- Methods of the platform are replaced by such that count and then call them.
/** Counts what elements may leave behind on a page. Import it before what is to be counted is made. */

const timers = new Set<unknown>();
const frames = new Set<number>();
/** Observers that are at work, with what they observe. */
const observers = new Map<unknown, Set<unknown>>();
const listeners = new Map<EventTarget, Set<string>>(
  [window, document, document.documentElement, document.body].map((target) => [target, new Set<string>()]),
);
const names = new WeakMap<object, number>();
let named = 0;

/** Whether the caller's caller is code of the elements: the test's own waiting does not count. */
function isOurs(): boolean {
  return new Error().stack?.includes('/src/') ?? false;
}

/** Whether nothing is under way that ends by itself. */
export function isAtRest(): boolean {
  return timers.size + frames.size === 0;
}

/** Nodes, timers, frames asked for, observers at work, and listeners on what outlives an element, as one line. */
export function leftovers(): string {
  const heard = [...listeners.values()].reduce((sum, { size }) => sum + size, 0);
  const nodes = document.querySelectorAll('body, body *').length;
  return `${nodes} nodes, ${timers.size} timers, ${frames.size} frames, ${observers.size} observers, ${heard} listeners`;
}

const {
  setTimeout: set,
  clearTimeout: clear,
  requestAnimationFrame: request,
  cancelAnimationFrame: cancel,
} = window;

window.setTimeout = ((run: () => void, ms?: number) => {
  const timer = set(() => {
    timers.delete(timer);
    run();
  }, ms);
  if (isOurs()) timers.add(timer);
  return timer;
}) as typeof window.setTimeout;
window.clearTimeout = (timer) => {
  timers.delete(timer);
  clear(timer);
};
window.requestAnimationFrame = (run) => {
  const frame = request((at) => {
    frames.delete(frame);
    run(at);
  });
  if (isOurs()) frames.add(frame);
  return frame;
};
window.cancelAnimationFrame = (frame) => {
  frames.delete(frame);
  cancel(frame);
};

interface Observer {
  observe(...args: unknown[]): void;
  unobserve?(target: unknown): void;
  disconnect(): void;
}

for (const { prototype } of [ResizeObserver, IntersectionObserver, MutationObserver] as unknown as {
  prototype: Observer;
}[]) {
  const { observe, unobserve, disconnect } = prototype;
  prototype.observe = function (...args) {
    observers.set(this, (observers.get(this) ?? new Set()).add(args[0]));
    observe.apply(this, args);
  };
  if (unobserve) {
    prototype.unobserve = function (target) {
      const observed = observers.get(this);
      observed?.delete(target);
      if (observed?.size === 0) observers.delete(this);
      unobserve.call(this, target);
    };
  }
  prototype.disconnect = function () {
    observers.delete(this);
    disconnect.call(this);
  };
}

const { addEventListener, removeEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (listener) listeners.get(this ?? window)?.add(keyOf(type, listener, options));
  addEventListener.call(this ?? window, type, listener, options);
};
EventTarget.prototype.removeEventListener = function (type, listener, options) {
  if (listener) listeners.get(this ?? window)?.delete(keyOf(type, listener, options));
  removeEventListener.call(this ?? window, type, listener, options);
};

function keyOf(type: string, listener: object, options: boolean | EventListenerOptions | undefined): string {
  if (!names.has(listener)) names.set(listener, ++named);
  const capture = typeof options === 'object' ? options.capture === true : options === true;
  return `${type} ${names.get(listener)} ${capture}`;
}
