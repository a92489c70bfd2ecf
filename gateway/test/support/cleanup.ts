import { after } from 'node:test';

const tasks: (() => unknown)[] = [];

after(async () => {
  for (const task of tasks.toReversed()) await task();
});

/**
 * Does something when all tests of the file have run; what was begun last is ended first. Await all set-up before the file's first test: the
 * runner takes the tests it knows for all there are.
 */
export function atEnd(task: () => unknown): void {
  tasks.push(task);
}
