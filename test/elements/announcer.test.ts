import { expect, waitUntil } from '@open-wc/testing';
import { announce } from '../../src/elements/base/index.js';

const regions = (): Element[] => [...document.querySelectorAll('[aria-live=polite]')];

describe('announce', () => {
  it('makes no region before there is something to say', () => {
    expect(regions()).to.have.length(0);
  });

  it('says things from one region that nobody sees', async () => {
    announce('Amina is waiting.', { lang: 'en', dir: 'ltr' });
    announce('Berta is waiting.');
    await waitUntil(() => regions()[0]?.textContent === 'Amina is waiting.Berta is waiting.');
    expect(regions()).to.have.length(1);
    const box = regions()[0]?.getBoundingClientRect();
    expect([box?.width, box?.height]).to.deep.equal([1, 1]);
    expect(regions()[0]?.firstElementChild).to.have.attribute('lang', 'en');
  });

  it('says the same thing once when two elements say it together', async () => {
    announce('Chidi is waiting.');
    announce('Chidi is waiting.');
    announce('The end.');
    await waitUntil(() => regions()[0]?.textContent?.includes('The end.'));
    expect(regions()[0]?.textContent?.match(/Chidi/g)).to.have.length(1);
  });

  it('makes another region when the page took the first one away', async () => {
    regions()[0]?.remove();
    announce('Still here.');
    await waitUntil(() => regions()[0]?.textContent === 'Still here.');
  });
});
