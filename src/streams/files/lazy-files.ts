import { BehaviorSubject, Subscription, filter, switchMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import type { OutboxItem, Upload } from '../../model/index.js';
import { isComplete } from '../outbox/index.js';
import { lazily } from '../operators/index.js';
import type { AgentScope } from '../storage/index.js';
import type { AttachOutcome } from '../workspace.js';
import type { FilesOptions, OutboundFiles } from './files.js';

/** As `OutboundFiles` of files.ts. Most messages have no file, so it is no part of the first load: it comes with the first file that is attached, shown or waits. */
export class LazyFiles {
  readonly #options: FilesOptions;
  readonly #uploads$ = new BehaviorSubject<ReadonlyMap<string, Upload>>(new Map());
  readonly #subscription = new Subscription();
  #files: Promise<OutboundFiles> | null = null;
  #loaded: OutboundFiles | null = null;

  readonly uploads$: Observable<ReadonlyMap<string, Upload>> = this.#uploads$.asObservable();

  constructor(options: FilesOptions) {
    this.#options = options;
    this.#subscription.add(
      options.outbox.items$
        .pipe(
          filter((items) => !items.every(isComplete)),
          take(1),
          switchMap(() =>
            lazily(
              () => this.#load(),
              (files) => files.uploading(),
            ),
          ),
        )
        .subscribe(),
    );
  }

  async attach(interaction: string, file: File, voice?: boolean): Promise<AttachOutcome> {
    try {
      return await (await this.#load()).attach(interaction, file, voice);
    } catch {
      return { ok: false, refusal: { kind: 'unreadable' } };
    }
  }

  async fileOf(upload: string): Promise<Blob | null> {
    try {
      return (await (await this.#load()).file(upload))?.blob ?? null;
    } catch {
      return null;
    }
  }

  /** A storage has opened: emits it once when the files that this tab has are stored, before what names them. Undefined where there can be none. */
  storedIn(scope: AgentScope): Observable<AgentScope> | undefined {
    return this.#loaded?.store(scope);
  }

  /** Whether a message names a file that this tab alone has. Undefined where there can be none. */
  isHere(item: OutboxItem): boolean | undefined {
    return this.#loaded?.isHere(item);
  }

  close(): void {
    this.#loaded?.close();
    this.#subscription.unsubscribe();
    this.#uploads$.complete();
  }

  #load(): Promise<OutboundFiles> {
    this.#files ??= import('./files.js').then(
      ({ OutboundFiles: Loaded }) => (this.#loaded = new Loaded(this.#options, this.#uploads$)),
    );
    // With the next file it is tried again.
    this.#files.catch(() => (this.#files = null));
    return this.#files;
  }
}
