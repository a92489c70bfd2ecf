import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Desk } from './desk.js';
import { Installation, eventually } from './support.js';

/** Nothing is lost and nothing doubled, whatever breaks, in both directions. */
describe('what breaks', () => {
  let all: Installation;
  let desk: Desk;
  let people = 0;

  before(async () => {
    all = await Installation.start({ AGENT_CAPACITY: '50' });
  });
  after(() => all?.stop());
  afterEach(async () => {
    all.standIn.faults.clear();
    all.network.comeUp();
    await desk.close();
  });

  /** A new contact who has written, and whom Ana has accepted. */
  async function accepted(): Promise<string> {
    desk = await all.desk('ana');
    await desk.becomeReady();
    const name = `Contact ${++people}`;
    all.standIn.writeAsContact({
      contact: { name, phone: `25470000${1000 + people}` },
      text: `Hello from ${name}`,
    });
    await desk.accept(name);
    return name;
  }

  /** The contact of a name at the stand-in. */
  function contactId(name: string): string {
    const found = all.standIn.contacts().find((one) => one.name === name);
    assert.ok(found);
    return found.id;
  }

  /**
   * As `arrivedOnce`, but a kill may hit between the moment in which a message is taken up and the one in which its handing over is known. Such a message
   * (one of a contact for each kill, because they go one after the other) is said to be in doubt and never sent again.
   */
  async function settledOnce(name: string, texts: readonly string[], kills: number): Promise<void> {
    const shown = (text: string, state: string) =>
      desk.message(text).getByTitle(state, { exact: true }).count();
    for (const text of texts) {
      await eventually(async () => {
        const settled = (await shown(text, 'Read')) + (await shown(text, 'Not confirmed'));
        assert.equal(settled, 1, `“${text}” is not settled, or shown more than once.`);
      }, 45_000);
    }
    const doubts = await Promise.all(texts.map((text) => shown(text, 'Not confirmed')));
    assert.ok(doubts.filter(Boolean).length <= kills, 'More is in doubt than kills can have hit.');
    const arrived = all.standIn
      .messages()
      .filter(({ author, contact }) => author === 'business' && contact === contactId(name))
      .map(({ text }) => text);
    assert.deepEqual(
      arrived,
      texts.filter((text, index) => doubts[index] === 0 || arrived.includes(text)),
    );
  }

  /** These texts reached WhatsApp once each, in this order, and the page shows them once each. */
  async function arrivedOnce(name: string, texts: readonly string[]): Promise<void> {
    for (const text of texts) await all.untilSent(text, 'read');
    const arrived = all.standIn
      .messages()
      .filter(({ author, contact }) => author === 'business' && contact === contactId(name))
      .map(({ text }) => text);
    assert.deepEqual(arrived, texts);
    for (const text of texts) {
      await desk.untilMessage(text, 'Read');
      assert.equal(await desk.count(text), 1, `The page shows “${text}” more than once.`);
    }
  }

  it('the page is reloaded in the moment of sending', async () => {
    const name = await accepted();
    const texts = ['Sent and left 1', 'Sent and left 2', 'Sent and left 3'];
    for (const text of texts) {
      await desk.composer.fill(text);
      const reloaded = desk.page.waitForEvent('load');
      await desk.composer.evaluate((input) => {
        const enter = { key: 'Enter', code: 'Enter', bubbles: true, composed: true, cancelable: true };
        input.dispatchEvent(new KeyboardEvent('keydown', enter));
        location.reload();
      });
      await reloaded;
      await desk.goTo(name);
      // Left before it was on the disk, it is the draft again, to be sent once more.
      await eventually(async () => {
        if ((await desk.composer.inputValue()) === text) await desk.composer.press('Enter');
        assert.ok(all.sent(text).length > 0);
      });
      await all.untilSent(text, 'read');
    }
    await arrivedOnce(name, texts);
  });

  it('the page is reloaded before the message has left', async () => {
    const name = await accepted();
    all.network.swallowUpstream();
    await desk.write('Sent before the reload');
    // Until it is on the disk: words that are not yet come back as the draft.
    await desk.untilMessage('Sent before the reload', 'Sending');
    await desk.reload();
    await desk.goTo(name);
    await arrivedOnce(name, ['Sent before the reload']);
  });

  it('the page is reloaded without a link, and shows the desk as it was until the link is back', async () => {
    const name = await accepted();
    await desk.write('Said before');
    await desk.untilMessage('Said before', 'Read');
    all.network.socketsGoDown();
    await desk.page.getByText('Offline.', { exact: true }).first().waitFor();
    await desk.page.reload();
    await desk.page.getByText(/^As of .+, offline\.$/).waitFor();
    await desk.goTo(name);
    await desk.message('Said before').waitFor();
    await desk.write('Said without a link');
    all.network.comeUp();
    await arrivedOnce(name, ['Said before', 'Said without a link']);
    await desk.page.getByText(/^As of .+/).waitFor({ state: 'detached' });
  });

  it('the page is reloaded when the message has left and no answer came', async () => {
    const name = await accepted();
    all.network.swallowDownstream();
    await desk.write('Left before the reload');
    await all.untilSent('Left before the reload');
    await desk.reload();
    await desk.goTo(name);
    await arrivedOnce(name, ['Left before the reload']);
  });

  it('the socket drops while messages go both ways', async () => {
    const name = await accepted();
    all.network.swallowDownstream();
    await desk.write('First');
    await all.untilSent('First');
    await desk.write('Second');
    all.standIn.writeAsContact({ contact: contactId(name), text: 'Are you there?' });
    all.network.drop();
    await arrivedOnce(name, ['First', 'Second']);
    await desk.message('Are you there?').waitFor();
    assert.equal(await desk.count('Are you there?'), 1);
  });

  it('the gateway is killed while messages go both ways', async () => {
    const name = await accepted();
    const id = contactId(name);
    const replies = Array.from({ length: 6 }, (_, i) => `Reply ${i + 1} of six`);
    const questions = replies.map((_, i) => `Question ${i + 1} of six`);
    for (const [i, reply] of replies.entries()) {
      all.standIn.writeAsContact({ contact: id, text: questions[i] ?? '' });
      await desk.write(reply);
      if (i === 2) await all.gateway.kill();
    }
    await all.gateway.start();
    await settledOnce(name, replies, 1);
    for (const question of questions) {
      await desk.message(question).waitFor();
      assert.equal(await desk.count(question), 1);
    }
    // Webhooks of one contact are retried one after the other, so the order is theirs.
    const shown = await desk.page
      .locator('whatsapp-message')
      .filter({ hasText: /Question \d of six/ })
      .evaluateAll((messages) => messages.map(({ shadowRoot }) => shadowRoot?.textContent ?? ''));
    assert.deepEqual(
      shown.map((text) => /Question (\d)/.exec(text)?.[1]),
      ['1', '2', '3', '4', '5', '6'],
    );
  });

  it('the gateway is killed over and over', async () => {
    const name = await accepted();
    const replies: string[] = [];
    for (let round = 1; round <= 3; round++) {
      const text = `Through kill ${round}`;
      replies.push(text);
      await desk.write(text);
      await all.gateway.kill();
      await all.gateway.start();
    }
    await settledOnce(name, replies, 3);
  });

  it('offline: messages wait in the outbox and are sent once', async () => {
    const name = await accepted();
    all.network.goDown();
    await desk.write('Written offline');
    await desk.write('And this too');
    await desk.page.getByText('2 messages wait and will be sent.').waitFor();
    await desk.untilMessage('Written offline', 'Waiting to be sent');
    assert.equal(all.sent('Written offline').length, 0);
    all.network.comeUp();
    await arrivedOnce(name, ['Written offline', 'And this too']);
    await desk.page.getByText('Offline.').waitFor({ state: 'hidden' });
  });

  it('WhatsApp delivers each webhook twice and statuses in reverse order', async () => {
    all.standIn.faults.set({ duplicateWebhooks: true, reorderStatuses: true });
    const name = await accepted();
    await desk.message(`Hello from ${name}`).waitFor();
    await desk.write('Read before delivered');
    await arrivedOnce(name, ['Read before delivered']);
    const again = all.standIn.writeAsContact({ contact: contactId(name), text: 'Twice sent, once said' });
    await again.taken;
    await desk.message('Twice sent, once said').waitFor();
    assert.equal(await desk.count('Twice sent, once said'), 1);
    assert.equal(await desk.count(`Hello from ${name}`), 1);
  });

  it('WhatsApp takes a message and does not say so', async () => {
    const name = await accepted();
    all.standIn.faults.set({ sendFault: 'cut-after-accept', sendFaultTimes: 1 });
    await desk.write('Did you get this?');
    await arrivedOnce(name, ['Did you get this?']);
  });

  it('a message fails: the words stay, and go again on demand', async () => {
    const name = await accepted();
    all.standIn.faults.set({ failNext: 131026 });
    await desk.write('Undeliverable');
    await desk.untilMessage('Undeliverable', 'Not sent');
    await desk.message('Undeliverable').getByRole('button', { name: 'Edit' }).click();
    await eventually(async () => assert.equal(await desk.composer.inputValue(), 'Undeliverable'));
    await desk.write('Undeliverable no more');
    await desk.untilMessage('Undeliverable no more', 'Read');
    assert.equal(all.sent('Undeliverable').length, 1, `${name} got the failed message twice.`);
  });
});
