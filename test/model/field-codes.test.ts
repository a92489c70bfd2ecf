import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldValues, fillFieldCodes, unfilledIn } from '../../src/model/index.js';
import { aContact, anAgent, anInteraction, NOON } from '../support/builders.js';

const KNOWN = new Map([
  ['contact.firstname', 'Maria'],
  ['agent.fullname', 'Ana Souza'],
]);
const filled = (body: string) => fillFieldCodes(body, KNOWN);

describe('field codes', () => {
  it('are filled with what is known, however they are written', () => {
    for (const code of ['<$Contact.FirstName$>', '<$ contact.firstname $>', '<$CONTACT.FIRSTNAME|there$>'])
      assert.deepEqual(filled(`Hello ${code}!`), { text: 'Hello Maria!', unfilled: [] });
    assert.equal(filled('<$Contact.FirstName$><$Agent.FullName$>').text, 'MariaAna Souza');
  });

  it('take their default where nothing is known, which may be empty', () => {
    assert.deepEqual(filled('Dear <$Contact.Title | Sir or Madam $>,<$Contact.Id|$>'), {
      text: 'Dear Sir or Madam,',
      unfilled: [],
    });
  });

  it('are left to the agent where there is neither, each told once', () => {
    assert.deepEqual(filled('<$Contact.Title$> <$Interaction.AttachedData("Id")$> <$Contact.Title$>'), {
      text: '[Contact.Title] [Interaction.AttachedData("Id")] [Contact.Title]',
      unfilled: ['[Contact.Title]', '[Interaction.AttachedData("Id")]'],
    });
  });

  it('are not looked for in what they are filled with', () => {
    const values = new Map([['contact.firstname', '<$Agent.FullName$> $& $1']]);
    assert.equal(fillFieldCodes('<$Contact.FirstName$>', values).text, '<$Agent.FullName$> $& $1');
  });

  it('that are none stay as they are', () => {
    for (const text of [
      '<$$>',
      '<$ $>',
      '<$Contact',
      'a <b> $5',
      `<$${'x'.repeat(100)}$>`,
      '<$a<$b$>'.slice(0, 5),
    ])
      assert.deepEqual(filled(text), { text, unfilled: [] });
    assert.equal(filled('<$<$Contact.FirstName$>$>').text, '<$Maria$>');
  });

  it('cost no more than a text of their length, whatever it is', () => {
    for (const text of ['<$'.repeat(50_000), '<$a|'.repeat(25_000), `<$${'a'.repeat(100_000)}`])
      assert.equal(filled(text).text.length, text.length);
  });

  it('are asked for until they have gone from the text', () => {
    const { text, unfilled } = filled('<$Contact.Title$> <$Contact.Id$>');
    assert.deepEqual(unfilledIn(text, unfilled), ['[Contact.Title]', '[Contact.Id]']);
    assert.deepEqual(unfilledIn(text.replace('[Contact.Title]', 'Dr'), unfilled), ['[Contact.Id]']);
  });
});

describe('what field codes stand for', () => {
  const valuesOf = (name: string | null, language: string | null = null) => {
    const interaction = anInteraction({ contact: aContact({ name, phone: '34600111222' }) });
    return fieldValues({ interaction, agent: anAgent({ name: 'Ana' }), language });
  };

  it('is the contact by whole, first and last name, number and conversation', () => {
    const values = valuesOf(' Maria  de la Cruz ');
    assert.equal(values.get('contact.firstname'), 'Maria');
    assert.equal(values.get('contact.lastname'), 'de la Cruz');
    assert.equal(values.get('contact.primaryphonenumber'), '+34 600 111 222');
    assert.equal(values.get('agent.firstname'), 'Ana');
    assert.equal(values.get('agent.lastname'), undefined);
    assert.equal(values.get('interaction.id'), anInteraction().id);
  });

  it('is nothing for a contact without a name', () => {
    for (const name of [null, '', ' \u202e '])
      assert.equal(valuesOf(name).get('contact.firstname'), undefined, JSON.stringify(name));
  });

  it('is one line that turns no text around', () => {
    assert.equal(valuesOf('Ma\u202eria\nEve').get('contact.fullname'), 'Ma ria Eve');
  });

  it('has dates in the language of the response, or in the browser’s where that is none', () => {
    const started = anInteraction().session.startedAt;
    assert.ok(started > 0 && NOON > 0);
    assert.match(valuesOf('A', 'de').get('interaction.datecreated') ?? '', /November/);
    assert.match(valuesOf('A', 'es').get('interaction.datecreated') ?? '', /noviembre/);
    assert.ok(valuesOf('A', 'not a language').get('interaction.datecreated'));
  });
});
