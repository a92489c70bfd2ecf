import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file on the disk, as it goes into a form. */
export interface FormFile {
  readonly path: string;
  readonly bytes: number;
  readonly mime: string;
  readonly name: string;
}

/**
 * Posts a form with a file (RFC 7578), reading that as fast as it leaves: `fetch` takes all of it into memory.
 * @param onLeft Told of each part of the file that has left.
 * @throws What the network or the disk throws, and when the status of the answer is none of a response (https://fetch.spec.whatwg.org/#dom-response).
 */
export async function postForm(
  url: string,
  headers: Readonly<Record<string, string>>,
  form: { readonly fields: Readonly<Record<string, string>>; readonly file: FormFile },
  signal: AbortSignal,
  onLeft: (bytes: number) => void = () => undefined,
): Promise<Response> {
  const { fields, file } = form;
  const boundary = `form-${randomUUID()}`;
  const part = (disposition: string, rest: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${rest}`;
  const head = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, `\r\n${value}\r\n`));
  const name = file.name.replace(/["\\\p{Control}]/gu, '_');
  head.push(part(`name="file"; filename="${name}"`, `Content-Type: ${file.mime}\r\n\r\n`));
  const before = Buffer.from(head.join(''));
  const ending = Buffer.from(`\r\n--${boundary}--\r\n`);
  return new Promise((resolve, reject) => {
    const post = url.startsWith('https:') ? secureRequest : plainRequest;
    const request = post(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': before.length + file.bytes + ending.length,
      },
      signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        // Refused before all of it has left: the rest is for nobody.
        if (!request.writableFinished) request.destroy();
        const after = response.headers['retry-after'];
        const told = new Headers(after === undefined ? [] : [['retry-after', after]]);
        const text = Buffer.concat(chunks).toString('utf8');
        const status = response.statusCode ?? 0;
        try {
          resolve(new Response(text || null, { status, headers: told }));
        } catch (cause) {
          // HTTP has more statuses than `Response`, which takes neither 101 nor 999, nor 205 with a text.
          reject(new Error(`The answer to a form has status ${status}`, { cause }));
        }
      });
    });
    async function* parts() {
      yield before;
      for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
        yield chunk;
        onLeft(chunk.byteLength);
      }
      yield ending;
    }
    // What goes wrong with it, the request says.
    pipeline(Readable.from(parts()), request).catch(() => undefined);
  });
}
