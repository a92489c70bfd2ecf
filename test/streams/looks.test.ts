import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BehaviorSubject, Subject } from 'rxjs';
import { Store } from '../../src/streams/state/index.js';
import { LOOK_AGAIN, Tabs, looks } from '../../src/streams/tabs/index.js';
import { anAgent } from '../support/builders.js';
import { VirtualTime } from '../support/virtual-time.js';

/** How often the disk was looked at, and what makes it so. */
function looking() {
  const scheduler = new VirtualTime();
  const store = new Store();
  const messages$ = new Subject<unknown>();
  const [online$, visible$] = [new BehaviorSubject(true), new BehaviorSubject(true)];
  const tabs = new Tabs({ messages$, post: () => undefined, close: () => undefined });
  let looked = 0;
  looks(tabs, 'drafts', { store, online$, visible$, scheduler }).subscribe(() => looked++);
  const since = (): number => {
    const count = looked;
    looked = 0;
    return count;
  };
  assert.equal(since(), 1);
  return { scheduler, store, messages$, online$, visible$, since };
}

describe('the disk that tabs share', () => {
  it('is looked at when another tab has changed it, and once more: it may have died before that was done', () => {
    const { scheduler, messages$, since } = looking();
    messages$.next({ kind: 'changed', what: 'outbox' });
    assert.equal(since(), 0);
    messages$.next({ kind: 'changed', what: 'drafts' });
    assert.equal(since(), 1);
    scheduler.pass(LOOK_AGAIN - 1);
    assert.equal(since(), 1);
  });

  it('is looked at now and then although nothing is heard', () => {
    const { scheduler, since } = looking();
    scheduler.pass(LOOK_AGAIN);
    assert.equal(since(), 1);
  });

  it('is looked at after a snapshot, which tells of what this tab may have missed', () => {
    const { store, since } = looking();
    store.dispatch({
      kind: 'snapshot',
      snapshot: { seq: 1, agent: anAgent(), interactions: [], workbins: [] },
    });
    assert.equal(since(), 1);
  });

  it('is looked at when the tab wakes and when the link is back', () => {
    const { online$, visible$, since } = looking();
    for (const flag$ of [online$, visible$]) {
      flag$.next(false);
      assert.equal(since(), 0);
      flag$.next(true);
      assert.equal(since(), 1);
    }
  });
});
