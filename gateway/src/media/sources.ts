import type { Clock } from 'whatsapp-workspace/model';
import type { SignedSource } from 'whatsapp-workspace/protocol';
import { signAddress } from './address.js';

/** How long an address of a file is good, in milliseconds: as long as somebody may take to listen to what it names. */
export const GOOD_FOR = 10 * 60_000;
/** Addresses that are made within this time are the same one, so that a browser has the file already; in milliseconds. */
const SHARED_FOR = 2 * 60_000;

/** Makes addresses of files for agents who may have them. */
export class Sources {
  readonly #key: string;
  readonly #clock: Clock;

  constructor(key: string, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  of(media: string, agent: string): SignedSource {
    const until = (Math.floor(this.#clock.now() / SHARED_FOR) + 1) * SHARED_FOR + GOOD_FOR;
    const address = { media, agent, until };
    return {
      path: signAddress(this.#key, { ...address, as: 'inline' }),
      savePath: signAddress(this.#key, { ...address, as: 'attachment' }),
      until,
    };
  }
}
