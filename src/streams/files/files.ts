import {
  EMPTY,
  catchError,
  defer,
  firstValueFrom,
  forkJoin,
  from,
  map,
  of,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { BehaviorSubject, Observable, SchedulerLike, Subscription } from 'rxjs';
import { fileLimits, fileNameOf, judgeFile, successorOf } from '../../model/index.js';
import type { AttachRefusal, DraftAttachment, FoundFile, OutboxItem, Upload } from '../../model/index.js';
import type { TransportAdapter } from '../../transport/adapter.js';
import type { CentreLink } from '../connection/index.js';
import type { Drafts } from '../drafts/index.js';
import { endingIn } from '../endings/index.js';
import type { Outbox } from '../outbox/index.js';
import type { FileStore, StoredFile, WorkspacePlatform, WorkspaceStorage } from '../platform.js';
import type { Store } from '../state/index.js';
import type { AgentScope } from '../storage/index.js';
import type { AttachOutcome } from '../workspace.js';
import { uploads } from './uploads.js';

export interface FilesOptions {
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly transport: TransportAdapter;
  readonly platform: WorkspacePlatform;
  readonly link: CentreLink;
  /** Heard of before those who store what names files. */
  readonly scope$: Observable<AgentScope | null>;
  readonly random: () => number;
  readonly scheduler: SchedulerLike;
}

/** The files that the agent sends: kept in this browser until the contact centre has them. */
export class OutboundFiles {
  readonly #options: FilesOptions;
  readonly #uploads$: BehaviorSubject<ReadonlyMap<string, Upload>>;
  /** What the browser does not store yet, because its storage is not open: should that never open, gone with this tab. */
  readonly #here = new Map<string, StoredFile>();
  #scope: AgentScope | null = null;
  readonly #subscription: Subscription;
  /** One is attached after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: FilesOptions, uploads$: BehaviorSubject<ReadonlyMap<string, Upload>>) {
    this.#options = options;
    this.#uploads$ = uploads$;
    this.#subscription = options.scope$.subscribe((scope) => {
      this.#scope = scope;
      // Nothing passes from one agent to the next.
      if (!scope) this.#here.clear();
    });
  }

  /** Stores what only this tab has. Emits the scope once and completes when all of it is stored, or waits with what is written later behind it. */
  store(scope: AgentScope): Observable<AgentScope> {
    if (!scope.storage.disk || this.#here.size === 0) return of(scope);
    return forkJoin([...this.#here.values()].map((file) => this.#store(scope, file))).pipe(map(() => scope));
  }

  attach(interaction: string, file: File, voice = false): Promise<AttachOutcome> {
    const place = followed(this.#options.link.store, interaction);
    const attached = this.#last.then(() => this.#attach(place, file, voice)).finally(place.leave);
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

  /** Whether a message names a file that this tab alone has. */
  isHere({ body }: OutboxItem): boolean {
    return body.kind === 'media' && this.#here.has(body.upload);
  }

  /** Uploads what waits, for as long as it is subscribed to. Never errors. */
  uploading(): Observable<unknown> {
    return uploads({
      ...this.#options,
      progress$: this.#uploads$,
      fileOf: (id) => defer(() => this.file(id)).pipe(catchError(() => of(null))),
      isHere: (item) => this.isHere(item),
      forget: (ids) => void this.#forget(ids),
      running: new Set(),
    });
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  async #attach(place: Place, file: File, voice: boolean): Promise<AttachOutcome> {
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
    const stored = { id, interaction: place.interaction, blob: file, mimeType, fileName: name || null };
    const disk = this.#scope?.storage.disk;
    // In one step: a storage that opens meanwhile would neither find it here nor in the draft.
    if (!disk) this.#here.set(id, stored);
    else if (!(await save(disk, stored))) return refused({ kind: 'no-room' });
    const interaction = place.now();
    // As what was attached before the end: that goes with the conversation.
    if (interaction === null) void this.#forget([id]);
    else {
      const draft = drafts.get(interaction);
      drafts.save(interaction, { ...draft, attachments: [...draft.attachments, attachment] });
    }
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

  /** @returns As `SafeStorage.write`, its first answer. */
  #store({ storage }: AgentScope, file: StoredFile): Observable<boolean> {
    const { outbox, drafts } = this.#options;
    const { id } = file;
    const write = (disk: WorkspaceStorage): Observable<unknown> =>
      outbox.items$.pipe(
        take(1),
        // What has been sent or taken out of its draft meanwhile is not stored any more.
        map((items) => items.some(({ body }) => body.kind === 'media' && body.upload === id)),
        switchMap((waits) => (waits || drafts.names(id) ? from(disk.files()) : EMPTY)),
        switchMap((files) => files.save(file)),
        tap({ complete: () => this.#here.delete(id) }),
      );
    return storage.write(write).pipe(take(1));
  }

  async #forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#here.delete(id);
    const disk = await this.#disk();
    if (disk) await firstValueFrom(from(disk.forget(ids)), { defaultValue: null }).catch(() => undefined);
  }

  async #disk(): Promise<FileStore | null> {
    const disk = this.#scope?.storage.disk;
    return disk ? firstValueFrom(from(disk.files())) : null;
  }
}

/** Where something is to go that takes a while, whatever becomes of the interaction meanwhile. */
interface Place {
  /** Where it was to go at first. */
  readonly interaction: string;
  /** null once that is done. */
  readonly now: () => string | null;
  readonly leave: () => void;
}

function followed(store: Store, interaction: string): Place {
  let place: string | null = interaction;
  const subscription = store.folded$.subscribe((input) => {
    const ending = endingIn(input);
    if (ending?.interaction !== place) return;
    // In a conversation of somebody else there is no place for it: it stays where it is.
    if (ending.into === null || store.state.interactions.has(ending.into)) place = ending.into;
  });
  return {
    interaction,
    // A snapshot tells of no ending, but of what has ended in what is there.
    now: () => place && successorOf(store.state.interactions, place),
    leave: () => subscription.unsubscribe(),
  };
}

function refused(refusal: AttachRefusal): AttachOutcome {
  return { ok: false, refusal };
}

/** @returns Whether it is stored. */
function save(disk: WorkspaceStorage, file: StoredFile): Promise<boolean> {
  const saved$ = from(disk.files()).pipe(
    switchMap((files) => files.save(file)),
    map(() => true),
    catchError(() => of(false)),
  );
  return firstValueFrom(saved$, { defaultValue: true });
}
