import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NEVER, Subject, of, throwError } from 'rxjs';
import { textDraft } from '../../src/model/index.js';
import type { Draft } from '../../src/model/index.js';
import { ANSWER_PATIENCE, SafeStorage, TRY_AGAIN } from '../../src/streams/storage/safe-storage.js';
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
    const drafts: ReadonlyMap<string, Draft>[] = [];
    storage.write((stored) => stored.saveDraft('interaction-1', textDraft('Hello')));
    storage.read((stored) => stored.drafts(), new Map()).subscribe((read) => drafts.push(read));
    time.pass(10);
    assert.deepEqual(drafts, [new Map([['interaction-1', textDraft('Hello')]])]);
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

  it('says when a write is over, and whether it was done', () => {
    marbles(({ cold, expectObservable }) => {
      const storage = new SafeStorage(opened(new VirtualTime()), { scheduler: new VirtualTime() });
      const values = { y: true, n: false };
      expectObservable(storage.write(() => cold('--|'))).toBe('--(y|)', values);
      expectObservable(
        storage.write(() => NEVER),
        '^---!',
      ).toBe('-');
      // Tried again twice at once.
      expectObservable(storage.write(() => cold('--#'))).toBe('------n', values);
    });
  });

  it('tries again what failed: twice at once, then every few seconds until it is done', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    const heard: unknown[] = [];
    storage.state$.subscribe((state) => heard.push(state));
    let tries = 0;
    const write = storage.write(() => (++tries < 8 ? broken : of(null)));
    write.subscribe({ next: (done) => heard.push(done), complete: () => heard.push('over') });
    assert.deepEqual([tries, storage.reliable, storage.waits], [3, false, true]);
    time.pass(TRY_AGAIN);
    assert.deepEqual(tries, 6);
    assert.deepEqual(heard.splice(0), ['persistent', 'memory', false]);
    time.pass(TRY_AGAIN);
    assert.deepEqual(tries, 8);
    assert.deepEqual(heard, ['persistent', true, 'over']);
    assert.deepEqual([storage.reliable, storage.waits], [true, false]);
    assert.equal(time.pending, 0);
  });

  it('writes in the order of asking what waits behind something that failed', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    let full = true;
    const done: string[] = [];
    const write = (name: string): void => {
      storage.write(() => (full ? broken : of(done.push(name))));
    };
    write('one');
    write('two');
    full = false;
    write('three');
    assert.deepEqual(done, []);
    time.pass(TRY_AGAIN);
    assert.deepEqual(done, ['one', 'two', 'three']);
    write('four');
    assert.deepEqual(done, ['one', 'two', 'three', 'four']);
  });

  it('does not try again at once, before something that waits, what was asked for behind it', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    const one$ = new Subject<void>();
    const two$ = new Subject<void>();
    let full = true;
    const done: string[] = [];
    storage.write(() => (full ? one$ : of(done.push('one'))));
    storage.write(() => (full ? two$ : of(done.push('two'))));
    one$.error(new Error('Full.'));
    full = false;
    two$.error(new Error('Full.'));
    time.pass(TRY_AGAIN);
    assert.deepEqual(done, ['one', 'two']);
  });

  it('holds up nothing for what can never be written, and asks for nothing more once closed', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    let tries = 0;
    storage.write(() => {
      tries++;
      return broken;
    });
    const done: unknown[] = [];
    storage.write(() => of(null)).subscribe((value) => done.push(value));
    assert.deepEqual(done, [false]);
    time.pass(TRY_AGAIN);
    assert.deepEqual(done, [false, true]);
    storage.close();
    const before = tries;
    const late$ = new Subject<void>();
    storage.write(() => late$);
    late$.error(new Error('Closed.'));
    time.pass(10 * TRY_AGAIN);
    assert.equal(tries, before);
    assert.equal(time.pending, 0);
  });

  it('reads what it is told instead when reading fails, and stays in memory from then on', () => {
    const storage = new SafeStorage(opened(new VirtualTime()));
    assert.equal(latest(storage.read(() => broken, 'otherwise')), 'otherwise');
    assert.equal(latest(storage.state$), 'memory');
    storage.write(() => of(null));
    assert.equal(latest(storage.state$), 'memory');
  });

  it('waits for no answer for ever, says so meanwhile, and is well again when it comes', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    const [read$, write$] = [new Subject<string>(), new Subject<void>()];
    const heard: unknown[] = [];
    storage.state$.subscribe((state) => heard.push(state));
    storage.read(() => read$, 'otherwise').subscribe((read) => heard.push(read));
    storage.write(() => write$).subscribe((done) => heard.push(done));
    time.pass(ANSWER_PATIENCE * 1_000 - 1);
    assert.deepEqual(heard, ['persistent']);
    time.pass(1);
    assert.deepEqual(heard.splice(0), ['persistent', 'memory', 'otherwise', false]);
    read$.next('late');
    assert.deepEqual(heard, []);
    write$.complete();
    assert.deepEqual(heard, ['persistent', true]);
  });

  it('stays in memory when what came late is a failure', () => {
    const time = new VirtualTime();
    const storage = new SafeStorage(opened(time), { scheduler: time });
    const write$ = new Subject<void>();
    storage.write(() => write$);
    time.pass(ANSWER_PATIENCE * 1_000);
    write$.error(new Error('Broken.'));
    assert.equal(latest(storage.state$), 'memory');
  });

  it('says that a later version has taken over, and nothing else from then on', () => {
    const outdated$ = new Subject<void>();
    const storage = new SafeStorage({ ...opened(new VirtualTime()), outdated$ });
    const states: string[] = [];
    storage.state$.subscribe((state) => states.push(state));
    outdated$.next();
    storage.write(() => broken);
    assert.deepEqual(states, ['persistent', 'outdated']);
    assert.equal(latest(storage.usable$), false);
    storage.close();
    assert.equal(outdated$.observed, false);
  });

  it('is in memory from the start where there is no storage', () => {
    const storage = new SafeStorage(null);
    assert.equal(latest(storage.state$), 'memory');
    assert.equal(latest(storage.read(() => broken, 'otherwise')), 'otherwise');
    assert.equal(latest(storage.write(() => broken)), false);
    assert.equal(latest(storage.usable$), false);
  });
});
