import type { Observable } from 'rxjs';
import { BrowserLocks } from './locks.js';
import { browserOnline$, pageVisible$ } from './page-state.js';
import type { DeskStorage } from './storage.js';
import { BrowserTabChannel } from './tab-channel.js';

/** What a workspace needs of the browser: the `WorkspacePlatform` of `streams`, which names the promises that each part keeps. */
export interface BrowserPlatform {
  openStorage(identity: { readonly issuer: string; readonly agent: string }): Promise<DeskStorage>;
  readonly locks: BrowserLocks;
  readonly visible$: Observable<boolean>;
  readonly online$: Observable<boolean>;
  channel(name: string): BrowserTabChannel;
  newId(): string;
}

/** The browser around this page. */
export function browserPlatform(): BrowserPlatform {
  return {
    // Not needed before the first welcome, so not part of the first load.
    openStorage: async (identity) => (await import('./storage.js')).DeskStorage.open(identity),
    locks: new BrowserLocks(),
    visible$: pageVisible$(document),
    online$: browserOnline$(window),
    channel: (name) => new BrowserTabChannel(name),
    newId,
  };
}

/** A random UUID, also on pages that were not loaded securely. */
function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // The version (4) and variant bits of RFC 9562.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
