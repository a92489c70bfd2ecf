/** The part of the benchmark that runs in the page: scripts/bench.mjs says which case, of whom, and gets the figures. */
import { bareWindow } from './bare-window.js';
import { desk } from './desk.js';
import type { Subject } from './subject.js';

export interface Figures {
  /** Until what came last stood on the screen, in milliseconds. */
  readonly ms: number;
  /** The longest time between two frames meanwhile, in milliseconds. */
  readonly longestBlock: number;
  /** By how much the document, with all shadow trees, grew. */
  readonly nodes: number;
}

const SUBJECTS: Readonly<Record<string, () => Subject>> = {
  window: bareWindow,
  conversation: () => desk('whatsapp-interaction'),
  desk: () => desk('whatsapp-desk'),
};

/** After so long a case counts as failed, in milliseconds. */
const LONGEST = 60_000;

const text = (i: number): string =>
  `${'Words as people write them, some more and some less of them. '.repeat(1 + (i % 4))}#${i}`;

const CASES: Readonly<Record<string, (subject: Subject, open: number) => Promise<Figures>>> = {
  /** Opens a conversation of 100. */
  opening: (subject) => measured(subject, 99, () => subject.load(texts(100))),
  /** 5,000 messages onto 1,000, each in a task of its own, as a socket delivers them. */
  'burst in tasks': async (subject) => {
    await loaded(subject, 1000);
    return measured(subject, 5999, () => inTasks(5000, (i) => subject.append(text(1000 + i), 0)));
  },
  /** The same in one task. */
  'burst in one task': async (subject) => {
    await loaded(subject, 1000);
    return measured(subject, 5999, () => {
      for (let i = 0; i < 5000; i++) subject.append(text(1000 + i), 0);
    });
  },
  /** 2,000 messages in tasks, by turns for each of the open interactions, the last one in front. */
  'many open': async (subject, open) => {
    await loaded(subject, 100);
    return measured(subject, 2000, () =>
      inTasks(2001, (i) => subject.append(text(i), i === 2000 ? 0 : i % open)),
    );
  },
};

const page = globalThis as unknown as {
  bench: (name: string, who: string, open: number) => Promise<Figures>;
};
page.bench = async (name, who, open) => {
  const subject = SUBJECTS[who]?.();
  const run = CASES[name];
  if (!subject || !run) throw new Error(`There is no case ${name} of ${who}.`);
  const root = document.querySelector<HTMLElement>('main');
  if (root) await subject.mount(root, open);
  await frames(5);
  return run(subject, open);
};

function texts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => text(i));
}

async function loaded(subject: Subject, count: number): Promise<void> {
  subject.load(texts(count));
  await until(() => shows(subject, count - 1));
  await frames(10);
}

function shows(subject: Subject, last: number): boolean {
  return subject.visible().at(-1)?.endsWith(`#${last}`) ?? false;
}

async function measured(subject: Subject, last: number, act: () => unknown): Promise<Figures> {
  const before = countNodes(document);
  const begin = performance.now();
  let previous = begin;
  let longestBlock = 0;
  act();
  await until(() => {
    const now = performance.now();
    longestBlock = Math.max(longestBlock, now - previous);
    previous = now;
    return shows(subject, last);
  });
  await frames(1);
  const ms = performance.now() - begin;
  // What goes on behind it is not what is measured.
  await frames(20);
  return { ms, longestBlock, nodes: countNodes(document) - before };
}

function countNodes(root: Node): number {
  let count = 0;
  const walker = document.createTreeWalker(root);
  for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
    count++;
    if (node instanceof Element && node.shadowRoot) count += countNodes(node.shadowRoot);
  }
  return count;
}

function inTasks(times: number, run: (i: number) => void): void {
  const { port1, port2 } = new MessageChannel();
  let i = 0;
  port1.addEventListener('message', () => {
    run(i++);
    if (i < times) port2.postMessage(null);
  });
  port1.start();
  port2.postMessage(null);
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await frame();
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + LONGEST;
  do {
    await frame();
    if (performance.now() > end) throw new Error('What should have been shown has not been.');
  } while (!condition());
}
