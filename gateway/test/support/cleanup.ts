import { after } from 'node:test';

const tasks: (() => unknown)[] = [];

after(async () => {
  for (const task of tasks.toReversed()) await task();
});

/** Does something when all tests of the file have run; what was begun last is ended first. */
export function atEnd(task: () => unknown): void {
  tasks.push(task);
}
