import type { Observable } from 'rxjs';
import type { FoundFile } from '../model/index.js';
import { BrowserLocks } from './locks.js';
import { newId } from './new-id.js';
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
  inspectFile(file: Blob): Promise<FoundFile | null>;
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
    // With the first file that is attached.
    inspectFile: async (file) => (await import('./files/inspect-file.js')).inspectFile(file),
    newId,
  };
}
