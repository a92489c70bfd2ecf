import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { startStandIn, type StandIn } from '../../stand-in/stand-in.js';
import { Receiver, SECRETS } from './receiver.js';

const GOOD = { messaging_product: 'whatsapp', to: '254712000345', type: 'text', text: { body: 'Hi' } };

let receiver: Receiver;
let standIn: StandIn;

interface Answer {
  readonly status: number;
  readonly body: {
    readonly messages?: readonly { readonly id: string }[];
    readonly contacts?: readonly unknown[];
    readonly error?: {
      readonly message: string;
      readonly type: string;
      readonly code: number;
      readonly error_subcode?: number;
      readonly fbtrace_id: string;
    };
  };
}

interface Request {
  readonly path?: string;
  readonly token?: string | null;
  readonly body?: unknown;
}

async function post({
  path = '/v23.0/42/messages',
  token = SECRETS.accessToken,
  body = GOOD,
}: Request): Promise<Answer> {
  const response = await fetch(standIn.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

suite('requests to send', { timeout: 10_000 }, () => {
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

  test('a good one is answered with the id of the message', async () => {
    const { status, body } = await post({});
    assert.equal(status, 200);
    assert.match(body.messages?.[0]?.id ?? '', /^wamid\./);
    assert.deepEqual(body.contacts, [{ input: '254712000345', wa_id: '254712000345' }]);
  });

  test('a user id goes in its own field', async () => {
    const recipient = 'FI.40000000000000000004';
    const { body } = await post({
      body: { ...GOOD, to: undefined, recipient, recipient_type: 'individual' },
    });
    assert.deepEqual(body.contacts, [{ input: recipient, user_id: recipient }]);
    assert.equal(standIn.messages().at(-1)?.contact, 'mika');
  });

  test('a user id in the field for numbers is accepted and comes to nothing', async () => {
    const { status, body } = await post({ body: { ...GOOD, to: 'FI.40000000000000000004' } });
    assert.equal(status, 200);
    const wamid = body.messages?.[0]?.id ?? '';
    await receiver.until(() => receiver.statuses(wamid).length > 0);
    assert.equal(receiver.statuses(wamid)[0]?.error?.code, 131026);
  });

  test('a number that nobody here has yet gets a phone', async () => {
    await post({ body: { ...GOOD, to: '+1 202 555 0177' } });
    assert.ok(standIn.contacts().some(({ phone }) => phone === '12025550177'));
  });

  test('a text of 4096 characters goes, also when they are emoji', async () => {
    assert.equal((await post({ body: { ...GOOD, text: { body: '😀'.repeat(4096) } } })).status, 200);
  });

  const REFUSED: readonly (readonly [what: string, request: Request, status: number, code: number])[] = [
    ['no token', { token: null }, 401, 190],
    ['another token', { token: 'token-2' }, 401, 190],
    ['another phone number id', { path: '/v23.0/43/messages' }, 400, 100],
    ['no version', { path: '/latest/42/messages' }, 400, 2500],
    ['no JSON', { body: '{' }, 400, 100],
    ['no object', { body: '[]' }, 400, 100],
    ['no product', { body: { ...GOOD, messaging_product: undefined } }, 400, 100],
    ['no recipient', { body: { ...GOOD, to: '' } }, 400, 100],
    ['a recipient that is no number', { body: { ...GOOD, to: 'ana' } }, 400, 131009],
    ['a user id that is none', { body: { ...GOOD, to: undefined, recipient: '254712000345' } }, 400, 131009],
    ['a group', { body: { ...GOOD, recipient_type: 'group' } }, 400, 131009],
    ['no text', { body: { ...GOOD, text: undefined } }, 400, 100],
    ['an empty text', { body: { ...GOOD, text: { body: ' ' } } }, 400, 100],
    ['a text of 4097 characters', { body: { ...GOOD, text: { body: 'x'.repeat(4097) } } }, 400, 100],
    [
      'callback data of 513 characters',
      { body: { ...GOOD, biz_opaque_callback_data: 'x'.repeat(513) } },
      400,
      100,
    ],
    ['a type that is not played', { body: { ...GOOD, type: 'poll' } }, 400, 131051],
    ['a photo without an id', { body: { ...GOOD, type: 'image', image: { caption: 'Look' } } }, 400, 100],
    [
      'audio with a caption',
      { body: { ...GOOD, type: 'audio', audio: { id: '7', caption: 'x' } } },
      400,
      131009,
    ],
    [
      'a template without a language',
      { body: { ...GOOD, type: 'template', template: { name: 'x' } } },
      400,
      100,
    ],
    ['a reaction to nothing', { body: { ...GOOD, type: 'reaction', reaction: { emoji: '👍' } } }, 400, 100],
    ['a place nowhere', { body: { ...GOOD, type: 'location', location: { latitude: 'x' } } }, 400, 131009],
    ['a card without a name', { body: { ...GOOD, type: 'contacts', contacts: [{}] } }, 400, 100],
    [
      'a question with four buttons',
      {
        body: {
          ...GOOD,
          type: 'interactive',
          interactive: {
            type: 'button',
            body: { text: 'Well?' },
            action: { buttons: [1, 2, 3, 4].map((id) => ({ reply: { id: String(id), title: `B ${id}` } })) },
          },
        },
      },
      400,
      131009,
    ],
    [
      'a list with a long row',
      {
        body: {
          ...GOOD,
          type: 'interactive',
          interactive: {
            type: 'list',
            body: { text: 'Well?' },
            action: { button: 'Open', sections: [{ rows: [{ id: '1', title: 'x'.repeat(25) }] }] },
          },
        },
      },
      400,
      100,
    ],
    ['an answer to nothing', { body: { ...GOOD, context: {} } }, 400, 100],
  ];
  for (const [what, request, status, code] of REFUSED) {
    test(`${what} is refused as Meta refuses it`, async () => {
      const count = standIn.messages().length;
      const answer = await post(request);
      assert.equal(answer.status, status);
      assert.equal(answer.body.error?.code, code);
      assert.equal(typeof answer.body.error?.message, 'string');
      assert.equal(typeof answer.body.error?.type, 'string');
      assert.match(answer.body.error?.fbtrace_id ?? '', /^A/);
      assert.equal(standIn.messages().length, count);
    });
  }

  test('another phone number id is an unknown object', async () => {
    const { body } = await post({ path: '/v23.0/43/messages' });
    assert.equal(body.error?.error_subcode, 33);
  });
});
