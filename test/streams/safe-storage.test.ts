import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEVER, of, throwError } from 'rxjs';
import { SafeStorage } from '../../src/streams/safe-storage.js';
import type { WorkspaceStorage } from '../../src/streams/index.js';
import { latest } from '../support/desk.js';
import { FakeBrowser } from '../support/fake-browser.js';
import { VirtualTime, marbles } from '../support/virtual-time.js';

function opened(time: VirtualTime): WorkspaceStorage {
  const storages: WorkspaceStorage[] = [];
  const tab = new FakeBrowser(time).tab();
  tab.openStorage({ issuer: 'test', agent: 'ana' }).subscribe((storage) => storages.push(storage));
  time.pass(10);
  const [storage] = storages;
  assert.ok(storage);
  return storage;
}

const broken = throwError(() => new Error('Broken.'));

describe('storage that never errors', () => {
  it('reads what is stored', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time));
    const drafts: ReadonlyMap<string, string>[] = [];
    storage.write((stored) => stored.saveDraft('interaction-1', 'Hello'));
    storage.read((stored) => stored.drafts(), new Map()).subscribe((read) => drafts.push(read));
    time.pass(10);
    assert.deepEqual(drafts, [new Map([['interaction-1', 'Hello']])]);
    assert.equal(latest(storage.state$), 'persistent');
  });

  it('writes although nobody subscribes, and once however many do', () => {
    const storage = new SafeStorage(opened(new VirtualTime()));
    let writes = 0;
    const over$ = storage.write(() => of(++writes));
    assert.equal(writes, 1);
    over$.subscribe();
    over$.subscribe();
    assert.equal(writes, 1);
  });

  it('says when a write is over', () => {
    marbles(({ cold, expectObservable }) => {
      const storage = new SafeStorage(opened(new VirtualTime()));
      const values = { n: null };
      expectObservable(storage.write(() => cold('--|'))).toBe('--(n|)', values);
      expectObservable(storage.write(() => cold('--#'))).toBe('--(n|)', values);
      expectObservable(
        storage.write(() => NEVER),
        '^---!',
      ).toBe('-');
    });
  });

  it('reads what it is told instead when reading fails, and stays in memory from then on', () => {
    const storage = new SafeStorage(opened(new VirtualTime()));
    assert.equal(latest(storage.read(() => broken, 'otherwise')), 'otherwise');
    assert.equal(latest(storage.state$), 'memory');
    storage.write(() => of(null));
    assert.equal(latest(storage.state$), 'memory');
  });

  it('is in memory from the start where there is no storage', () => {
    const storage = new SafeStorage(null);
    assert.equal(latest(storage.state$), 'memory');
    assert.equal(latest(storage.read(() => broken, 'otherwise')), 'otherwise');
    assert.equal(latest(storage.write(() => broken)), null);
  });
});
