import { expect } from '@open-wc/testing';
import { css } from 'lit';
import type { ReactiveController } from 'lit';
import { LoadsOnDemand, OnDemand } from '../../src/elements/whatsapp-message/on-demand.js';

/** A host that is rendered by hand; `uses` is what its rendering asks for. */
class Host {
  controller: ReactiveController | null = null;
  requested = 0;
  readonly shadowRoot = document.createElement('div').attachShadow({ mode: 'open' });
  readonly updateComplete = Promise.resolve(true);

  addController(controller: ReactiveController): void {
    this.controller = controller;
  }

  removeController(): void {
    this.controller = null;
  }

  requestUpdate(): void {
    this.requested++;
  }

  render(uses: () => unknown): unknown {
    this.controller?.hostUpdate?.();
    const shown = uses();
    this.controller?.hostUpdated?.();
    return shown;
  }
}

describe('modules on demand', () => {
  it('are loaded by the first rendering that asks for them, and rendered again when they are there', async () => {
    let loads = 0;
    const part = new OnDemand(async () => ({ name: `module ${++loads}` }));
    const host = new Host();
    const loading = new LoadsOnDemand(host, [part]);
    host.render(() => 'nothing of it');
    expect([loading.loading, loads]).to.deep.equal([null, 0]);
    expect(host.render(() => part.get())).to.equal(null);
    await loading.loading;
    expect([host.requested, loading.loading]).to.deep.equal([1, null]);
    expect(host.render(() => part.get())).to.deep.equal({ name: 'module 1' });
    expect([loading.loading, loads]).to.deep.equal([null, 1]);
  });

  it('that cannot be had do not render again and again, and are tried again by the next rendering', async () => {
    let loads = 0;
    const part = new OnDemand(async () => {
      if (++loads === 1) throw new Error('no network');
      return { name: 'module' };
    });
    const host = new Host();
    const loading = new LoadsOnDemand(host, [part]);
    host.render(() => part.get());
    await loading.loading;
    expect(host.requested).to.equal(0);
    expect(host.render(() => part.get())).to.equal(null);
    await loading.loading;
    expect(host.requested).to.equal(1);
    expect(host.render(() => part.get())).to.deep.equal({ name: 'module' });
  });

  it('give their styles, once, to each host whose rendering uses them, and to no other', async () => {
    const part = new OnDemand(async () => ({
      styles: css`
        :host {
          color: red;
        }
      `,
    }));
    const [user, other, late] = [new Host(), new Host(), new Host()];
    const loading = new LoadsOnDemand(user, [part]);
    new LoadsOnDemand(other, [part]);
    new LoadsOnDemand(late, [part]);
    user.render(() => part.get());
    expect(user.shadowRoot.adoptedStyleSheets).to.have.length(0);
    await loading.loading;
    for (const host of [user, user, late]) host.render(() => part.get());
    other.render(() => 'nothing of it');
    expect([user, other, late].map(({ shadowRoot }) => shadowRoot.adoptedStyleSheets.length)).to.deep.equal([
      1, 0, 1,
    ]);
  });
});
