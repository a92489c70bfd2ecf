import { ContextProvider } from '@lit/context';
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import type * as shared from '../../src/context/workspace-context.js';
import { Connected, fromState, workspaceContext, workspaceRegistry } from '../../src/context/index.js';
import type { Workspace } from '../../src/context/index.js';
import { anAgent } from '../support/builders.js';
import { VERSION } from '../../src/version.js';
import { FakeWorkspace } from '../support/fake-workspace.js';

class ConnectedProbe extends Connected(LitElement) {
  readonly agent = fromState(this, ({ agent }) => agent, null);
  renders = 0;

  protected override render(): unknown {
    this.renders++;
    return this.agent.value?.name ?? 'nobody';
  }
}
customElements.define('connected-probe', ConnectedProbe);

class ProviderProbe extends LitElement {
  readonly provider = new ContextProvider(this, { context: workspaceContext, initialValue: null });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  provide(workspace: Workspace | null): void {
    this.provider.setValue(workspace);
  }
}

function workspaceOf(name: string): FakeWorkspace {
  const workspace = new FakeWorkspace();
  workspace.patch({ agent: anAgent({ name }) });
  return workspace;
}

async function shown(element: Element | null): Promise<string> {
  const connected = element as ConnectedProbe;
  await connected.updateComplete;
  return connected.shadowRoot?.textContent ?? '';
}

const PROVIDER = {};
const child = (element: Element): Element => element.querySelector('connected-probe') as Element;

describe('Connected', () => {
  before(() => customElements.define('provider-probe', ProviderProbe));

  it('takes the workspace of the provider around it, and each later one', async () => {
    const around = await fixture<ProviderProbe>(
      html`<provider-probe
        ><div><connected-probe></connected-probe></div
      ></provider-probe>`,
    );
    expect(await shown(child(around))).to.equal('nobody');
    around.provide(workspaceOf('Ana'));
    expect(await shown(child(around))).to.equal('Ana');
    around.provide(workspaceOf('Ben'));
    expect(await shown(child(around))).to.equal('Ben');
    around.provide(null);
    expect(await shown(child(around))).to.equal('nobody');
  });

  it('finds a provider that is defined later', async () => {
    class LateProvider extends ProviderProbe {}
    const around = await fixture(html`<late-provider><connected-probe></connected-probe></late-provider>`);
    expect(await shown(child(around))).to.equal('nobody');
    customElements.define('late-provider', LateProvider);
    (around as LateProvider).provide(workspaceOf('Ana'));
    expect(await shown(child(around))).to.equal('Ana');
  });

  it('keeps the workspace of an id when a provider around it answers what it asked before', async () => {
    class TardyProvider extends ProviderProbe {}
    const around = await fixture(html`<tardy-provider><connected-probe></connected-probe></tardy-provider>`);
    const element = child(around);
    expect(await shown(element)).to.equal('nobody');
    workspaceRegistry.set('by-id', PROVIDER, workspaceOf('Ana'));
    element.setAttribute('workspace', 'by-id');
    expect(await shown(element)).to.equal('Ana');
    customElements.define('tardy-provider', TardyProvider);
    (around as TardyProvider).provide(workspaceOf('Ben'));
    expect(await shown(element)).to.equal('Ana');
    workspaceRegistry.set('by-id', PROVIDER, null);
  });

  it('follows its place: into a provider, to another one, and out', async () => {
    const page = await fixture(html`
      <div>
        <provider-probe id="one"></provider-probe>
        <provider-probe id="two"></provider-probe>
        <connected-probe></connected-probe>
      </div>
    `);
    const element = child(page);
    const [one, two] = page.querySelectorAll<ProviderProbe>('provider-probe');
    one?.provide(workspaceOf('Ana'));
    two?.provide(workspaceOf('Ben'));
    one?.append(element);
    expect(await shown(element)).to.equal('Ana');
    two?.append(element);
    expect(await shown(element)).to.equal('Ben');
    page.append(element);
    expect(await shown(element)).to.equal('nobody');
    one?.provide(workspaceOf('Zoe'));
    expect(await shown(element)).to.equal('nobody');
  });

  it('takes the workspace of an id, whichever comes first', async () => {
    const element = await fixture(html`<connected-probe workspace="front"></connected-probe>`);
    expect(await shown(element)).to.equal('nobody');
    workspaceRegistry.set('front', PROVIDER, workspaceOf('Ana'));
    expect(await shown(element)).to.equal('Ana');
    workspaceRegistry.set('back', PROVIDER, workspaceOf('Ben'));
    element.setAttribute('workspace', 'back');
    expect(await shown(element)).to.equal('Ben');
    workspaceRegistry.set('back', PROVIDER, null);
    expect(await shown(element)).to.equal('nobody');
    workspaceRegistry.set('front', PROVIDER, null);
  });

  it('takes the workspace of an id from another copy of the same version, and none of another version', async () => {
    // @ts-expect-error -- The bundler makes a second copy of it.
    const copy = (await import('../../src/context/workspace-context.js?copy')) as typeof shared;
    expect(copy.workspaceRegistry).not.to.equal(workspaceRegistry);
    copy.workspaceRegistry.set('front', PROVIDER, workspaceOf('Ana'));
    const element = await fixture(html`<connected-probe workspace="front"></connected-probe>`);
    expect(await shown(element)).to.equal('Ana');
    copy.workspaceRegistry.set('front', PROVIDER, null);
    expect(await shown(element)).to.equal('nobody');
    expect(copy.workspaceContext).to.equal(workspaceContext);
    expect((workspaceContext as unknown as symbol).description).to.contain(VERSION);
  });

  it('keeps the workspace of an id when a former provider of that id goes', async () => {
    const element = await fixture(html`<connected-probe workspace="front"></connected-probe>`);
    const former = {};
    workspaceRegistry.set('front', former, workspaceOf('Ana'));
    workspaceRegistry.set('front', PROVIDER, workspaceOf('Ben'));
    expect(await shown(element)).to.equal('Ben');
    workspaceRegistry.set('front', former, null);
    expect(await shown(element)).to.equal('Ben');
    workspaceRegistry.set('front', PROVIDER, null);
    expect(await shown(element)).to.equal('nobody');
  });

  it('takes an id that is set as the property, as some frameworks do, and lets go of it again', async () => {
    workspaceRegistry.set('front', PROVIDER, workspaceOf('Ana'));
    const element = await fixture<ConnectedProbe>(html`<connected-probe></connected-probe>`);
    element.workspace = 'front';
    expect(await shown(element)).to.equal('Ana');
    element.workspace = workspaceOf('Ben');
    expect(await shown(element)).to.equal('Ben');
    element.workspace = null;
    expect(await shown(element)).to.equal('nobody');
    element.setAttribute('workspace', 'front');
    element.workspace = null;
    expect(await shown(element)).to.equal('Ana');
    workspaceRegistry.set('front', PROVIDER, null);
  });

  it('takes an id rather than the provider around it', async () => {
    workspaceRegistry.set('front', PROVIDER, workspaceOf('Ana'));
    const around = await fixture<ProviderProbe>(
      html`<provider-probe><connected-probe workspace="front"></connected-probe></provider-probe>`,
    );
    around.provide(workspaceOf('Ben'));
    expect(await shown(child(around))).to.equal('Ana');
    child(around).removeAttribute('workspace');
    expect(await shown(child(around))).to.equal('Ben');
    workspaceRegistry.set('front', PROVIDER, null);
  });

  it('takes the property rather than anything else, also one that was set before the element was defined', async () => {
    class EarlyProbe extends ConnectedProbe {}
    const around = await fixture<ProviderProbe>(
      html`<provider-probe><early-probe></early-probe></provider-probe>`,
    );
    const element = around.querySelector('early-probe') as EarlyProbe;
    element.workspace = workspaceOf('Ana');
    customElements.define('early-probe', EarlyProbe);
    around.provide(workspaceOf('Ben'));
    expect(await shown(element)).to.equal('Ana');
    element.workspace = null;
    expect(await shown(element)).to.equal('Ben');
  });

  it('is not rendered by what does not concern it', async () => {
    const workspace = workspaceOf('Ana');
    const element = await fixture<ConnectedProbe>(
      html`<connected-probe .workspace=${workspace}></connected-probe>`,
    );
    const before = element.renders;
    workspace.setInteractions();
    workspace.patch({ epoch: 'another' });
    await element.updateComplete;
    expect(element.renders).to.equal(before);
  });

  it('leaves nothing behind when it goes', async () => {
    const workspace = workspaceOf('Ana');
    for (let i = 0; i < 20; i++) {
      const element = await fixture(html`<connected-probe .workspace=${workspace}></connected-probe>`);
      expect(workspace.observed).to.equal(true);
      element.remove();
      await Promise.resolve();
      expect(workspace.observed).to.equal(false);
    }
  });
});
