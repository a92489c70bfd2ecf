import { Observable, distinctUntilChanged, share, ReplaySubject } from 'rxjs';

/** Whether the page can be seen. A page in the back-forward cache cannot. */
export function pageVisible$(document: Document): Observable<boolean> {
  const window = document.defaultView;
  return watched(
    () => document.visibilityState === 'visible',
    [
      [document, 'visibilitychange'],
      [window, 'pageshow'],
      [window, 'pagehide'],
    ],
  );
}

/** Whether the browser believes that there is a network. It may be wrong either way: only a hint when to try. */
export function browserOnline$(window: Window): Observable<boolean> {
  return watched(
    () => window.navigator.onLine,
    [
      [window, 'online'],
      [window, 'offline'],
    ],
  );
}

/** The answer to a question that is asked again at each of the events. One set of listeners, while anybody is subscribed. */
function watched(
  ask: () => boolean,
  events: readonly (readonly [EventTarget | null, string])[],
): Observable<boolean> {
  return new Observable<boolean>((subscriber) => {
    const listening = new AbortController();
    const tell = (event?: Event): void => subscriber.next(event?.type === 'pagehide' ? false : ask());
    for (const [target, type] of events) target?.addEventListener(type, tell, { signal: listening.signal });
    tell();
    return () => listening.abort();
  }).pipe(
    distinctUntilChanged(),
    share({ connector: () => new ReplaySubject(1), resetOnRefCountZero: true }),
  );
}
