import {
  ReplaySubject,
  Subject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  endWith,
  filter,
  firstValueFrom,
  ignoreElements,
  map,
  merge,
  of,
  share,
  skip,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
} from 'rxjs';
import type { Observable } from 'rxjs';
import type { Workspace } from '../streams/workspace.js';

/** An address that ends sooner than this is asked for anew, in milliseconds. */
const MARGIN = 5_000;
/** Of how many files the addresses are remembered. */
const REMEMBERED = 500;

type MediaRef = Parameters<Workspace['mediaSource']>[0];
type MediaSource = ReturnType<Workspace['mediaSource']> extends Observable<infer S> ? S : never;

/** Where a file is. unsupported: the contact centre hands over no files; refused: not this one; lost: no answer came. */
export type SourceState =
  | { readonly at: 'asking' }
  | { readonly at: 'here'; readonly source: MediaSource }
  | { readonly at: 'failed'; readonly why: 'unsupported' | 'refused' | 'lost' };

export const ASKING: SourceState = { at: 'asking' };

const sources = new WeakMap<Workspace, MediaSources>();

/** Where the files of a workspace are, for all elements that show them. */
export function mediaSources(workspace: Workspace): MediaSources {
  const known = sources.get(workspace) ?? new MediaSources(workspace);
  sources.set(workspace, known);
  return known;
}

/** Asks once for each file, when somebody wants to know; again when the address has ended, and when the link is back. */
export class MediaSources {
  readonly #workspace: Workspace;
  readonly #good = new Map<string, MediaSource>();
  readonly #streams = new Map<string, Observable<SourceState>>();
  readonly #renewals$ = new Subject<string>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Replays. The same observable for the same file. */
  source$(media: MediaRef): Observable<SourceState> {
    const known = this.#streams.get(media.id) ?? this.#stream(media);
    // The newest last.
    this.#streams.delete(media.id);
    this.#streams.set(media.id, known);
    forgetOldest(this.#streams);
    return known;
  }

  /** Asks anew for an address that turned out to lead nowhere. */
  renew({ id }: MediaRef): void {
    this.#good.delete(id);
    this.#renewals$.next(id);
  }

  /** An address that is good now. @throws {Error} when there is none, or no link. */
  async fresh(media: MediaRef): Promise<MediaSource> {
    const settled$ = this.source$(media).pipe(
      filter(({ at }) => at !== 'asking'),
      takeUntil(this.#workspace.connection$.pipe(filter(({ at }) => at !== 'online'))),
    );
    const known = await firstValueFrom(settled$);
    if (known.at === 'here' && this.#isGood(known.source)) return known.source;
    this.renew(media);
    const asked = await firstValueFrom(settled$);
    if (asked.at !== 'here') throw new Error('The file is not to be had.');
    return asked.source;
  }

  /** Tells when nobody of this workspace may have its files any more: it is closed, or another agent sits down. @returns What ends it. */
  watch(ended: () => void): () => void {
    const { state$, connection$ } = this.#workspace;
    const closed$ = connection$.pipe(ignoreElements(), endWith(null));
    const agents$ = state$.pipe(
      map(({ agent }) => agent?.id),
      filter((id) => id !== undefined),
      distinctUntilChanged(),
      skip(1),
    );
    const subscription = merge(closed$, agents$).pipe(take(1)).subscribe(ended);
    return () => subscription.unsubscribe();
  }

  #stream(media: MediaRef): Observable<SourceState> {
    const renewed$ = this.#renewals$.pipe(filter((id) => id === media.id));
    return renewed$.pipe(
      startWith(null),
      switchMap(() => this.#known(media)),
      share({ connector: () => new ReplaySubject(1) }),
    );
  }

  #known(media: MediaRef): Observable<SourceState> {
    const source = this.#good.get(media.id);
    return source && this.#isGood(source) ? of({ at: 'here', source }) : concat(of(ASKING), this.#ask(media));
  }

  /** With each new link until the answer is there. */
  #ask(media: MediaRef): Observable<SourceState> {
    const workspace = this.#workspace;
    return workspace.connection$.pipe(
      map(({ at }) => at === 'online'),
      distinctUntilChanged(),
      filter(Boolean),
      switchMap(() =>
        defer(() => workspace.mediaSource(media)).pipe(
          map((source) => this.#take(media, source)),
          catchError((error: unknown) => of(this.#failure(error))),
        ),
      ),
      takeWhile(({ at }) => at !== 'here', true),
    );
  }

  #take({ id }: MediaRef, source: MediaSource): SourceState {
    if (!isHarmless(source.url) || (source.saveUrl !== undefined && !isHarmless(source.saveUrl)))
      return { at: 'failed', why: 'refused' };
    this.#good.set(id, source);
    forgetOldest(this.#good);
    return { at: 'here', source };
  }

  #failure(error: unknown): SourceState {
    if (!this.#workspace.state.features.includes('media')) return { at: 'failed', why: 'unsupported' };
    const kind = typeof error === 'object' && error !== null && 'kind' in error ? error.kind : null;
    return { at: 'failed', why: kind === 'invalid' || kind === 'refused' ? 'refused' : 'lost' };
  }

  #isGood({ until }: MediaSource): boolean {
    return until === null || until - this.#workspace.clock.now() > MARGIN;
  }
}

/** Whether an address leads to a file: not to a script. */
function isHarmless(url: string): boolean {
  return URL.canParse(url, location.href) && /^(?:https?|blob):$/.test(new URL(url, location.href).protocol);
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
