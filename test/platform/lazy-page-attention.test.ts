import { expect } from '@open-wc/testing';
import { createPageAttention } from '../../src/platform/index.js';
import { waitUntil } from '../support/wait-until.js';

describe('page attention that comes with the first call', () => {
  const own = document.title;

  it('calls, and gives the title back', async () => {
    const attention = createPageAttention(document);
    attention.show({ count: 2, text: 'Masha is waiting' });
    await waitUntil(() => document.title.startsWith('(2)'));
    attention.clear();
    await waitUntil(() => document.title === own);
  });

  it('does what was wished last while it was on its way', async () => {
    const titles: string[] = [];
    const observer = new MutationObserver(() => titles.push(document.title));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    const attention = createPageAttention(document);
    attention.show({ count: 1, text: 'Masha is waiting' });
    attention.clear();
    const other = createPageAttention(document);
    other.show({ count: 3, text: 'Omar is waiting' });
    await waitUntil(() => document.title.startsWith('(3)'));
    other.clear();
    await waitUntil(() => document.title === own);
    observer.disconnect();
    expect(titles.filter((title) => title.startsWith('(1)') || title.startsWith('(4)'))).to.deep.equal([]);
  });
});
