import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Installation } from './support.js';

describe('the main job', () => {
  let all: Installation;
  before(async () => {
    all = await Installation.start();
  });
  after(() => all?.stop());

  it('brings a message to the agent and the reply to the contact, once, with its ticks', async (t) => {
    const desk = await all.desk('ana');
    await desk.becomeReady();

    const began = performance.now();
    const { taken } = all.standIn.writeAsContact({ contact: 'ana', text: 'Where is my order?' });
    await desk.invitation('Ana Wanjiru').waitFor();
    t.diagnostic(`from the phone to the page in ${Math.round(performance.now() - began)} ms`);
    assert.equal(await taken, true);

    await desk.accept('Ana Wanjiru');
    await desk.record.getByRole('heading', { name: 'Ana Wanjiru' }).waitFor();
    await desk.message('Where is my order?').waitFor();

    await desk.write('It left this morning.');
    const message = await all.untilSent('It left this morning.', 'read');
    assert.equal(message.contact, 'ana');
    await desk.untilMessage('It left this morning.', 'Read');
    assert.equal(await desk.message('It left this morning.').count(), 1);
    assert.equal(all.sent('It left this morning.').length, 1);
    assert.equal(await desk.composer.inputValue(), '');
    await desk.close();
  });

  it('opens a card for somebody whom the page does not know', async () => {
    const desk = await all.desk('ana');
    await desk.becomeReady();
    all.standIn.writeAsContact({ contact: { name: 'Zawadi Njeri', phone: '254799000111' }, text: 'Hello' });
    await desk.accept('Zawadi Njeri');
    await desk.record.getByRole('heading', { name: 'New customer' }).waitFor();
    assert.equal(await desk.record.getByLabel('Name').inputValue(), 'Zawadi Njeri');
    assert.equal(await desk.record.getByLabel('Phone').inputValue(), '+254799000111');
    await desk.close();
  });

  it('is done by keyboard alone', async () => {
    const desk = await all.desk('ben');
    const { page } = desk;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await desk.status.and(page.locator(':enabled')).waitFor();
    await desk.tabTo(desk.status);
    await page.keyboard.press('Space');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await button('Status: Ready').waitFor();

    // Ana is out of the way: her pages are closed.
    all.standIn.writeAsContact({ contact: 'layla', text: 'مرحبًا' });
    const accept = desk.invitation('ليلى الحسيني').getByRole('button', { name: 'Accept' });
    await accept.waitFor();
    await desk.tabTo(accept);
    await page.keyboard.press('Enter');
    await desk.conversation('ليلى الحسيني').waitFor();

    await desk.tabTo(desk.composer);
    await page.keyboard.type('Line one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('line two');
    await page.keyboard.press('Enter');
    await all.untilSent('Line one\nline two', 'read');

    await desk.tabTo(button('More actions'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    // The menu has the focus; its last entry is one key away.
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await desk.conversation('ليلى الحسيني').waitFor({ state: 'detached' });
    await desk.tile('ليلى الحسيني').waitFor({ state: 'detached' });
    await desk.close();
  });
});
