import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastValueFrom } from 'rxjs';
import { gatewayTransport } from '../../src/transport/gateway/index.js';
import type { SocketConstructor } from '../../src/transport/gateway/index.js';
import { claimsOf } from '../../src/transport/gateway/token-claims.js';
import { rejection } from '../support/rejection.js';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown): string => `${encoded({ alg: 'HS256' })}.${encoded(claims)}.c2lnbmF0dXJl`;

describe('the claims of a token', () => {
  it('name issuer and agent, whatever characters they are of', () => {
    const claims = { iss: 'https://crm.example/?a=>>>', sub: 'نورة ÿ 🌻', name: 'Noura' };
    assert.deepEqual(claimsOf(token(claims)), { issuer: claims.iss, agent: claims.sub });
  });

  it('are none where the token says nothing, or is none', () => {
    for (const other of [{}, { iss: 'crm' }, { iss: 'crm', sub: 7 }, null, 'text']) {
      assert.equal(claimsOf(token(other)), null);
    }
    for (const other of ['', 'dev', 'a.b.c', 'a.%%%.c', `a.${Buffer.from('{').toString('base64url')}.c`]) {
      assert.equal(claimsOf(other), null);
    }
  });

  it('are those of the token that the gateway would be shown next', () => {
    const transport = gatewayTransport({ url: '/', token: token({ iss: 'crm', sub: 'ana' }) });
    assert.equal(transport.claims?.()?.agent, 'ana');
    transport.setToken(token({ iss: 'crm', sub: 'ben' }));
    assert.equal(transport.claims?.()?.agent, 'ben');
  });

  it('are known once a function has fetched the token, whatever becomes of the connection', async () => {
    const refused = (): never => {
      throw new Error('No socket here.');
    };
    const fetched = token({ iss: 'crm', sub: 'ana' });
    const WebSocket = refused as unknown as SocketConstructor;
    const transport = gatewayTransport({ url: 'ws://crm.example/', token: async () => fetched, WebSocket });
    assert.equal(transport.claims?.(), null);
    await rejection(lastValueFrom(transport.connect(null)));
    assert.equal(transport.claims?.()?.agent, 'ana');
  });
});
