import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Installation, eventually } from './support.js';

describe('what is composed with a form', () => {
  let all: Installation;
  before(async () => {
    all = await Installation.start();
  });
  after(() => all?.stop());

  it('reaches the contact: a place from a link, and a question whose buttons are answered with a tap', async () => {
    const ana = await all.desk('ana');
    await ana.becomeReady();
    all.standIn.writeAsContact({ contact: 'bruno', text: 'Where are you?' });
    await ana.accept('Bruno Carvalho');
    const { page } = ana;

    const compose = async (kind: string): Promise<void> => {
      await page.getByRole('button', { name: 'More to send' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
      await page.getByRole('dialog', { name: kind }).waitFor();
    };
    const send = () => page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();

    await compose('Location');
    await page
      .getByRole('textbox', { name: /^Link to a map/ })
      .fill('https://www.google.com/maps/place/Old+Market/@41.40338,2.17403,17z');
    assert.equal(await page.getByRole('textbox', { name: 'Latitude' }).inputValue(), '41.40338');
    await send();
    await ana.message('Old Market').waitFor();

    await compose('Reply buttons');
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('When do you come?');
    await page.getByRole('textbox', { name: 'Button 1' }).fill('Today');
    await page.getByRole('button', { name: 'Add a button' }).click();
    await page.getByRole('textbox', { name: 'Button 2' }).fill('Tomorrow');
    await send();

    const question = await eventually(() => {
      const got = all.standIn
        .messages()
        .filter(({ author, contact }) => author === 'business' && contact === 'bruno');
      assert.deepEqual(
        got.map(({ type, text }) => [type, text]),
        [
          ['location', 'Old Market'],
          ['interactive', 'When do you come?'],
        ],
      );
      return got[1];
    });
    assert.deepEqual(
      question?.choices?.map(({ title }) => title),
      ['Today', 'Tomorrow'],
    );
    const tap = await fetch(`${all.standIn.url}/phone/contacts/bruno/taps`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ wamid: question?.wamid, choice: '2' }),
    });
    assert.equal(tap.status, 202);
    await ana.message('Chose an answer').filter({ hasText: 'Tomorrow' }).waitFor();
    assert.deepEqual(ana.complaints, []);
    await ana.close();
  });
});
