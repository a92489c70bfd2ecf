import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { COPY_FORMAT } from '../../src/model/index.js';

const DECLARATIONS = new URL('../../../dist/esm/model/', import.meta.url);

/** The form that belongs to the format. Changed together with it: see the message below. */
const RECORDED = { format: 8, form: 'ba41f20fd38f1c71' };

/** The declarations of all types of the model, without comments, by name. */
async function declaredTypes(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(DECLARATIONS)).filter((name) => name.endsWith('.d.ts')).sort();
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, DECLARATIONS), 'utf8')));
  const declarations = texts
    .join('\n')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split(/^(?=export |declare |import |type |interface )/m);
  return new Map(
    declarations.flatMap((text) => {
      const [, name] = /^(?:export )?(?:declare )?(?:type|interface|const) (\w+)/.exec(text) ?? [];
      return name === undefined ? [] : [[name, text.replaceAll(/\s+/g, ' ').trim()] as const];
    }),
  );
}

/** A type and all that it is made of. */
function formOf(roots: readonly string[], types: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const form = new Map<string, string>();
  const add = (name: string): void => {
    const text = types.get(name);
    if (text === undefined || form.has(name)) return;
    form.set(name, text);
    // What is written in quotes is a value.
    for (const [word] of text.replaceAll(/'[^']*'|"[^"]*"/g, '').matchAll(/[A-Z]\w+/g)) add(word);
  };
  roots.forEach(add);
  return new Map([...form].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the copy of a desk', () => {
  it('has another format when the form of anything in it is another', async () => {
    const form = formOf(['DeskCopy', 'TranscriptPage'], await declaredTypes());
    for (const name of ['Interaction', 'Contact', 'Message', 'MediaContent', 'Policy', 'Workbin', 'Agent'])
      assert.ok(form.has(name), `${name} is found`);
    const text = [...form.values()].join('\n').replace(/(COPY_FORMAT)\b[^;]*/, '$1');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const advice = `What is kept for a reload without a link has another form now: raise COPY_FORMAT (src/model/desk-copy.ts), and record ${hash} here.`;
    assert.deepEqual(RECORDED, { format: COPY_FORMAT, form: hash }, advice);
  });
});
