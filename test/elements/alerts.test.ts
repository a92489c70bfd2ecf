import { expect } from '@open-wc/testing';
import type { Subscription } from 'rxjs';
import { alertAgent } from '../../src/elements/whatsapp-workspace/alerts.js';
import { english } from '../../src/i18n/index.js';
import { aContact, anInteraction } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';

const LONG = 'chair '.repeat(100);

interface Shown {
  readonly title: string;
  readonly body: string | undefined;
  press(): void;
}

let shown: Shown[] = [];
let sounds = 0;

class FakeNotification extends EventTarget {
  static readonly permission = 'granted';
  constructor(title: string, { body }: NotificationOptions) {
    super();
    shown.push({ title, body, press: () => this.dispatchEvent(new Event('click')) });
  }
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

class SilentContext {
  constructor() {
    sounds++;
    throw new Error('Counted, and not heard.');
  }
}

const originals = { Notification: globalThis.Notification, AudioContext: globalThis.AudioContext };
const masha = anInteraction({
  contact: aContact({ name: 'Masha' }),
  lastMessage: { id: 'message-1', at: 1, direction: 'inbound', kind: 'text', text: LONG },
});

let workspace: FakeWorkspace;
let host: EventTarget;
let alerting: Subscription;

const message = (): void => workspace.alerts$.next({ kind: 'message', interaction: masha });

describe('how an agent hears of what is new', () => {
  beforeEach(() => {
    shown = [];
    sounds = 0;
    Object.assign(globalThis, { Notification: FakeNotification, AudioContext: SilentContext });
    Object.defineProperty(navigator, 'userActivation', {
      value: { hasBeenActive: true },
      configurable: true,
    });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    workspace = new FakeWorkspace();
    workspace.setInteractions(masha);
    host = new EventTarget();
    alerting = alertAgent(host, workspace, { localizer: english() }).subscribe();
  });
  afterEach(() => {
    alerting.unsubscribe();
    Object.assign(globalThis, originals);
    Reflect.deleteProperty(navigator, 'userActivation');
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it('is as was chosen, and changes with it', () => {
    message();
    expect([shown.length, sounds]).to.deep.equal([0, 0]);
    expect(workspace.alerts$.observed).to.equal(false);
    workspace.changeSettings({ notifications: true });
    message();
    expect([shown.length, sounds]).to.deep.equal([1, 0]);
    workspace.changeSettings({ notifications: false, sound: true });
    message();
    expect([shown.length, sounds]).to.deep.equal([1, 1]);
    workspace.changeSettings({ sound: false });
    message();
    expect([shown.length, sounds]).to.deep.equal([1, 1]);
  });

  it('is one sound for what comes at once', () => {
    workspace.changeSettings({ sound: true });
    message();
    message();
    workspace.alerts$.next({ kind: 'invitation', interaction: masha });
    expect(sounds).to.equal(1);
  });

  it('is a name and the first words', () => {
    workspace.changeSettings({ notifications: true });
    message();
    workspace.alerts$.next({ kind: 'invitation', interaction: masha });
    expect(shown.map(({ title }) => title)).to.deep.equal(['Masha', 'New interaction: Masha.']);
    expect(shown[0]?.body).to.match(/^chair chair .*…$/);
    expect(shown[0]?.body?.length).to.be.below(100);
  });

  it('leads to the conversation, unless the page has a veto', () => {
    workspace.changeSettings({ notifications: true });
    message();
    const veto = (event: Event): void => event.preventDefault();
    host.addEventListener('interaction-select', veto);
    shown[0]?.press();
    expect(workspace.selected$.value).to.equal(null);
    host.removeEventListener('interaction-select', veto);
    shown[0]?.press();
    expect(workspace.selected$.value).to.equal(masha.id);
  });

  it('leads nowhere but to the page where the conversation is not on the desk any more, or not yet', () => {
    workspace.changeSettings({ notifications: true });
    workspace.setInteractions({ ...masha, state: 'offered', agent: null });
    message();
    shown[0]?.press();
    workspace.setInteractions();
    shown[0]?.press();
    expect(workspace.selected$.value).to.equal(null);
  });
});
