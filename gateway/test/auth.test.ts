import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mock, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { Authenticator } from '../src/desk/auth.js';
import { atEnd } from './support/cleanup.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const SECONDS = NOW / 1000;
const { publicKey, privateKey } = await generateKeyPair('ES256');
const stranger = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
const server = await serve(() => JSON.stringify({ keys: [jwk] }));
atEnd(() => server.close());
const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
const auth = new Authenticator(
  { keys: { jwksUrl }, issuer: 'https://idp.example', audience: 'desk' },
  { now: () => NOW },
);

const GOOD = { sub: 'ana', name: 'Ana Silva', iss: 'https://idp.example', aud: 'desk', exp: SECONDS + 600 };

const sign = (claims: JWTPayload, key = privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key);

test('a token that the identity provider signed is good', async () => {
  assert.deepEqual(await auth.identify(await sign(GOOD)), {
    agent: 'ana',
    name: 'Ana Silva',
    issuer: 'https://idp.example',
    expiresAt: (SECONDS + 600) * 1000,
    scopes: [],
  });
});

test('an agent without a name is called by the id', async () => {
  const { name: _, ...nameless } = GOOD;
  assert.equal((await auth.identify(await sign(nameless)))?.name, 'ana');
});

test('tokens of other keys, issuers, audiences and times are refused', async () => {
  assert.equal(await auth.identify(await sign(GOOD, stranger.privateKey)), null);
  for (const claims of [
    { ...GOOD, iss: 'https://other.example' },
    { ...GOOD, aud: 'crm' },
    { ...GOOD, exp: SECONDS - 60 },
    { ...GOOD, nbf: SECONDS + 60 },
    { ...GOOD, sub: undefined },
    { ...GOOD, sub: '' },
    { ...GOOD, sub: 'line\nbreak' },
    { ...GOOD, sub: 'x'.repeat(200) },
    { ...GOOD, exp: undefined },
    { ...GOOD, sub: 17 as unknown as string },
    { ...GOOD, sub: ['ana'] as unknown as string },
    { ...GOOD, name: 17 },
    { ...GOOD, name: { first: 'Ana' } },
  ]) {
    assert.equal(await auth.identify(await sign(claims)), null, JSON.stringify(claims));
  }
});

test('a secret in the place of a public key is refused', async () => {
  const secret = new TextEncoder().encode(JSON.stringify(jwk));
  const token = await new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
  assert.equal(await auth.identify(token), null);
});

test('while the identity provider is away its keys hold on, and when it is back those that it took away do not', async () => {
  mock.timers.enable({ apis: ['Date'], now: NOW });
  try {
    let keys = [jwk];
    const provider = await serve(() => JSON.stringify({ keys }));
    const { port } = provider.address() as AddressInfo;
    const published = { jwksUrl: `http://127.0.0.1:${port}/keys` };
    const own = new Authenticator(
      { keys: published, issuer: 'https://idp.example', audience: 'desk' },
      { now: () => Date.now() },
    );
    const token = await sign({ ...GOOD, exp: SECONDS + 24 * 3600 });
    assert.equal((await own.identify(token))?.agent, 'ana');
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
    mock.timers.tick(3_600_000);
    assert.equal((await own.identify(token))?.agent, 'ana');
    assert.equal(await own.identify(await sign(GOOD, stranger.privateKey)), null);
    keys = [];
    await new Promise<void>((resolve) => provider.listen(port, '127.0.0.1', resolve));
    mock.timers.tick(3_600_000);
    assert.equal(await own.identify(token), null);
    provider.closeAllConnections();
    provider.close();
  } finally {
    mock.timers.reset();
  }
});

function serve(body: () => string): Promise<Server> {
  const made = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(body()),
  );
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve(made)));
}
