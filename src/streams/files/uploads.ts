import {
  EMPTY,
  NEVER,
  catchError,
  concat,
  defer,
  filter,
  finalize,
  from,
  map,
  merge,
  mergeMap,
  pairwise,
  retry,
  switchMap,
  takeUntil,
  tap,
  throwError,
  throwIfEmpty,
  timer,
} from 'rxjs';
import type { BehaviorSubject, Observable } from 'rxjs';
import { OUTBOX_PATIENCE } from '../../model/index.js';
import type {
  MediaRef,
  OutboundMedia,
  OutboxItem,
  OutboxStep,
  RefusalKind,
  Upload,
} from '../../model/index.js';
import type { UploadStep } from '../../transport/adapter.js';
import { backoff, failureOf } from '../connection/index.js';
import { isComplete, isDue } from '../outbox/index.js';
import type { StoredFile } from '../platform.js';
import type { FilesOptions } from './files.js';

/** How many files are uploaded at once. */
const AT_ONCE = 3;

/** Between tries of one upload, in milliseconds. */
const PAUSES = { base: 2_000, cap: 30_000 };

/** How long a file is looked for that this browser should have, in milliseconds: the tab that has it may be about to upload or store it. */
export const FILE_PATIENCE = 30_000;

/** missing: the browser does not have the file. timeout: the adapter ended without an answer. unsupported: it takes no files. */
class Unable extends Error {
  readonly kind: 'missing' | 'timeout' | 'unsupported';

  constructor(kind: Unable['kind'], sentence: string) {
    super(sentence);
    this.kind = kind;
  }
}

export interface UploadOptions extends FilesOptions {
  readonly progress$: BehaviorSubject<ReadonlyMap<string, Upload>>;
  /** null when this browser does not have it. */
  readonly fileOf: (id: string) => Observable<StoredFile | null>;
  /** Whether this tab alone has the file of a message. */
  readonly isHere: (item: OutboxItem) => boolean;
  readonly forget: (ids: readonly string[]) => void;
  /** The client ids of what this tab is uploading, on its own or as the elected one: what is stored meanwhile is not begun a second time. */
  readonly running: Set<string>;
}

type Waiting = OutboxItem & { readonly body: OutboundMedia };

/**
 * Uploads the files of messages that wait. What is stored is uploaded by one of the agent's tabs at a time, elected as the one that sends; what only this tab has,
 * by this one. What was broken off, by a lost link, a reload or the end of the tab, goes on where it was, because the id of the upload stays. Never errors.
 */
export function uploads(options: UploadOptions): Observable<unknown> {
  const { link, scope$, platform, outbox } = options;
  const { locks, visible$ } = platform;
  const elected$ = scope$.pipe(
    switchMap((scope) => (scope ? locks.hold(`${scope.name} uploads`, { visible$ }) : EMPTY)),
    switchMap((held) =>
      held ? uploadAll(options, (item) => outbox.isStored(item) && !options.isHere(item)) : EMPTY,
    ),
  );
  const unshared$ = uploadAll(options, (item) => options.isHere(item) || !outbox.isStored(item));
  return merge(
    link.online$.pipe(switchMap((online) => (online ? merge(unshared$, elected$) : EMPTY))),
    forgetting(options),
  );
}

/** In the order of sending, a few at a time. */
function uploadAll(options: UploadOptions, isMine: (item: Waiting) => boolean): Observable<unknown> {
  const { outbox } = options;
  return defer(() => {
    const begun = new Set<string>();
    return outbox.items$.pipe(
      mergeMap((items) => items.filter(isWaiting)),
      filter((item) => isMine(item) && !begun.has(item.clientId)),
      tap(({ clientId }) => begun.add(clientId)),
      mergeMap(
        ({ clientId }) =>
          uploadOne(options, clientId).pipe(
            takeUntil(settled(options, clientId)),
            finalize(() => begun.delete(clientId)),
          ),
        AT_ONCE,
      ),
    );
  });
}

/** Goes on until the outbox says that it is over. */
function uploadOne(options: UploadOptions, clientId: string): Observable<unknown> {
  return defer(() => {
    const item = waiting(options, clientId);
    const { running } = options;
    if (!item || running.has(clientId)) return EMPTY;
    running.add(clientId);
    const { upload } = item.body;
    const { clock } = options.link;
    const begunAt = clock.now();
    begin(options, item, begunAt + OUTBOX_PATIENCE);
    return concat(
      steps(options, item).pipe(
        tap((step) => {
          if (step.at === 'stored') end(options, clientId, step.media);
          else tell(options, upload, step);
        }),
        retry({
          delay: (error: unknown, count) => {
            const over = verdictOn(error, clock.now() - begunAt);
            return over ? throwError(() => error) : timer(pause(error, count, options), options.scheduler);
          },
        }),
        catchError((error: unknown) => {
          const over = verdictOn(error, clock.now() - begunAt);
          if (over) change(options, clientId, () => ({ step: over }));
          return EMPTY;
        }),
      ),
      NEVER,
    ).pipe(
      finalize(() => {
        running.delete(clientId);
        tell(options, upload, null);
      }),
    );
  });
}

function steps({ transport, fileOf }: UploadOptions, { body }: Waiting): Observable<UploadStep> {
  return fileOf(body.upload).pipe(
    switchMap((file) => {
      if (!file)
        return throwError(() => new Unable('missing', 'This browser does not have the file any more.'));
      const { blob, mimeType, fileName } = file;
      const upload$ = transport.upload?.(body.upload, blob, { mimeType, fileName });
      return upload$ ? from(upload$) : throwError(unsupported);
    }),
    // Whoever ends without the file has lost it.
    throwIfEmpty(() => new Unable('timeout', 'The upload ended without an answer.')),
  );
}

function pause(error: unknown, count: number, { random }: UploadOptions): number {
  return isMissing(error) ? PAUSES.base : backoff(count, PAUSES, random);
}

/** What becomes of a message whose upload has failed; null when it is tried again. @param since How long it has been tried, in milliseconds. */
function verdictOn(error: unknown, since: number): OutboxStep | null {
  if (isMissing(error)) return since < FILE_PATIENCE ? null : failed('refusal', 'not-found', error.message);
  const { kind, sentence } = failureOf(error);
  if (kind === 'invalid') return failed('refusal', 'invalid', sentence);
  if (kind === 'unsupported' || kind === 'refused') return failed('refusal', 'unsupported', sentence);
  return since < OUTBOX_PATIENCE ? null : failed('expiry', 'unavailable', sentence);
}

function failed(cause: 'refusal' | 'expiry', kind: RefusalKind, sentence: string): OutboxStep {
  return { at: 'failed', cause, kind, sentence };
}

function begin(options: UploadOptions, { clientId }: Waiting, expiresAt: number): void {
  change(options, clientId, (item) =>
    item.step.at === 'uploading' ? {} : { expiresAt, step: { at: 'uploading' } },
  );
}

/** From here on it is sent as any other. */
function end(options: UploadOptions, clientId: string, media: MediaRef): void {
  change(options, clientId, ({ body }) => ({ body: { ...body, media }, step: { at: 'queued' } }));
}

/** What another tab has settled meanwhile stays as it is. */
function change(
  { outbox }: UploadOptions,
  clientId: string,
  changes: (item: Waiting) => Partial<OutboxItem>,
): void {
  outbox.change(clientId, (item) => (isWaiting(item) ? { ...item, ...changes(item) } : item));
}

function tell({ progress$ }: UploadOptions, upload: string, step: Upload | null): void {
  const told = new Map(progress$.value);
  if (step) told.set(upload, { taken: step.taken, of: step.of });
  else if (!told.delete(upload)) return;
  if (!progress$.closed) progress$.next(told);
}

function waiting({ outbox }: UploadOptions, clientId: string): Waiting | null {
  const item = outbox.get(clientId);
  return item && isWaiting(item) ? item : null;
}

/** Uploaded, failed, discarded, or gone with its agent. */
function settled({ outbox }: UploadOptions, clientId: string): Observable<unknown> {
  return outbox.items$.pipe(
    filter((items) => !items.some((item) => item.clientId === clientId && isWaiting(item))),
  );
}

/** Files of messages that have left, or were thrown away. */
function forgetting({ outbox, forget }: UploadOptions): Observable<unknown> {
  return outbox.items$.pipe(
    map((items) => items.flatMap(({ body }) => (body.kind === 'media' ? [body.upload] : []))),
    pairwise(),
    map(([before, now]) => before.filter((id) => !now.includes(id))),
    filter((gone) => gone.length > 0),
    tap(forget),
  );
}

function isWaiting(item: OutboxItem): item is Waiting {
  return isDue(item) && item.step.at !== 'saving' && !isComplete(item);
}

function unsupported(): Unable {
  return new Unable('unsupported', 'This connection takes no files.');
}

function isMissing(error: unknown): error is Unable {
  return error instanceof Unable && error.kind === 'missing';
}
