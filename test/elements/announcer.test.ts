import { expect } from '@open-wc/testing';
import { announce } from '../../src/elements/base/index.js';
import { waitUntil } from '../support/wait-until.js';

const regions = (): Element[] => [...document.querySelectorAll('[aria-live=polite]')];

describe('announce', () => {
  it('makes no region before there is something to say', () => {
    expect(regions()).to.have.length(0);
  });

  it('says things from one region that nobody sees', async () => {
    announce('Amina is waiting.', { locale: 'en', direction: 'ltr' });
    announce('Berta is waiting.');
    await waitUntil(() => regions()[0]?.textContent === 'Amina is waiting.Berta is waiting.');
    expect(regions()).to.have.length(1);
    const box = regions()[0]?.getBoundingClientRect();
    expect([box?.width, box?.height]).to.deep.equal([1, 1]);
    expect(regions()[0]?.firstElementChild).to.have.attribute('lang', 'en');
  });

  describe('while a modal dialog of the page is open', () => {
    const heard = (dialog: Element): Element | null => dialog.querySelector('[aria-live=polite]');
    let host: HTMLElement;
    beforeEach(() => document.body.append((host = document.createElement('div'))));
    afterEach(() => host.remove());

    function open(root: Node): HTMLDialogElement {
      const dialog = document.createElement('dialog');
      dialog.append(document.createElement('button'));
      root.appendChild(dialog);
      dialog.showModal();
      return dialog;
    }

    it('says things where they are heard, and on the page again when it is closed', async () => {
      const dialog = open(host);
      announce('Behind the dialog.');
      await waitUntil(() => heard(dialog)?.textContent === 'Behind the dialog.');
      expect(regions()).to.have.length(1);
      dialog.close();
      announce('On the page again.');
      await waitUntil(() => regions()[0]?.textContent === 'On the page again.');
      expect(regions()[0]?.parentElement).to.equal(document.body);
      expect(heard(dialog)).to.equal(null);
    });

    it('says things in the upper one of two', async () => {
      open(host);
      const upper = open(host);
      announce('Over both.');
      await waitUntil(() => heard(upper)?.textContent === 'Over both.');
    });

    it('finds one in a shadow tree by the focus', async () => {
      const dialog = open(host.attachShadow({ mode: 'open' }));
      announce('In the shadow.');
      await waitUntil(() => heard(dialog)?.textContent === 'In the shadow.');
    });

    it('does not lose what was about to be said when it opens', async () => {
      announce('A moment before.');
      const dialog = open(host);
      announce('A moment after.');
      await waitUntil(() => heard(dialog)?.textContent === 'A moment before.A moment after.');
    });
  });

  describe('while a modal dialog that the page has made is open', () => {
    let host: HTMLElement;
    let opened = 0;
    beforeEach(async () => {
      document.body.append((host = document.createElement('div')));
      announce('Before it.', null, `test ${opened++}`);
      await waitUntil(() => regions()[0]?.textContent?.includes('Before it.'));
    });
    afterEach(() => {
      host.remove();
      for (const child of document.body.children) {
        child.removeAttribute('inert');
        child.removeAttribute('aria-hidden');
      }
    });

    function open(modal: 'true' | 'false' = 'true'): HTMLElement {
      const dialog = document.createElement('div');
      dialog.setAttribute('role', 'dialog');
      dialog.setAttribute('aria-modal', modal);
      dialog.append(document.createElement('button'));
      host.append(dialog);
      return dialog;
    }

    const heard = (text: string): Element[] =>
      regions().filter(
        (one) => one.textContent?.includes(text) && !one.closest('[inert], [aria-hidden=true]'),
      );

    for (const [attribute, value] of [
      ['inert', ''],
      ['aria-hidden', 'true'],
    ] as const) {
      it(`says things where they are heard when all else on the page is ${attribute}`, async () => {
        open('false').querySelector('button')?.focus();
        for (const child of document.body.children) if (child !== host) child.setAttribute(attribute, value);
        announce(`Over what is ${attribute}.`);
        await waitUntil(() => heard(`Over what is ${attribute}.`).length === 1);
        expect(regions()).to.have.length(1);
      });
    }

    it('says things in the one with the focus, and on the page again when it is closed', async () => {
      const dialog = open();
      open();
      dialog.querySelector('button')?.focus();
      announce('In the one in front.');
      await waitUntil(() => heard('In the one in front.').length === 1);
      expect(dialog.contains(heard('In the one in front.')[0] ?? null)).to.equal(true);
      host.hidden = true;
      announce('Beside the closed one.');
      await waitUntil(() => heard('Beside the closed one.')[0]?.parentElement === document.body);
    });

    it('says things in the one that is open, wherever the focus is', async () => {
      const dialog = open();
      open().hidden = true;
      announce('Without the focus.');
      await waitUntil(() => heard('Without the focus.')[0]?.parentElement === dialog);
    });
  });

  it('says the same words twice when they tell of two events', async () => {
    announce('Fatma: ok', null, 'first');
    announce('Fatma: ok', null, 'first');
    announce('Fatma: ok', null, 'second');
    announce('The last of three.');
    await waitUntil(() => regions()[0]?.textContent?.includes('The last of three.'));
    expect(regions()[0]?.textContent?.match(/Fatma/g)).to.have.length(2);
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
