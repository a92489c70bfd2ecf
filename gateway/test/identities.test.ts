import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { CloseCode } from 'whatsapp-workspace/protocol';
import { DEFAULT_AUDIENCE, DEFAULT_ISSUER } from '../src/config.js';
import { Authenticator, KeysUnavailable, type Identity } from '../src/desk/auth.js';
import { DeskSocket, type DeskServices } from '../src/desk/desk-socket.js';
import { silentLog } from './support/log.js';
import { SECRET } from './support/gateway.js';

const names = { issuer: DEFAULT_ISSUER, audience: DEFAULT_AUDIENCE };
const clock = { now: () => Date.now() };
const auth = new Authenticator({ keys: { secret: SECRET }, ...names }, clock);

const claimsOf = (claims: JWTPayload) =>
  new SignJWT({ sub: 'ana', ...claims })
    .setIssuer(names.issuer)
    .setAudience(names.audience)
    .setExpirationTime('10m');

const identify = async (claims: JWTPayload): Promise<Identity | null> =>
  auth.identify(
    await claimsOf(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET)),
  );

test('a name is kept without what no database takes', async () => {
  assert.equal((await identify({ name: ' A\0na\u001b[31m ' }))?.name, 'Ana[31m');
  assert.equal((await identify({ name: '\0\0' }))?.name, 'ana');
  assert.equal((await identify({ name: `${'x'.repeat(127)}\u{1F600}` }))?.name, 'x'.repeat(127));
});

test('nobody is everybody', async () => {
  assert.equal(await identify({ sub: '*' }), null);
});

test('keys that cannot be fetched are no verdict about the token', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const token = await claimsOf({}).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
  // Nothing listens on the discard port.
  const remote = new Authenticator({ keys: { jwksUrl: 'http://127.0.0.1:9/keys' }, ...names }, clock);
  await assert.rejects(remote.identify(token), KeysUnavailable);
  assert.equal(await remote.identify('nonsense'), null);
});

/** A connection whose hello is never answered. */
function waitingSocket(): { readonly socket: DeskSocket; readonly codes: readonly number[] } {
  const codes: number[] = [];
  const wire = {
    bufferedAmount: 0,
    send: () => undefined,
    close: (code: number) => void codes.push(code),
    terminate: () => undefined,
  };
  const services = { auth: { identify: () => new Promise(() => undefined) }, log: silentLog };
  const socket = new DeskSocket(wire, services as unknown as DeskServices);
  socket.receive(JSON.stringify({ type: 'hello', token: 't', cursor: null }));
  return { socket, codes };
}

test('who is not known yet cannot pile up long frames', () => {
  const { socket, codes } = waitingSocket();
  // Not too long for a desk that is known.
  const args = { interaction: 'i', content: { kind: 'text', text: 'ش'.repeat(9000) } };
  socket.receive(JSON.stringify({ type: 'command', command: { id: 'c', name: 'send-message', args } }));
  assert.deepEqual(codes, [CloseCode.badFrame]);
});

test('who is not known yet cannot pile up many frames', () => {
  const { socket, codes } = waitingSocket();
  for (let i = 0; i < 20; i++) socket.receive(JSON.stringify({ type: 'token', token: 'x' }));
  assert.deepEqual(codes, [CloseCode.badFrame]);
});
