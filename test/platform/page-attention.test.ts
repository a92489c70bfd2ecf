import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { createPageAttention } from '../../src/platform/page-attention.js';
import type { PageAttention } from '../../src/platform/page-attention.js';
import { waitUntil } from '../support/wait-until.js';

const CALL = { count: 2, text: 'Masha is waiting' };
const OURS = '(2) Masha is waiting';

/** A page of its own, so that the runner's is left alone. */
async function page(head: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><html><head>${head}</head><body></body></html>`;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return frame;
}

describe('page attention', () => {
  const frames: HTMLIFrameElement[] = [];
  const callers: PageAttention[] = [];

  async function open(head: string): Promise<{ doc: Document; attention: PageAttention }> {
    const frame = await page(head);
    frames.push(frame);
    const doc = frame.contentDocument;
    if (!doc) throw new Error('The frame has no document.');
    const attention = createPageAttention(doc);
    callers.push(attention);
    return { doc, attention };
  }

  afterEach(() => {
    for (const attention of callers.splice(0)) attention.clear();
    for (const frame of frames.splice(0)) frame.remove();
  });

  describe('in the title', () => {
    it('says who waits at once, then flashes with the page, always with the number in front', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.show(CALL);
      expect(doc.title).to.equal(OURS);
      await waitUntil(() => doc.title === '(2) Customer 42', 'the page');
      await waitUntil(() => doc.title === OURS, 'again');
    });

    it('gives it back exactly, white space and nodes and all', async () => {
      const { doc, attention } = await open('<title> Customer  42\n </title>');
      const title = doc.querySelector('title');
      const node = title?.firstChild;
      attention.show(CALL);
      attention.clear();
      expect(doc.querySelector('title')).to.equal(title);
      expect(title?.firstChild).to.equal(node);
      expect(title?.textContent).to.equal(' Customer  42\n ');
    });

    it('gives back what the page changed it to meanwhile', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.show(CALL);
      doc.title = 'Customer 43';
      attention.clear();
      expect(doc.title).to.equal('Customer 43');
    });

    it('goes on calling when the page changes it, and shows the new one', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.show(CALL);
      doc.title = 'Customer 43';
      await waitUntil(() => doc.title === OURS);
      await waitUntil(() => doc.title === '(2) Customer 43', 'the new one');
      attention.clear();
      expect(doc.title).to.equal('Customer 43');
    });

    it('reaches a framework that writes to its own text node', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      const node = doc.querySelector('title')?.firstChild as Text;
      attention.show(CALL);
      node.data = 'Customer 43';
      await waitUntil(() => doc.title === OURS);
      attention.clear();
      expect(doc.title).to.equal('Customer 43');
      node.data = 'Customer 44';
      expect(doc.title).to.equal('Customer 44');
    });

    it('gives several nodes back as they were', async () => {
      const { doc, attention } = await open('<title></title>');
      const title = doc.querySelector('title');
      title?.append('Customer ', '42');
      const nodes = [...(title?.childNodes ?? [])];
      attention.show(CALL);
      attention.show({ ...CALL, count: 3 });
      attention.clear();
      expect([...(title?.childNodes ?? [])]).to.deep.equal(nodes);
      expect(doc.title).to.equal('Customer 42');
    });

    it('keeps no piece of ours when the page writes around what it reads', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.show(CALL);
      doc.title = `* ${doc.title}`;
      await waitUntil(() => doc.title === OURS);
      attention.clear();
      expect(doc.title).to.equal('* Customer 42');
    });

    it('leaves no title where there was none, and an empty one empty', async () => {
      const without = await open('');
      without.attention.show(CALL);
      expect(without.doc.title).to.equal(OURS);
      without.attention.clear();
      expect(without.doc.querySelector('title')).to.equal(null);
      const empty = await open('<title></title>');
      empty.attention.show(CALL);
      empty.attention.clear();
      expect(empty.doc.querySelector('title')?.childNodes).to.have.length(0);
    });

    it('stands still for those who want less motion', async function () {
      if (!navigator.userAgent.includes('Chrome')) this.skip();
      await emulateMedia({ reducedMotion: 'reduce' });
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.show(CALL);
      expect(doc.title).to.equal('(2) Customer 42');
      await emulateMedia({ reducedMotion: 'no-preference' });
    });
  });

  describe('of several callers', () => {
    it('adds up, and ends with the last of them', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      const other = createPageAttention(doc);
      callers.push(other);
      attention.show(CALL);
      other.show({ count: 1, text: 'Omar is waiting' });
      expect(doc.title).to.equal('(3) Omar is waiting');
      other.show({ count: 0, text: '' });
      expect(doc.title).to.equal(OURS);
      attention.clear();
      expect(doc.title).to.equal('Customer 42');
    });

    it('does not mind being ended without having begun', async () => {
      const { doc, attention } = await open('<title>Customer 42</title>');
      attention.clear();
      expect(doc.title).to.equal('Customer 42');
    });
  });

  describe('in the icon', () => {
    const icons = (doc: Document): readonly string[] =>
      [...doc.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')].map(({ href }) => href);

    it('has a mark, behind the links of the page, and then is the page’s own again', async () => {
      const own = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
      const { doc, attention } = await open(`<link rel="icon" href="${own}">`);
      const before = doc.head.innerHTML;
      attention.show(CALL);
      await waitUntil(() => icons(doc).length === 2);
      expect(icons(doc)[1]).to.match(/^data:image\/png/);
      attention.clear();
      expect(doc.head.innerHTML.replace(/<title>.*<\/title>/, '')).to.equal(before);
    });

    it('never appears when the call ended while it was being drawn', async () => {
      const { doc, attention } = await open('<link rel="icon" href="data:,">');
      attention.show(CALL);
      attention.clear();
      attention.show(CALL);
      await waitUntil(() => icons(doc).length > 1);
      attention.clear();
      expect(icons(doc)).to.deep.equal(['data:,']);
    });
  });

  it('puts the number on the badge, where there is one', async () => {
    const { doc, attention } = await open('<title>Customer 42</title>');
    const badge: (number | undefined)[] = [];
    const navigator = doc.defaultView?.navigator;
    if (!navigator) throw new Error('The frame has no window.');
    const record = async (count?: number): Promise<void> => {
      badge.push(count);
      throw new Error('Not allowed here.');
    };
    Object.assign(navigator, { setAppBadge: record, clearAppBadge: () => record() });
    attention.show(CALL);
    attention.clear();
    expect(badge).to.deep.equal([2, undefined]);
  });
});
