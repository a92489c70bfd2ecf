import { filter, share } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Pendency } from '../../model/index.js';
import type { TabChannel } from '../platform.js';

/** What the tabs of one agent tell each other. */
export type TabMessage =
  /** Something that is stored has changed, or is about to: the disk is the truth, and no words travel between tabs. */
  | { readonly kind: 'changed'; readonly what: 'outbox' | 'drafts' | 'settings' }
  | { readonly kind: 'seen'; readonly interaction: string; readonly pendency: Pendency }
  | { readonly kind: 'failure-dismissed'; readonly message: string }
  /** What is in front in a visible tab; null when nothing is. */
  | { readonly kind: 'looking'; readonly tab: string; readonly interaction: string | null }
  /** A new tab asks the others where they look. */
  | { readonly kind: 'who-looks' };

export type TabMessageOf<K extends TabMessage['kind']> = Extract<TabMessage, { readonly kind: K }>;

/** Part of the channel's name: tabs whose messages have another form do not hear each other. */
export const TAB_PROTOCOL = 2;

/** The other tabs of this agent in this browser. */
export class Tabs {
  readonly #channel: TabChannel;
  readonly #messages$: Observable<unknown>;
  #closed = false;

  constructor(channel: TabChannel) {
    this.#channel = channel;
    this.#messages$ = channel.messages$.pipe(share());
  }

  /** The messages of one kind, as they come. */
  messages$<K extends TabMessage['kind']>(kind: K): Observable<TabMessageOf<K>> {
    return this.#messages$.pipe(filter((message): message is TabMessageOf<K> => isOfKind(message, kind)));
  }

  /** Does nothing once closed. */
  post(message: TabMessage): void {
    if (!this.#closed) this.#channel.post(message);
  }

  postChanged(what: TabMessageOf<'changed'>['what']): void {
    this.post({ kind: 'changed', what });
  }

  close(): void {
    this.#closed = true;
    this.#channel.close();
  }
}

function isOfKind(message: unknown, kind: TabMessage['kind']): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
}
