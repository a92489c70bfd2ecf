import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';

/** Looks for what does harm. */
export interface Scanner {
  /**
   * @returns What was found, by the scanner's name for it; null when nothing was.
   * @throws When the scanner does not answer, or cannot tell: the file is not taken then, and tried again.
   */
  scan(path: string): Promise<string | null>;
}

/** Where nobody scans. */
export const NO_SCANNER: Scanner = { scan: () => Promise.resolve(null) };

/** How long clamd may say nothing while it takes a file, and after it, in milliseconds. */
const PATIENCE = 60_000;
const LONGEST_ANSWER = 4096;

/** clamd, by its own protocol (INSTREAM, clamd(8)): the file goes to it part by part, so that it may be on another machine. */
export class Clamd implements Scanner {
  readonly #url: URL;

  /** @param url `tcp://host:port`, or `unix:///path/of/the.socket`. */
  constructor(url: string) {
    this.#url = new URL(url);
  }

  async scan(path: string): Promise<string | null> {
    const socket = this.#connect();
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('clamd does not answer.')));
    const answer = readAnswer(socket);
    // Whoever fails first says why; the other one is not to end the process.
    answer.catch(() => undefined);
    try {
      await write(socket, Buffer.from('zINSTREAM\0'));
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(chunk.length);
        await write(socket, length);
        await write(socket, chunk);
      }
      await write(socket, Buffer.alloc(4));
      return readVerdict(await answer);
    } catch (error) {
      // clamd says why it hangs up before the end of a file: it takes none of that size.
      const said = await answer;
      if (said !== '') return readVerdict(said);
      throw error;
    } finally {
      socket.destroy();
    }
  }

  #connect(): Socket {
    const { protocol, hostname, port, pathname } = this.#url;
    return protocol === 'unix:'
      ? connect(decodeURIComponent(pathname))
      : connect(Number(port || 3310), hostname);
  }
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.on('data', (chunk: Buffer) => {
      if (said.length < LONGEST_ANSWER) said += chunk.toString('utf8');
    });
    socket.on('error', (error) => (said === '' ? reject(error) : resolve(said)));
    socket.on('close', () => resolve(said));
  });
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** `stream: OK`, `stream: NAME FOUND`, or why it cannot tell. */
function readVerdict(answer: string): string | null {
  const verdict = answer.replace(/\0[^]*$/, '').trim();
  if (/^stream: OK$/.test(verdict)) return null;
  const [, found] = /^stream: (.+) FOUND$/.exec(verdict) ?? [];
  if (found !== undefined) return found;
  throw new Error(verdict === '' ? 'clamd hung up.' : `clamd says: ${verdict}`);
}

/** @param url Where clamd listens; null for nobody. */
export function scannerFor(url: string | null): Scanner {
  return url === null ? NO_SCANNER : new Clamd(url);
}
