import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { CloudApi, type MessageItem, type SendResult } from '../../src/cloud-api/index.js';
import type { PhoneMessageState } from '../../stand-in/phones.js';
import { startStandIn, type StandIn } from '../../stand-in/stand-in.js';
import { Receiver, SECRETS } from './receiver.js';

const TIMEOUT = 10_000;

let receiver: Receiver;
let standIn: StandIn;
let api: CloudApi;

async function sendTo(contact: string, text = 'Good day'): Promise<SendResult> {
  const to = standIn.contacts().find(({ id }) => id === contact);
  assert.ok(to);
  return api.send({
    to,
    content: { kind: 'text', text },
    replyTo: null,
    callbackData: `command for ${text}`,
  });
}

async function accepted(contact: string, text?: string): Promise<string> {
  const result = await sendTo(contact, text);
  assert.equal(result.outcome, 'accepted');
  return result.outcome === 'accepted' ? result.wamid : '';
}

function states(wamid: string): string[] {
  return receiver.statuses(wamid).map(({ state }) => state);
}

function received(): MessageItem[] {
  return receiver.items().filter((item): item is MessageItem => item.kind === 'message');
}

function stateOf(wamid: string): PhoneMessageState | undefined {
  return standIn.messages().find((message) => message.wamid === wamid)?.state;
}

suite('stand-in', { timeout: TIMEOUT }, () => {
  beforeEach(async () => {
    receiver = new Receiver();
    standIn = await startStandIn({
      ...SECRETS,
      webhookUrl: await receiver.start(),
      delays: { sent: 0, delivered: 0, read: 0 },
      retry: { base: 1, max: 8 },
    });
    api = new CloudApi({
      baseUrl: `${standIn.url}/v23.0`,
      phoneNumberId: SECRETS.phoneNumberId,
      accessToken: SECRETS.accessToken,
      timeout: 500,
    });
  });
  afterEach(async () => {
    await standIn.close();
    receiver.stop();
  });

  test('what a contact writes arrives as a signed webhook', async () => {
    const { wamid, taken } = standIn.writeAsContact({ contact: 'layla', text: 'مرحبا 😀 </script>' });
    assert.equal(await taken, true);
    const [delivery] = receiver.deliveries;
    assert.equal(delivery?.signed, true);
    const [item] = received();
    assert.equal(item?.wamid, wamid);
    assert.equal(item?.channel, SECRETS.phoneNumberId);
    assert.deepEqual(item?.content, { kind: 'text', text: 'مرحبا 😀 </script>' });
    assert.equal(item?.sender.phone, '971500000468');
    assert.equal(item?.sender.name, 'ليلى الحسيني');
    assert.equal(stateOf(wamid), 'taken');
  });

  test('the bytes are escaped as Meta escapes them, so that only the raw body verifies', async () => {
    await standIn.writeAsContact({ contact: 'layla', text: 'é 😀 /' }).taken;
    const text = receiver.deliveries[0]?.raw.toString('latin1') ?? '';
    assert.match(text, /\\u00e9 \\ud83d\\ude00 \\\//);
    // oxlint-disable-next-line no-control-regex -- All of ASCII is meant.
    assert.doesNotMatch(text, /[^\x00-\x7f]/);
  });

  test('a contact who hides the number is known by user id and user name', async () => {
    await standIn.writeAsContact({ contact: 'mika', text: 'Hi' }).taken;
    const sender = received()[0]?.sender;
    assert.deepEqual([sender?.phone, sender?.username], [null, 'mika.builds']);
    assert.match(sender?.bsuid ?? '', /^FI\./);
    const wamid = await accepted('mika');
    await receiver.until(() => states(wamid).length === 3);
    assert.equal(receiver.statuses(wamid)[0]?.recipient?.bsuid, sender?.bsuid);
  });

  test('a contact can write anything that a webhook can hold, and quote', async () => {
    const out = await accepted('ana');
    const raw = { type: 'reaction', reaction: { message_id: out, emoji: '👍' } };
    await standIn.writeAsContact({ contact: 'ana', raw }).taken;
    await standIn.writeAsContact({ contact: 'ana', text: 'This one', replyTo: out }).taken;
    const [reaction, reply] = received();
    assert.deepEqual(reaction?.content, { kind: 'reaction', emoji: '👍' });
    assert.equal(reaction?.changes, out);
    assert.equal(reply?.replyTo, out);
  });

  test('somebody new can write, and is the same the next time', async () => {
    const zoe = { name: 'Zoë', phone: '4915550001' };
    await standIn.writeAsContact({ contact: zoe, text: 'One' }).taken;
    await standIn.writeAsContact({ contact: zoe, text: 'Two' }).taken;
    const [one, two] = received();
    assert.deepEqual([one?.sender.name, one?.sender.phone], ['Zoë', '4915550001']);
    assert.deepEqual(one?.sender, two?.sender);
    assert.throws(() => standIn.writeAsContact({ contact: 'nobody', text: 'x' }), /no contact nobody/);
  });

  test('a message climbs from sent over delivered to read, and brings back what went with it', async () => {
    const wamid = await accepted('ana', 'Hello');
    await receiver.until(() => states(wamid).length === 3);
    assert.deepEqual(states(wamid), ['sent', 'delivered', 'read']);
    for (const status of receiver.statuses(wamid)) {
      assert.equal(status.callbackData, 'command for Hello');
      assert.equal(status.recipient?.phone, '254712000345');
      assert.ok('pricing' in (status.raw as object));
    }
    assert.ok(receiver.deliveries.every(({ signed }) => signed));
    assert.equal(stateOf(wamid), 'read');
  });

  test('whoever does not read at once reads when the conversation is opened', async () => {
    standIn.faults.set({ readsAtOnce: false });
    const wamid = await accepted('ana');
    await receiver.until(() => states(wamid).includes('delivered'));
    standIn.readAsContact('bruno');
    assert.equal(stateOf(wamid), 'delivered');
    standIn.readAsContact('ana');
    await receiver.until(() => states(wamid).includes('read'));
    assert.deepEqual(states(wamid), ['sent', 'delivered', 'read']);
  });

  test('webhooks are repeated until the gateway takes them, and keep their order', async () => {
    receiver.nextStatuses.push(500, 503, 401, 200, 500);
    const first = standIn.writeAsContact({ contact: 'ana', text: 'One' });
    const second = standIn.writeAsContact({ contact: 'ana', text: 'Two' });
    await Promise.all([first.taken, second.taken]);
    assert.deepEqual(
      receiver.deliveries.map(({ status, items: [item] }) => [status, item?.key]),
      [
        ...[500, 503, 401, 200].map((status) => [status, `m:${first.wamid}`]),
        ...[500, 200].map((status) => [status, `m:${second.wamid}`]),
      ],
    );
  });

  test('a gateway that is away gets everything when it comes back', async () => {
    receiver.stop();
    const written = ['One', 'Two'].map((text) => standIn.writeAsContact({ contact: 'ana', text }));
    const failing = new URL(receiver.url);
    await assert.rejects(fetch(failing));
    receiver = new Receiver();
    await receiver.start(Number(failing.port));
    await Promise.all(written.map(({ taken }) => taken));
    assert.deepEqual(
      received().map(({ wamid }) => wamid),
      written.map(({ wamid }) => wamid),
    );
  });

  test('closing ends what still waits for the gateway', async () => {
    receiver.stop();
    const { taken } = standIn.writeAsContact({ contact: 'ana', text: 'Anybody there?' });
    standIn.faults.set({ holdWebhooks: true });
    const held = standIn.writeAsContact({ contact: 'bruno', text: 'Anybody there?' });
    const handshake = standIn.verifyWebhook();
    await standIn.close();
    assert.deepEqual(await Promise.all([taken, held.taken, handshake]), [false, false, false]);
  });

  test('the handshake is repeated until it is answered', async () => {
    receiver.nextHandshakes.push(500, 404);
    assert.equal(await standIn.verifyWebhook(), true);
    assert.equal(receiver.nextHandshakes.length, 0);
  });

  suite('faults', () => {
    test('duplicates: each webhook comes twice, with the same bytes', async () => {
      standIn.faults.set({ duplicateWebhooks: true });
      await standIn.writeAsContact({ contact: 'ana', text: 'Twice' }).taken;
      assert.equal(receiver.deliveries.length, 2);
      assert.deepEqual(receiver.deliveries[0]?.raw, receiver.deliveries[1]?.raw);
    });

    test('reordered statuses come backwards, with their true times', async () => {
      standIn.faults.set({ reorderStatuses: true });
      const wamid = await accepted('ana');
      await receiver.until(() => states(wamid).length === 3);
      assert.deepEqual(states(wamid), ['read', 'delivered', 'sent']);
      const times = receiver.statuses(wamid).map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
      assert.equal(new Set(times).size, 3);
    });

    test('held webhooks wait, and then all come in order', async () => {
      standIn.faults.set({ holdWebhooks: true });
      const written = ['One', 'Two', 'Three'].map((text) => standIn.writeAsContact({ contact: 'ana', text }));
      const sent = await accepted('bruno');
      assert.equal(receiver.deliveries.length, 0);
      standIn.faults.set({ holdWebhooks: false });
      await Promise.all(written.map(({ taken }) => taken));
      await receiver.until(() => states(sent).length === 3);
      assert.deepEqual(
        received().map(({ wamid }) => wamid),
        written.map(({ wamid }) => wamid),
      );
    });

    test('a failing message is accepted and fails with its code, the next one does not', async () => {
      for (const code of [131026, 131047]) {
        standIn.faults.set({ failNext: code });
        const failing = await accepted('ana', `fails with ${code}`);
        const fine = await accepted('ana', 'fine');
        await receiver.until(() => states(fine).length === 3 && states(failing).length === 1);
        const [status] = receiver.statuses(failing);
        assert.equal(status?.state, 'failed');
        assert.equal(status?.error?.code, code);
        assert.equal(status?.callbackData, `command for fails with ${code}`);
      }
    });

    const REFUSALS = [
      ['rate-limit', 'retry', 130429],
      ['pair-rate', 'retry', 131056],
      ['unavailable', 'retry', 131016],
      ['server-error', 'unknown', null],
      ['expired-token', 'blocked', 190],
    ] as const;
    for (const [sendFault, outcome, code] of REFUSALS) {
      test(`${sendFault}: nothing is accepted, as often as asked for`, async () => {
        standIn.faults.set({ sendFault, sendFaultTimes: 2, retryAfterSeconds: 3 });
        for (const _ of [1, 2]) {
          const result = await sendTo('ana');
          assert.equal(result.outcome, outcome);
          assert.equal('error' in result && result.error.code, code);
        }
        assert.equal(standIn.messages().length, 0);
        assert.equal((await sendTo('ana')).outcome, 'accepted');
      });
    }

    test('a rate limit says when to come back', async () => {
      standIn.faults.set({ sendFault: 'rate-limit', retryAfterSeconds: 3 });
      const result = await sendTo('ana');
      assert.equal('retryAfter' in result && result.retryAfter, 3_000);
    });

    for (const sendFault of ['cut-after-accept', 'silent-after-accept'] as const) {
      test(`${sendFault}: the sender cannot know, the message arrives once`, async () => {
        standIn.faults.set({ sendFault, sendFaultTimes: 1 });
        assert.equal((await sendTo('ana', 'Did it go?')).outcome, 'unknown');
        const [message, ...more] = standIn.messages();
        assert.equal(more.length, 0);
        const wamid = message?.wamid ?? '';
        await receiver.until(() => states(wamid).length === 3);
        assert.equal(receiver.statuses(wamid)[0]?.callbackData, 'command for Did it go?');
      });
    }
  });
});
