import { Observable } from 'rxjs';

/** Messages between the tabs of one browser; silent where the browser has no such channels. */
export class BrowserTabChannel {
  /** What other tabs posted, as it comes. */
  readonly messages$: Observable<unknown>;
  readonly #channel: BroadcastChannel | null;

  constructor(name: string) {
    this.#channel = openChannel(name);
    const channel = this.#channel;
    this.messages$ = new Observable((subscriber) => {
      const listening = new AbortController();
      const tell = (event: MessageEvent): void => subscriber.next(event.data);
      channel?.addEventListener('message', tell, { signal: listening.signal });
      return () => listening.abort();
    });
  }

  post(message: unknown): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
