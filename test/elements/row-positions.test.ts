import { expect } from '@open-wc/testing';
import { RowPositions } from '../../src/elements/whatsapp-transcript/row-positions.js';
import type { RowSource } from '../../src/elements/whatsapp-transcript/row-positions.js';

const rowsOf = (...keys: readonly string[]): RowSource => ({
  count: keys.length,
  cut: false,
  keyAt: (index) => keys[index] ?? '',
  heightOf: () => 10,
});

describe('RowPositions', () => {
  it('go by guesses until heights are taken', () => {
    const positions = new RowPositions();
    positions.show(rowsOf('a', 'b', 'c'));
    expect(positions.height).to.equal(30);
    expect(positions.take('b', 25)).to.equal(true);
    expect(positions.take('b', 25), 'no news').to.equal(false);
    expect([0, 1, 2].map((index) => positions.startOf(index))).to.deep.equal([0, 10, 35]);
    expect(positions.height).to.equal(45);
  });

  it('say which row is where, also before the first and behind the last', () => {
    const positions = new RowPositions();
    expect(positions.indexAt(5), 'without rows').to.equal(-1);
    positions.show(rowsOf('a', 'b', 'c'));
    positions.take('b', 25);
    const found = [-100, 0, 9, 10, 34, 35, 44, 45, 1000].map((place) => positions.indexAt(place));
    expect(found).to.deep.equal([0, 0, 0, 1, 1, 2, 2, 2, 2]);
  });

  it('keep the heights of rows that move', () => {
    const positions = new RowPositions();
    positions.show(rowsOf('a', 'b'));
    positions.take('b', 25);
    positions.show(rowsOf('x', 'y', 'a', 'b', 'c'));
    expect(positions.startOf(4)).to.equal(55);
    expect(positions.indexOf('b', 1)).to.equal(3);
    expect(positions.indexOf('gone', 1)).to.equal(null);
  });

  it('forget the heights of rows that have nothing to do with the new ones', () => {
    const positions = new RowPositions();
    positions.show(rowsOf('a'));
    positions.take('a', 25);
    positions.restart(rowsOf('a'));
    expect(positions.height).to.equal(10);
  });
});
