import { catchError, defer, firstValueFrom, from, map, of, take } from 'rxjs';
import type { BehaviorSubject, Observable, SchedulerLike } from 'rxjs';
import { fileLimits, fileNameOf, judgeFile } from '../../model/index.js';
import type { AttachRefusal, DraftAttachment, FoundFile, Upload } from '../../model/index.js';
import type { TransportAdapter } from '../../transport/adapter.js';
import type { CentreLink } from '../connection/index.js';
import type { Drafts } from '../drafts/index.js';
import type { Outbox } from '../outbox/index.js';
import type { FileStore, StoredFile, WorkspacePlatform } from '../platform.js';
import type { AgentScope } from '../storage/index.js';
import type { AttachOutcome } from '../workspace.js';
import { uploads } from './uploads.js';

export interface FilesOptions {
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly transport: TransportAdapter;
  readonly platform: WorkspacePlatform;
  readonly link: CentreLink;
  readonly scope$: Observable<AgentScope | null>;
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
}

/** The files that the agent sends: kept in this browser until the contact centre has them. */
export class OutboundFiles {
  readonly #options: FilesOptions;
  readonly #uploads$: BehaviorSubject<ReadonlyMap<string, Upload>>;
  /** What the browser did not store, because it stores nothing: gone with this tab. */
  readonly #here = new Map<string, StoredFile>();
  /** One is attached after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: FilesOptions, uploads$: BehaviorSubject<ReadonlyMap<string, Upload>>) {
    this.#options = options;
    this.#uploads$ = uploads$;
  }

  attach(interaction: string, file: File, voice = false): Promise<AttachOutcome> {
    const attached = this.#last.then(() => this.#attach(interaction, file, voice));
    this.#last = attached.catch(() => undefined);
    return attached;
  }

  /** null when neither this tab nor the browser has it. */
  async file(id: string): Promise<StoredFile | null> {
    const here = this.#here.get(id);
    if (here) return here;
    const disk = await this.#disk();
    return disk && firstValueFrom(from(disk.get(id)));
  }

  /** Uploads what waits, for as long as it is subscribed to. Never errors. */
  uploading(): Observable<unknown> {
    return uploads({
      ...this.#options,
      progress$: this.#uploads$,
      fileOf: (id) => defer(() => this.file(id)).pipe(catchError(() => of(null))),
      isHere: (id) => this.#here.has(id),
      forget: (ids) => void this.#forget(ids),
    });
  }

  async #attach(interaction: string, file: File, voice: boolean): Promise<AttachOutcome> {
    const { platform, link, drafts } = this.#options;
    const name = fileNameOf(file.name);
    const found = await this.#inspect(file);
    if (found === undefined) return refused({ kind: 'unreadable' });
    const limits = fileLimits(link.store.state.policy.files);
    const verdict = judgeFile({ name, declared: file.type, bytes: file.size, found, voice }, limits);
    if (!verdict.ok) return refused(verdict.refusal);
    const { as, mimeType } = verdict;
    const id = platform.newId();
    const attachment: DraftAttachment = { id, name, as, mimeType, bytes: file.size, caption: '' };
    if (!(await this.#keep({ id, interaction, blob: file, mimeType, fileName: name || null })))
      return refused({ kind: 'no-room' });
    const draft = drafts.get(interaction);
    drafts.save(interaction, { ...draft, attachments: [...draft.attachments, attachment] });
    return { ok: true, attachment };
  }

  /** undefined when it cannot be read. */
  async #inspect(file: File): Promise<FoundFile | null | undefined> {
    try {
      return await firstValueFrom(from(this.#options.platform.inspectFile(file)));
    } catch {
      return undefined;
    }
  }

  /** Where the browser stores nothing at all, this tab has the file. @returns Whether it is kept. */
  async #keep(file: StoredFile): Promise<boolean> {
    const disk = await this.#disk();
    if (!disk) {
      this.#here.set(file.id, file);
      return true;
    }
    return firstValueFrom(
      from(disk.save(file)).pipe(
        map(() => true),
        catchError(() => of(false)),
      ),
      { defaultValue: true },
    );
  }

  async #forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#here.delete(id);
    const disk = await this.#disk();
    if (disk) await firstValueFrom(from(disk.forget(ids)), { defaultValue: null }).catch(() => undefined);
  }

  /** null where the browser stores nothing, or has not said yet that it does. */
  async #disk(): Promise<FileStore | null> {
    const scope = await firstValueFrom(this.#options.scope$.pipe(take(1)), { defaultValue: null });
    const disk = scope?.storage.disk;
    return disk ? firstValueFrom(from(disk.files())) : null;
  }
}

function refused(refusal: AttachRefusal): AttachOutcome {
  return { ok: false, refusal };
}
