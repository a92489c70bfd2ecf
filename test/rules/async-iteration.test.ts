// The bundle's RxJS has helpers of ours for asynchronous iteration: what it makes of them must be what tslib's make.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as tslib from 'tslib';

interface Helpers {
  readonly __await: (value: unknown) => unknown;
  readonly __asyncValues: (iterable: AsyncIterable<unknown>) => AsyncIterator<unknown>;
  readonly __awaiter: (
    self: unknown,
    args: unknown,
    promise: unknown,
    body: () => Generator,
  ) => Promise<unknown>;
  readonly __asyncGenerator: (self: unknown, args: unknown, body: () => Generator) => AsyncGenerator<unknown>;
}

/** The compiled test lies in .build/test/rules. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const ours = (await import(`${root}/scripts/lib/native-async-iteration.mjs`)) as Helpers;

for (const [name, helpers] of Object.entries({ tslib: tslib as unknown as Helpers, ours })) {
  const { __await, __asyncGenerator, __asyncValues, __awaiter } = helpers;

  it(`${name}: a generator yields values, awaits others, and ends cleanly when it is left`, async () => {
    const said: unknown[] = [];
    const numbers = __asyncGenerator(null, [], function* () {
      try {
        said.push(yield __await(Promise.resolve('awaited')));
        yield yield __await('one');
        yield yield __await('two');
      } finally {
        said.push('left');
      }
    });
    for await (const value of numbers) {
      said.push(value);
      if (value === 'one') break;
    }
    assert.deepEqual(said, ['awaited', 'one', 'left']);
  });

  it(`${name}: an asynchronous function awaits, and catches what was refused`, async () => {
    const result = await __awaiter(null, undefined, undefined, function* () {
      const one: unknown = yield Promise.resolve(1);
      try {
        yield Promise.reject(new Error('refused'));
      } catch (error) {
        return [one, String(error)];
      }
      return null;
    });
    assert.deepEqual(result, [1, 'Error: refused']);
  });

  it(`${name}: an asynchronous iterable is iterated`, async () => {
    const iterator = __asyncValues(
      (async function* () {
        yield 1;
      })(),
    );
    assert.deepEqual(await iterator.next(), { value: 1, done: false });
    assert.deepEqual(await iterator.next(), { value: undefined, done: true });
  });
}

it('they are all that RxJS imports', () => {
  const wanted = new Set<string>();
  for (const file of ['util/isReadableStreamLike.js', 'observable/innerFrom.js']) {
    const source = readFileSync(`${root}/node_modules/rxjs/dist/esm/internal/${file}`, 'utf8');
    for (const [, names = ''] of source.matchAll(/import \{([^}]*)\} from "tslib"/g))
      for (const one of names.split(',')) wanted.add(one.trim());
  }
  assert.deepEqual([...wanted].sort(), ['__asyncGenerator', '__asyncValues', '__await', '__awaiter']);
});
