import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fastify from 'fastify';
import { DEFAULT_AUDIENCE, DEFAULT_ISSUER } from '../src/config.js';
import { Authenticator } from '../src/desk/auth.js';
import { demoSecret, registerDemo } from '../src/http/demo.js';
import { atEnd } from './support/cleanup.js';
import { SECRET } from './support/gateway.js';

const folder = await mkdtemp(join(tmpdir(), 'demo-'));
atEnd(() => rm(folder, { recursive: true, force: true }));
await mkdir(join(folder, 'demo'));
await mkdir(join(folder, 'dist'));
await writeFile(join(folder, 'demo', 'index.html'), '<!doctype html><title>CRM</title>');
await writeFile(join(folder, 'dist', 'elements.js'), 'export {};');
await writeFile(join(folder, 'secret.txt'), 'not served');
const auth = { keys: { secret: SECRET }, issuer: DEFAULT_ISSUER, audience: DEFAULT_AUDIENCE };
const app = fastify();
await registerDemo(app, {
  auth,
  now: () => Date.now(),
  host: '127.0.0.1',
  isForProduction: () => Promise.resolve(false),
  folder,
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
atEnd(() => app.close());

test('pages come with the strict policy, scripts with their type', async () => {
  const page = await fetch(`${url}/`);
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
  assert.match(policy, /require-trusted-types-for 'script'$/);
  const script = await fetch(`${url}/dist/elements.js`);
  assert.match(script.headers.get('content-type') ?? '', /javascript/);
  assert.equal(script.headers.get('x-content-type-options'), 'nosniff');
});

test('nothing beside the two folders is served', async () => {
  for (const path of ['/secret.txt', '/..%2fsecret.txt', '/dist/..%2f..%2fsecret.txt', '/package.json']) {
    assert.notEqual((await fetch(url + path)).status, 200, path);
  }
});

test('a demo page gets a good token for one of the demo’s agents', async () => {
  const response = await fetch(`${url}/demo/token?agent=ana`, {
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: number };
  const identity = await new Authenticator(auth, { now: () => Date.now() }).identify(token);
  assert.equal(identity?.agent, 'ana');
  assert.equal(identity?.name, 'Ana Silva');
  assert.ok(Math.abs(expiresAt - (identity?.expiresAt ?? 0)) < 1000);
  assert.equal(response.headers.get('cache-control'), 'no-store');
});

test('pages of other sites get no token, and there are no other agents', async () => {
  for (const [name, value] of [
    ['origin', 'https://evil.example'],
    ['sec-fetch-site', 'cross-site'],
  ] as const) {
    assert.equal((await fetch(`${url}/demo/token`, { headers: { [name]: value } })).status, 403);
  }
  const renamed = await app.inject({ url: '/demo/token', headers: { host: 'rebound.example:8080' } });
  assert.equal(renamed.statusCode, 403);
  assert.equal((await fetch(`${url}/demo/token?agent=mallory`)).status, 404);
  assert.equal((await fetch(`${url}/demo/token?agent=constructor`)).status, 404);
});

test('the demo’s secret outlives a restart', async () => {
  const secret = await demoSecret(folder);
  assert.ok(secret.length >= 32);
  assert.equal(await demoSecret(folder), secret);
});
