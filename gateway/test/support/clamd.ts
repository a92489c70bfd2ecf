import { createServer, type AddressInfo } from 'node:net';
import { atEnd } from './cleanup.js';

/** Plays clamd until the end of the file's tests: reads the parts of a stream, at most 1 MB, and answers. Returns its address. */
export async function startClamd(answerTo: (content: Buffer) => string | Promise<string>): Promise<string> {
  const server = createServer((socket) => {
    let got = Buffer.alloc(0);
    let content = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (content.length === 0 && got.subarray(0, 10).toString() === 'zINSTREAM\0') got = got.subarray(10);
      while (got.length >= 4 && got.length >= 4 + got.readUInt32BE(0)) {
        const length = got.readUInt32BE(0);
        content = Buffer.concat([content, got.subarray(4, 4 + length)]);
        got = got.subarray(4 + length);
        if (length === 0) return void Promise.resolve(answerTo(content)).then((answer) => socket.end(answer));
        if (content.length > 1_000_000) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => server.close());
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What clamd says when it finds nothing. */
export const NOTHING_FOUND = 'stream: OK\0';
