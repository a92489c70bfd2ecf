import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Member {
  readonly name: string;
  readonly description?: string;
}

interface Manifest {
  readonly modules: readonly {
    readonly declarations: readonly {
      readonly tagName?: string;
      readonly attributes?: readonly (Member & { readonly inheritedFrom?: object })[];
      readonly events?: readonly Member[];
    }[];
  }[];
}

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as Manifest;
const elements = manifest.modules.flatMap(({ declarations }) => declarations);

test('the README says what each attribute means and what each event carries', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const { tagName, attributes = [], events = [] } of elements) {
    if (tagName === undefined) continue;
    const own = attributes.filter(({ inheritedFrom, name }) => !inheritedFrom && name !== 'id');
    if (own.length + events.length === 0) continue;
    const [, section = ''] = readme.split(`\n#### \`${tagName}\`\n`);
    for (const { name } of own) assert.match(section, new RegExp(`^- \`${name}\`: \\S`, 'm'), tagName);
    for (const { name } of events) {
      const carries = [
        'older-request',
        'newer-request',
        'forward-end',
        'quote-cancel',
        'search-end',
        'export-end',
        'responses-request',
        'notification-request',
      ].includes(name)
        ? ''
        : ' with `[^`]+`';
      assert.match(section, new RegExp(`^- event \`${name}\`${carries}: \\S`, 'm'), tagName);
    }
  }
});
