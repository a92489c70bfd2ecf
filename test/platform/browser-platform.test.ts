import { expect } from '@open-wc/testing';
import { firstValueFrom, toArray, take } from 'rxjs';
import { browserPlatform } from '../../src/platform/browser-platform.js';
import { BrowserLocks } from '../../src/platform/locks.js';
import { browserOnline$, pageVisible$ } from '../../src/platform/page-state.js';
import { BrowserTabChannel } from '../../src/platform/tab-channel.js';
import type { WorkspacePlatform } from '../../src/streams/index.js';
import { waitUntil } from '../support/wait-until.js';

describe('locks', () => {
  const name = (): string => `test ${crypto.randomUUID()}`;

  it('are held by one at a time, and go to the next who waits', async () => {
    const lock = name();
    const held: string[] = [];
    const one = new BrowserLocks().hold(lock).subscribe(() => held.push('one'));
    await waitUntil(() => held.length === 1);
    const two = new BrowserLocks().hold(lock).subscribe(() => held.push('two'));
    const three = new BrowserLocks().hold(lock).subscribe(() => held.push('three'));
    await navigator.locks.query();
    expect(held).to.deep.equal(['one']);
    two.unsubscribe();
    one.unsubscribe();
    await waitUntil(() => held.length === 2);
    expect(held).to.deep.equal(['one', 'three']);
    three.unsubscribe();
    await waitUntil(async () => {
      const { held: left = [], pending = [] } = await navigator.locks.query();
      return ![...left, ...pending].some((info) => info.name === lock);
    });
  });

  it('do not hinder those with another name', async () => {
    const held: string[] = [];
    const [one, two] = [name(), name()].map((lock) =>
      new BrowserLocks().hold(lock).subscribe(() => held.push(lock)),
    );
    await waitUntil(() => held.length === 2);
    one?.unsubscribe();
    two?.unsubscribe();
  });
});

describe('the state of the page', () => {
  it('says whether it can be seen, now and when that changes', () => {
    const document = new EventTarget() as Document;
    const set = (visibilityState: string): void => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    set('visible');
    const seen: boolean[] = [];
    const late: boolean[] = [];
    const visible$ = pageVisible$(document);
    const subscription = visible$.subscribe((visible) => seen.push(visible));
    set('hidden');
    visible$.pipe(take(1)).subscribe((visible) => late.push(visible));
    set('hidden');
    set('visible');
    subscription.unsubscribe();
    set('hidden');
    expect(seen).to.deep.equal([true, false, true]);
    expect(late).to.deep.equal([false]);
  });

  it('says whether there is a network', () => {
    const window = Object.assign(new EventTarget(), { navigator: { onLine: true } });
    const seen: boolean[] = [];
    const subscription = browserOnline$(window as unknown as Window).subscribe((online) => seen.push(online));
    window.navigator.onLine = false;
    window.dispatchEvent(new Event('offline'));
    window.navigator.onLine = true;
    window.dispatchEvent(new Event('online'));
    subscription.unsubscribe();
    window.navigator.onLine = false;
    window.dispatchEvent(new Event('offline'));
    expect(seen).to.deep.equal([true, false, true]);
  });

  it('cannot be seen once it is put away', () => {
    const visible: boolean[] = [];
    const subscription = pageVisible$(document).subscribe((value) => visible.push(value));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    window.dispatchEvent(new PageTransitionEvent('pageshow'));
    subscription.unsubscribe();
    const now = document.visibilityState === 'visible';
    expect(visible).to.deep.equal(now ? [true, false, true] : [false]);
  });
});

describe('the channel between tabs', () => {
  it('brings what others post, and nothing of its own', async () => {
    const name = crypto.randomUUID();
    const [one, two] = [new BrowserTabChannel(name), new BrowserTabChannel(name)];
    const own: unknown[] = [];
    const subscription = one.messages$.subscribe((message) => own.push(message));
    const heard = firstValueFrom(two.messages$.pipe(take(2), toArray()));
    one.post({ text: 'Hello' });
    one.post({ text: 'again' });
    expect(await heard).to.deep.equal([{ text: 'Hello' }, { text: 'again' }]);
    expect(own).to.deep.equal([]);
    subscription.unsubscribe();
    one.close();
    two.close();
  });
});

describe('browserPlatform', () => {
  it('is what a workspace needs', () => {
    const platform: WorkspacePlatform = browserPlatform();
    expect(platform.locks).to.be.an.instanceOf(BrowserLocks);
  });

  it('makes ids that are UUIDs and all different, also where the browser cannot', () => {
    const platform = browserPlatform();
    const own = Object.getOwnPropertyDescriptor(crypto, 'randomUUID');
    Object.defineProperty(crypto, 'randomUUID', { configurable: true, value: undefined });
    const ids = Array.from({ length: 1_000 }, () => platform.newId());
    if (own) Object.defineProperty(crypto, 'randomUUID', own);
    else Reflect.deleteProperty(crypto, 'randomUUID');
    ids.push(platform.newId());
    expect(new Set(ids).size).to.equal(1_001);
    for (const id of ids) {
      expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
