import { Observable } from 'rxjs';
import type { MediaRef, OwnFile } from '../../model/index.js';
import { TransportError } from '../adapter.js';
import type { DeclaredFile, UploadStep } from '../adapter.js';
import type { Agenda } from './agenda.js';
import type { Faults } from './faults.js';
import type { MediaStore } from './media-store.js';
import type { Wire } from './wire.js';

/** How much is taken at once, in bytes, and how long that takes on the way of an office, in milliseconds. */
const PIECE = 512 * 1024;
const PIECE_TIME = 60;

interface Begun {
  readonly agent: string;
  readonly size: number;
  taken: number;
  media: MediaRef | null;
}

export interface UploadsOptions {
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly files: MediaStore;
}

/** The files that agents bring to a simulated contact centre, piece by piece: what was taken stays taken when the link is lost. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #begun = new Map<string, Begun>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /**
   * Cold: goes on where it was broken off.
   * @param link The connection that it goes over.
   */
  bring(
    agent: string,
    id: string,
    blob: Blob,
    declared: DeclaredFile,
    link: Pick<Wire, 'onEnd'>,
  ): Observable<UploadStep> {
    const { agenda, faults } = this.#options;
    return new Observable((out) => {
      const begun = this.#begin(agent, id, blob);
      if (!begun || faults.refuseUploads) {
        out.error(new TransportError('invalid', 'The simulation does not take this file.'));
        return undefined;
      }
      let forget: () => void = () => undefined;
      const go = (): void => {
        if (out.closed) return;
        begun.taken = Math.min(begun.size, begun.taken + PIECE);
        out.next({ at: 'uploading', taken: begun.taken, of: begun.size });
        if (begun.taken < begun.size) forget = next();
        else {
          begun.media ??= this.#options.files.put(blob, declared);
          out.next({ at: 'stored', media: begun.media });
          out.complete();
        }
      };
      const next = (): (() => void) => agenda.in(PIECE_TIME + faults.latency, go);
      forget = next();
      const watching = agenda.watch();
      const ended = link.onEnd(() =>
        out.error(new TransportError('offline', 'The link was lost under the upload.')),
      );
      return () => {
        forget();
        ended();
        watching.unsubscribe();
      };
    });
  }

  /** A file that an agent has brought, as the page declared it; null when there is no such. Its pixels are not looked at. */
  fileOf(media: string, agent: string): OwnFile | null {
    const isIt = (one: Begun): boolean => one.media?.id === media && one.agent === agent;
    const begun = [...this.#begun.values()].find(isIt);
    const declared = this.#options.files.get({ id: media })?.declared;
    if (!begun || !declared) return null;
    return { mimeType: declared.mimeType, bytes: begun.size, width: null, height: null };
  }

  /** null when the id was used for another file, or by another agent. */
  #begin(agent: string, id: string, { size }: Blob): Begun | null {
    const known = this.#begun.get(id) ?? { agent, size, taken: 0, media: null };
    if (known.agent !== agent || known.size !== size) return null;
    this.#begun.set(id, known);
    return known;
  }
}
