import { expect } from '@open-wc/testing';
import type { Entry } from '../../src/i18n/catalogue.js';
import { Localizer } from '../../src/i18n/index.js';
import { ar, en } from '../support/catalogues.js';

const formsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const namesIn = (entry: Entry): string[] =>
  [
    ...new Set(
      formsOf(entry).flatMap((form) => [...form.matchAll(/\{([\w-]+)\}/g)].map(([, name]) => name ?? '')),
    ),
  ].toSorted();

const ENGLISH = new Localizer('en', 'ltr', en);
const arabic = new Localizer('ar', 'rtl', ar);
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('catalogues', () => {
  it('say the same things', () => {
    expect(Object.keys(ar).toSorted()).to.deep.equal(Object.keys(en).toSorted());
  });

  it('know the same parameters', () => {
    for (const [key, entry] of Object.entries<Entry>(en)) {
      const other = ar[key as keyof typeof en];
      // A form for one or two may leave the number to the noun.
      const known = namesIn(entry);
      expect(known, key).to.include.members(namesIn(other));
      const missing = known.filter((name) => !namesIn(other).includes(name));
      expect(missing, key).to.deep.equal([]);
    }
  });

  it('have every form that Arabic counts by', () => {
    for (const [key, entry] of Object.entries<Entry>(en)) {
      if (typeof entry === 'string') continue;
      expect(Object.keys(ar[key as keyof typeof en]), key).to.include.members([
        'one',
        'two',
        'few',
        'many',
        'other',
      ]);
    }
  });

  it('say nothing twice as loud', () => {
    for (const entry of Object.values<Entry>({ ...en })) expect(formsOf(entry).join()).not.to.contain('!');
  });
});

describe('Localizer', () => {
  it('chooses the plural form by the count', () => {
    expect(ENGLISH.t('connection.waiting-messages', { count: 1 })).to.equal(
      '1 message waits and will be sent.',
    );
    expect(ENGLISH.t('connection.waiting-messages', { count: 2 })).to.equal(
      '2 messages wait and will be sent.',
    );
    const forms = [0, 1, 2, 3, 11, 100].map((count) => arabic.t('bar.unread', { count }));
    expect(new Set(forms.map((form) => form.replace(/\d+/, 'n'))).size).to.be.at.least(5);
  });

  it('writes numbers as the locale does', () => {
    expect(ENGLISH.t('workbins.count', { count: 1342 })).to.equal('1,342 parked');
    expect(new Localizer('ar-EG', 'rtl', ar).number(42)).to.equal('٤٢');
  });

  it('keeps names of the other direction from turning the sentence round them', () => {
    expect(ENGLISH.t('bar.announce-invitation', { name: 'Ana' })).to.equal('New interaction: Ana.');
    expect(ENGLISH.t('bar.announce-invitation', { name: 'ليلى' })).to.equal(
      'New interaction: \u2068ليلى\u2069.',
    );
    expect(arabic.t('bar.announce-invitation', { name: '+254 7' })).to.contain('\u2068+254 7\u2069');
  });

  it('does not take a name for a parameter', () => {
    expect(ENGLISH.t('bar.announce-invitation', { name: '{name} $& {time}' })).to.equal(
      'New interaction: {name} $& {time}.',
    );
  });

  it('names lengths of time by their two largest units', () => {
    const lengths = [0, 59_999, 60_000, 3_599_999, 3_600_000, 4_320_000, 86_400_000, 266_400_000, -5];
    expect(lengths.map((ms) => ENGLISH.duration(ms))).to.deep.equal([
      '0 s',
      '59 s',
      '1 min',
      '59 min',
      '1 h',
      '1 h 12 min',
      '1 d',
      '3 d 2 h',
      '0 s',
    ]);
    expect(plain(arabic.duration(240_000))).to.equal(`${new Intl.NumberFormat('ar').format(4)} د`);
  });

  it('counts like a stopwatch', () => {
    expect(ENGLISH.elapsed(292_000)).to.equal('00:04:52');
    expect(ENGLISH.elapsed(100 * 3_600_000)).to.equal('100:00:00');
  });

  it('calls days as people do', () => {
    const now = new Date(2026, 10, 20, 0, 30).getTime();
    const day = (...at: [number, number, number, number]): string =>
      ENGLISH.day(new Date(...at).getTime(), now);
    expect(day(2026, 10, 20, 0)).to.equal('Today');
    expect(day(2026, 10, 19, 23)).to.equal('Yesterday');
    expect(day(2026, 10, 15, 12)).to.equal('Sunday');
    expect(day(2026, 10, 13, 12)).to.equal('November 13, 2026');
    expect(day(2026, 10, 21, 12)).to.equal('Saturday');
    expect(day(2026, 10, 26, 12)).to.equal('Thursday');
    expect(day(2026, 10, 27, 12)).to.equal('November 27, 2026');
  });

  it('writes moments as short as a list allows', () => {
    const now = new Date(2026, 10, 20, 12).getTime();
    expect(ENGLISH.moment(new Date(2026, 10, 20, 9, 5).getTime(), now)).to.match(/^0?9:05/);
    expect(ENGLISH.moment(new Date(2026, 10, 17, 9).getTime(), now)).to.equal('Tue');
    expect(ENGLISH.moment(new Date(2026, 9, 1, 9).getTime(), now)).to.equal('10/1/26');
  });
});
