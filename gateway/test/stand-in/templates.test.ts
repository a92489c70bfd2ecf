import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ACCOUNT, startStandIn, type StandIn } from '../../stand-in/stand-in.js';
import { Receiver, SECRETS } from './receiver.js';

let receiver: Receiver;
let standIn: StandIn;
const headers = { 'content-type': 'application/json', authorization: `Bearer ${SECRETS.accessToken}` };

interface Answer {
  readonly messages?: readonly { readonly id: string; readonly message_status?: string }[];
  readonly error?: { readonly code: number; readonly error_data?: { readonly details: string } };
}

const texts = (...values: readonly string[]) => values.map((text) => ({ type: 'text', text }));
const inBody = (...values: readonly string[]) => ({ type: 'body', parameters: texts(...values) });

async function send(name: string, components: readonly object[] = [], code = 'en_US'): Promise<Answer> {
  const template = { name, language: { policy: 'deterministic', code }, components };
  const body = JSON.stringify({
    messaging_product: 'whatsapp',
    to: '254712000345',
    type: 'template',
    template,
  });
  const response = await fetch(`${standIn.url}/v23.0/42/messages`, { method: 'POST', headers, body });
  return (await response.json()) as Answer;
}

const code = async (...of: Parameters<typeof send>) => (await send(...of)).error?.code ?? null;

suite('templates', { timeout: 10_000 }, () => {
  before(async () => {
    receiver = new Receiver();
    standIn = await startStandIn({
      ...SECRETS,
      webhookUrl: await receiver.start(),
      delays: { sent: 0, delivered: 0, read: 0 },
    });
  });
  after(async () => {
    await standIn.close();
    receiver.stop();
  });

  test('they are listed page by page, to whoever has the token, for the account that is played', async () => {
    const url = `${standIn.url}/v23.0/${ACCOUNT}/message_templates?limit=5`;
    const names: string[] = [];
    for (let next: string | undefined = url; next !== undefined;) {
      const response = await fetch(next, { headers });
      const page = (await response.json()) as {
        readonly data: readonly { readonly name: string }[];
        readonly paging: { readonly next?: string };
      };
      assert.ok(page.data.length <= 5);
      names.push(...page.data.map(({ name }) => name));
      ({ next } = page.paging);
    }
    assert.deepEqual(
      names,
      standIn.templates().map(({ name }) => name),
    );
    assert.equal((await fetch(url)).status, 401);
    assert.equal((await fetch(url.replace(ACCOUNT, '7'), { headers })).status, 400);
  });

  test('what Meta would refuse is refused as Meta does', async () => {
    assert.equal(await code('follow_up'), 132_000);
    assert.equal(await code('follow_up', [inBody('Ana', 'again')]), 132_000);
    assert.equal(await code('nobody_knows'), 132_001);
    assert.equal(await code('follow_up', [inBody('Ana')], 'fr'), 132_001);
    assert.equal(await code('spring_fair', [inBody('Milan', '5')]), 132_001);
    assert.equal(await code('winter_care'), 132_001);
    assert.equal(await code('follow_up', [inBody('x'.repeat(1000))]), 132_005);
    assert.equal(await code('follow_up', [inBody('Ana\nMaria')]), 100);
    assert.equal(await code('pedido_en_camino', [inBody('Ana', 'martes')], 'es'), 100);
    assert.equal(await code('summer_sale', [inBody('Ana', '25 %')]), 132_015);
    const place = { type: 'header', parameters: [{ type: 'text', text: 'here' }] };
    assert.equal(await code('ready_to_fetch', [place, inBody('Ana', 'Friday')]), 132_012);
    assert.equal(await code('ready_to_fetch', [inBody('Ana', 'Friday')]), 132_000);
    const header = { type: 'header', parameters: texts('HP-1') };
    assert.equal(await code('order_on_its_way', [header, inBody('Ana', 'Monday')]), 131_008);
    const unknown = { type: 'header', parameters: [{ type: 'document', document: { id: '404' } }] };
    assert.equal(await code('invoice', [unknown, inBody('Ana', '1', '2', '3')]), 131_009);
    standIn.setTemplateStatus('follow_up', 'en_US', 'DISABLED');
    assert.equal(await code('follow_up', [inBody('Ana')]), 132_016);
    standIn.setTemplateStatus('follow_up', 'en_US', 'APPROVED');
    assert.equal(await code('follow_up', [inBody('Ana')]), null);
  });

  test('an answer says that a message was taken, or is held back, and then nothing more is told of it', async () => {
    const [taken] = (await send('follow_up', [inBody('Ana')])).messages ?? [];
    assert.equal(taken?.message_status, 'accepted');
    standIn.faults.set({ sendFault: 'held-for-quality', sendFaultTimes: 1 });
    const [held] = (await send('follow_up', [inBody('Ana')])).messages ?? [];
    assert.equal(held?.message_status, 'held_for_quality_assessment');
    const [next] = (await send('follow_up', [inBody('Ana')])).messages ?? [];
    const stateOf = (id = '') => standIn.messages().find(({ wamid }) => wamid === id)?.state;
    await receiver.until(() => receiver.statuses(next?.id ?? '').some(({ state }) => state === 'read'));
    assert.equal(stateOf(held?.id), 'accepted');
  });
});
