import assert from 'node:assert/strict';
import { test } from 'node:test';

test('importing the package where there is no page does not throw, and registers nothing', async () => {
  const names = Object.keys(await import('../../src/index.js'));
  for (const name of [
    'WhatsAppDesk',
    'WhatsAppWorkspace',
    'PendingIndicator',
    'createWorkspace',
    'TransportError',
  ]) {
    assert.ok(names.includes(name), `${name} is exported`);
  }
  assert.equal(globalThis.customElements?.get('whatsapp-desk'), undefined);
});

test('registering the elements where there is no page does not throw', async () => {
  await import('../../src/define.js');
});
