import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

test('the migrations of the database are numbered from 1, each number once', () => {
  const names = readdirSync('gateway/migrations').toSorted();
  assert.deepEqual(
    names.map((name) => name.slice(0, 5)),
    names.map((_, i) => `${String(i + 1).padStart(4, '0')}_`),
  );
});
