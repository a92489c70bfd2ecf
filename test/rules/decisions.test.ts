import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the decisions are numbered from 1, each number once, and say their number', () => {
  const names = readdirSync('docs/decisions').toSorted();
  const numbers = names.map((_, i) => String(i + 1).padStart(4, '0'));
  assert.deepEqual(
    names.map((name) => name.slice(0, 4)),
    numbers,
  );
  const titles = names.map((name) => readFileSync(`docs/decisions/${name}`, 'utf8').slice(2, 6));
  assert.deepEqual(titles, numbers);
});
