import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ConnectionFailed, openDb } from '../src/store/db.js';
import { atEnd } from './support/cleanup.js';

/** A message of PostgreSQL's protocol. */
function message(type: string, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

test('a server that lets a connection in and ends it in one breath, as one does that is shut down, ends no gateway', async () => {
  const welcome = [message('R', Buffer.alloc(4)), message('Z', 'I')];
  const goodbye = message('E', 'SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...welcome, goodbye])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => server.close());
  const { port } = server.address() as AddressInfo;
  const db = openDb(`postgresql://postgres@127.0.0.1:${port}/test`, () => undefined, { answerTimeout: 1000 });
  atEnd(() => db.close());
  for (const ask of [() => db.query('select 1'), () => db.tx((tx) => tx.query('select 1'))]) {
    const error: unknown = await ask().catch((reason: unknown) => reason);
    assert.ok(error instanceof ConnectionFailed);
    assert.equal(error.code, '57P01');
  }
});
