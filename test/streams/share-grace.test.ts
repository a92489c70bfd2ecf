import { describe, it } from 'node:test';
import { NEVER, concat, of } from 'rxjs';
import assert from 'node:assert/strict';
import { GRACE, shareGrace } from '../../src/streams/operators/share-grace.js';
import { marbles } from '../support/virtual-time.js';

describe('shareGrace', () => {
  it('shares one subscription and replays the latest value', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a--b--c');
      const shared$ = source.pipe(shareGrace(10));
      expectObservable(shared$, '^-------!').toBe('a--b--c');
      expectObservable(shared$, '----^---!').toBe('----b-c');
      expectSubscriptions(source.subscriptions).toBe('^-----------------!');
    });
  });

  it('keeps the source open for who comes back within the grace', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a--b--c---d');
      const shared$ = source.pipe(shareGrace(10));
      expectObservable(shared$, '^-!').toBe('a');
      expectObservable(shared$, '-------^----!').toBe('-------c--d');
      expectSubscriptions(source.subscriptions).toBe('^---------------------!');
    });
  });

  it('closes the source after the grace, and opens it anew for the next', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a--b');
      const shared$ = source.pipe(shareGrace(3));
      expectObservable(shared$, '^!').toBe('a');
      expectObservable(shared$, '--------^-!').toBe('--------a');
      expectSubscriptions(source.subscriptions).toBe(['^---!', '--------^----!']);
    });
  });

  it('passes the end of the source on', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a-|').pipe(shareGrace(3))).toBe('a-|');
      expectObservable(cold('|').pipe(shareGrace(3))).toBe('|');
      expectObservable(cold('-').pipe(shareGrace(3)), '^--!').toBe('-');
      expectObservable(cold('a-#').pipe(shareGrace(3))).toBe('a-#');
    });
  });

  it('does not close at once, and by default within seconds', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a');
      expectObservable(source.pipe(shareGrace()), '^!').toBe('a');
      expectSubscriptions(source.subscriptions).toBe(`^ ${GRACE}ms !`);
    });
  });

  it('lets a late subscriber have its value in the same task', () => {
    const shared$ = concat(of('a'), NEVER).pipe(shareGrace(3));
    const first = shared$.subscribe();
    let value = '';
    shared$.subscribe((late) => (value = late)).unsubscribe();
    first.unsubscribe();
    assert.equal(value, 'a');
  });
});
