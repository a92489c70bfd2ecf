import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atEnd } from './support/cleanup.js';
import { useDatabase } from './support/database.js';
import { Desk } from './support/desk.js';
import { startGateway } from './support/gateway.js';
import { freePort, startTestStandIn } from './support/stand-in.js';
import { until } from './support/until.js';

const database = await useDatabase();
const port = await freePort();
const standIn = await startTestStandIn(port);
atEnd(() => standIn.close());
const gateway = await startGateway({ databaseUrl: database.url, apiUrl: `${standIn.url}/v23.0`, port });
atEnd(() => gateway.close());

test('a text goes from the contact to a desk and the answer to the contact’s phone, with its ticks', async () => {
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  const contact = standIn.addContact({ name: 'María', phone: '34600111222' });
  standIn.writeAsContact({ contact: contact.id, text: 'Where is my order?' });

  const interaction = await desk.accept();
  assert.equal(interaction.contact.name, 'María');
  await until(
    'the question is here',
    () =>
      desk.events.some(
        (event) => event.type === 'message-received' && event.interaction === interaction.id,
      ) || desk.state.interactions.get(interaction.id)?.lastMessage?.text === 'Where is my order?',
  );
  await desk.does('send-message', {
    interaction: interaction.id,
    content: { kind: 'text', text: 'On its way.' },
  });
  await until('the answer is on the phone', () =>
    standIn.messages().some((message) => JSON.stringify(message).includes('On its way.')),
  );
  await until('the answer was read', () =>
    desk.events.some((event) => event.type === 'delivery-changed' && event.body.delivery.state === 'read'),
  );
  desk.close();
});
