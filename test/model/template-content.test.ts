import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  NO_VALUES,
  templateContent,
  templateFault,
  templateParameters,
  valueFaults,
} from '../../src/model/index.js';
import type { Template, TemplateValues } from '../../src/model/index.js';
import { aTemplate } from '../support/builders.js';

const body = (values: Readonly<Record<string, string>>): TemplateValues => ({ ...NO_VALUES, body: values });
const faults = (template: Template, values: TemplateValues) =>
  valueFaults(template, values).map(({ parameter: { part, key }, fault }) => [part, key, fault.why]);

describe('the parameters of a template', () => {
  it('are each told once, numbers in their order and names as they come, of header, body and buttons', () => {
    const template = aTemplate({
      header: { kind: 'text', text: 'Order {{1}}' },
      body: '{{10}} {{2}} {{1}} {{ 2 }}, {{1}}',
      buttons: [
        { kind: 'quick-reply', text: '{{1}}', target: null },
        { kind: 'url', text: 'Track', target: 'https://a.example/{{1}}' },
        { kind: 'url', text: 'Shop', target: 'https://a.example/' },
        { kind: 'copy-code', text: 'Copy', target: null },
      ],
    });
    assert.deepEqual(
      templateParameters(template).map(({ part, key, kind }) => `${part} ${key} ${kind}`),
      ['header 1 text', 'body 1 text', 'body 2 text', 'body 10 text', 'buttons 1 url', 'buttons 3 code'],
    );
    const named = aTemplate({ body: '{{last_name}}, {{first_name}}. {{last_name}}' });
    assert.deepEqual(
      templateParameters(named).map(({ key }) => key),
      ['last_name', 'first_name'],
    );
  });
});

describe('the content of a template', () => {
  it('has each value wherever its placeholder stands, and what has none as a number in brackets', () => {
    const template = aTemplate({ body: 'Hello {{1}}, {{2}} is here. Thanks, {{1}}.' });
    assert.equal(templateContent(template, body({ 1: 'Ana' })).body, 'Hello Ana, [2] is here. Thanks, Ana.');
    const named = aTemplate({ body: 'Hola {{nombre}}: {{dia}}' });
    assert.equal(templateContent(named, body({ nombre: 'Ana', dia: '' })).body, 'Hola Ana: [dia]');
  });

  it('leaves braces and field codes in values as they are', () => {
    const template = aTemplate({ body: '{{1}} and {{2}}' });
    const said = templateContent(template, body({ 1: '{{2}}', 2: '$& <$Agent.FullName$>' })).body;
    assert.equal(said, '{{2}} and $& <$Agent.FullName$>');
    assert.deepEqual(faults(template, body({ 1: '{{2}}', 2: '{{1}}' })), []);
  });

  it('has no values but its own', () => {
    assert.equal(templateContent(aTemplate({ body: '{{constructor}}' }), NO_VALUES).body, '[constructor]');
  });

  it('shows the place or the file above its text', () => {
    const place = { kind: 'location', latitude: 1, longitude: 2, name: 'Shop', address: null } as const;
    const here = aTemplate({ header: { kind: 'location' } });
    assert.deepEqual(templateContent(here, NO_VALUES, place).above, { ...place, url: null });
    const photo = aTemplate({ header: { kind: 'media', as: 'image' } });
    const file = { kind: 'media', media: { id: 'm1' }, fileName: 'chair.jpg' } as const;
    const { above } = templateContent(photo, NO_VALUES, file);
    assert.deepEqual(above?.kind === 'image' && [above.media, above.fileName], [{ id: 'm1' }, 'chair.jpg']);
  });
});

describe('the values of a template', () => {
  const one = aTemplate({ body: 'Hello {{1}}.' });

  it('are all there', () => {
    assert.deepEqual(faults(aTemplate({ body: '{{1}}{{2}}{{3}}' }), body({ 1: 'a', 2: ' ' })), [
      ['body', '2', 'missing'],
      ['body', '3', 'missing'],
    ]);
  });

  it('have no line breaks, tabs or more than four spaces in a row', () => {
    for (const value of ['a\nb', 'a\rb', 'a\tb', 'a\u2028b'])
      assert.deepEqual(faults(one, body({ 1: value })), [['body', '1', 'lines']], JSON.stringify(value));
    assert.deepEqual(faults(one, body({ 1: 'a     b' })), [['body', '1', 'spaces']]);
    assert.deepEqual(faults(one, body({ 1: 'a    b' })), []);
  });

  it('are counted in code points, in the whole text that they stand in', () => {
    const room = 1024 - 'Hello .'.length;
    assert.deepEqual(faults(one, body({ 1: '🪑'.repeat(room) })), []);
    const [long] = valueFaults(one, body({ 1: '🪑'.repeat(room + 1) }));
    assert.deepEqual(long?.fault, { why: 'long', length: 1025, limit: 1024 });
    const twice = aTemplate({ body: '{{1}}{{1}}' });
    assert.deepEqual(faults(twice, body({ 1: 'a'.repeat(512) })), []);
    assert.deepEqual(faults(twice, body({ 1: 'a'.repeat(513) })), [['body', '1', 'long']]);
    const header = aTemplate({ header: { kind: 'text', text: 'Order {{1}}' }, body: 'Hello.' });
    assert.deepEqual(faults(header, { ...NO_VALUES, header: { 1: '1'.repeat(55) } }), [
      ['header', '1', 'long'],
    ]);
  });

  it('of buttons are what links and codes are made of', () => {
    const template = aTemplate({
      body: 'Hello.',
      buttons: [
        { kind: 'copy-code', text: 'Copy', target: null },
        { kind: 'url', text: 'Track', target: 'https://a.example/{{1}}' },
      ],
    });
    const why = (code: string, url: string) =>
      valueFaults(template, { ...NO_VALUES, buttons: { 0: code, 1: url } }).map(({ fault }) => fault.why);
    assert.deepEqual(why('SUMMER-25', '2041?from=a'), []);
    assert.deepEqual(why('25 %', '20 41'), ['characters', 'characters']);
    assert.deepEqual(why('A'.repeat(16), 'a'.repeat(2000)), ['long', 'long']);
  });
});

describe('a template', () => {
  it('goes when WhatsApp has approved it, it has nothing unknown, and its header is what it wants', () => {
    const place = { kind: 'location', latitude: 1, longitude: 2, name: null, address: null } as const;
    assert.equal(templateFault(aTemplate(), null), null);
    assert.match(templateFault(aTemplate({ status: 'paused' }), null) ?? '', /paused/);
    assert.match(templateFault(aTemplate({ unsupported: ['CAROUSEL'] }), null) ?? '', /CAROUSEL/);
    assert.equal(templateFault(aTemplate({ header: { kind: 'location' } }), place), null);
    assert.match(templateFault(aTemplate({ header: { kind: 'location' } }), null) ?? '', /place/);
    assert.match(templateFault(aTemplate({ header: { kind: 'media', as: 'image' } }), place) ?? '', /file/);
    assert.notEqual(templateFault(aTemplate(), place), null);
  });
});
