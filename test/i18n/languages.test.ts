import { expect } from '@open-wc/testing';
import { conversationWords } from '../../src/i18n/conversation-words.js';
import { english, localizerFor, observeRegistrations, registerLanguage } from '../../src/i18n/index.js';
import type { FeatureWords, Localizer } from '../../src/i18n/index.js';

/** Languages stay registered for as long as the page, so each test takes one that no other does. */
const ready = (tags: string[]): Localizer => {
  const found = localizerFor(tags);
  if (found instanceof Promise) throw new Error(`${tags.join()} is being loaded.`);
  return found;
};

/** Runs the action and gives what the console was warned of. */
async function warnings(action: () => unknown): Promise<string[]> {
  const { warn } = console;
  const said: string[] = [];
  console.warn = (...args: unknown[]) => said.push(String(args[0]));
  try {
    await action();
  } finally {
    console.warn = warn;
  }
  return said;
}

describe('localizerFor', () => {
  it('gives English at once, with the dates of its region', () => {
    expect(ready(['en-GB']).moment(0, Date.UTC(2026, 0, 1))).to.match(/01\/01\/1970|31\/12\/1969/);
  });

  it('loads another language once, then has it at once', async () => {
    const first = localizerFor(['ar-JO']);
    expect(first).to.be.instanceOf(Promise);
    expect(localizerFor(['ar-JO'])).to.equal(first);
    const loaded = await first;
    expect(loaded.direction).to.equal('rtl');
    expect(localizerFor(['ar-JO'])).to.equal(loaded);
  });

  it('passes over what is no tag and what nobody speaks', () => {
    expect(localizerFor(['not a tag', 'tlh', 'en'])).to.equal(english());
    expect(localizerFor([])).to.equal(english());
  });

  it('loads the words of a feature when they are asked for, also for those who speak already', async () => {
    const loads: string[] = [];
    const later: FeatureWords = {
      english: { 'status.label': 'Why' },
      translations: {
        ar: () => {
          loads.push('ar');
          return Promise.resolve({ 'status.label': 'لماذا' });
        },
      },
    };
    const before = await localizerFor(['ar-TN']);
    expect(localizerFor(['ar-TN'], [later])).to.be.instanceOf(Promise);
    const after = await localizerFor(['ar-TN'], [later]);
    expect(after).to.equal(before);
    expect(before.t('status.label')).to.equal('لماذا');
    await localizerFor(['ar-DZ'], [later]);
    expect(loads).to.deep.equal(['ar']);
    expect(english().t('status.label')).to.equal('Why');
  });

  it('says in English what cannot be loaded, and asks again', async () => {
    let online = false;
    registerLanguage('fi', () =>
      online ? Promise.resolve({ 'time.today': 'Tänään' }) : Promise.reject(new Error('offline')),
    );
    const said = await warnings(async () => {
      expect((await localizerFor(['fi'])).t('time.today')).to.equal('Today');
    });
    expect(said[0]).to.contain('"fi"');
    online = true;
    expect((await localizerFor(['fi'])).t('time.today')).to.equal('Tänään');
  });
});

describe('registerLanguage', () => {
  it('adds a language; what it does not say is said in English', () => {
    registerLanguage('nl', {
      'time.today': 'Vandaag',
      'bar.unread': { one: '{count} bericht', other: '{count} berichten' },
    });
    const dutch = ready(['nl-BE']);
    expect(dutch.locale).to.equal('nl-BE');
    expect(dutch.t('time.today')).to.equal('Vandaag');
    expect(dutch.t('bar.unread', { count: 2 })).to.equal('2 berichten');
    expect(dutch.t('time.yesterday')).to.equal('Yesterday');
  });

  it('keeps regions and scripts apart, the closest first', () => {
    registerLanguage('pt', { 'time.today': 'Hoje', 'time.yesterday': 'Ontem' });
    registerLanguage('pt-PT', { 'common.close': 'Fechar (PT)' });
    registerLanguage('pt-BR', { 'common.close': 'Fechar (BR)', 'time.yesterday': 'Ontem (BR)' });
    expect(ready(['pt-BR']).t('common.close')).to.equal('Fechar (BR)');
    expect(ready(['pt-PT']).t('common.close')).to.equal('Fechar (PT)');
    expect(ready(['pt-BR']).t('time.today')).to.equal('Hoje');
    expect(ready(['pt-AO']).t('time.yesterday')).to.equal('Ontem');

    registerLanguage('zh-Hans', { 'time.today': '今天 (简)' });
    expect(ready(['zh-TW', 'en'])).to.equal(english());
    registerLanguage('zh-Hant', { 'time.today': '今天 (繁)' });
    expect(ready(['zh-TW']).t('time.today')).to.equal('今天 (繁)');
    expect(ready(['zh']).t('time.today')).to.equal('今天 (简)');
    registerLanguage('sr-Latn', { 'time.today': 'Danas' });
    expect(ready(['sr', 'en'])).to.equal(english());
  });

  it('speaks by a neighbour where a language has no words of its own', () => {
    registerLanguage('es-MX', { 'time.today': 'Hoy' });
    expect(ready(['es-AR']).t('time.today')).to.equal('Hoy');
  });

  it('knows the direction of a script', () => {
    registerLanguage('he', {});
    registerLanguage('ks-Deva', {});
    expect(ready(['he-IL']).direction).to.equal('rtl');
    expect(ready(['ks-Deva']).direction).to.equal('ltr');
  });

  it('changes words that are there, also of a feature that comes later, and calls those who watch', () => {
    const seen: string[] = [];
    const stop = observeRegistrations(() => seen.push(ready(['en-NZ']).t('common.try-again')));
    registerLanguage('en-NZ', { 'common.try-again': 'Once more', 'composer.send': 'Post' });
    const later = localizerFor(['en-NZ'], [conversationWords]) as Localizer;
    expect(later.t('composer.send')).to.equal('Post');
    expect(later.t('composer.message')).to.equal('Message');
    registerLanguage('en-NZ', { 'common.try-again': 'Again' });
    stop();
    registerLanguage('en-NZ', { 'common.try-again': 'Never seen' });
    expect(seen).to.deep.equal(['Once more', 'Again']);
    expect(english().t('common.try-again')).to.equal('Try again');
  });

  it('leaves out what cannot be said, and says so', async () => {
    const said = await warnings(() => {
      registerLanguage('no tag', {});
      const words = { 'time.today': 7, 'time.yesterday': { one: 'x' }, 'common.close': 'Dún' };
      registerLanguage('ga', words as unknown as Record<string, string>);
    });
    expect(said[0]).to.contain('"no tag"');
    expect(said[1]).to.contain('time.today, time.yesterday');
    expect(ready(['ga']).t('time.today')).to.equal('Today');
    expect(ready(['ga']).t('common.close')).to.equal('Dún');
  });
});
