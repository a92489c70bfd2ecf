import { expect, nextFrame } from '@open-wc/testing';
import type { LitElement } from 'lit';
import type { Workspace } from '../../src/context/index.js';
import type { Transcript } from '../../src/model/index.js';
import { DEFAULT_POLICY, mediaContent, messageItem } from '../../src/model/index.js';
import { aContact, aMessage, anInteraction } from '../support/builders.js';
import { FakeVoice } from '../support/fake-voice.js';
import '../support/all-elements.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { isAtRest, leftovers } from '../support/leftovers.js';
import { byRole, getByRole } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

/** What one mount leaves shows after a few; the many that show a slow growth are mounted in one engine. */
const TIMES = navigator.userAgent.includes('Chrome') ? 200 : 30;
/** Of what takes a tenth of a second to show. */
const HEAVY: Readonly<Record<string, number>> = { 'whatsapp-emoji-picker': 10 };

const timesOf = (tag: string): number => HEAVY[tag] ?? TIMES;
const ITEMS = [messageItem(aMessage())];
const OFFER = { mine: true, unavailable: null, features: ['send-reaction'], policy: DEFAULT_POLICY };

type Mounted = LitElement & { workspace?: Workspace | null; [name: string]: unknown };

const transcript = (): Transcript => workspace.transcript('interaction-1').value.transcript;

/** What each element needs to show something that lives: time that passes, a list, a conversation. */
const SETTINGS: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  'agent-settings': () => ({}),
  'agent-status': () => ({}),
  'attachment-tray': () => ({
    attachments: [
      { id: 'f1', name: 'a.pdf', as: 'document', mimeType: 'application/pdf', bytes: 9, caption: '' },
    ],
  }),
  'composer-menu': () => ({ features: ['send-location'] }),
  'connection-status': () => ({}),
  'elapsed-time': () => ({ since: Date.now() - 5_000 }),
  'interaction-bar': () => ({}),
  'message-actions': () => ({ message: aMessage(), offer: OFFER }),
  'message-editor': () => ({ kind: 'list' }),
  'transcript-export': () => ({ interaction: anInteraction() }),
  'transcript-search': () => ({ interaction: 'interaction-1' }),
  'message-forward': () => ({ message: aMessage(), from: 'interaction-1' }),
  'message-quote': () => ({ message: aMessage(), removable: true }),
  'notification-editor': () => ({ interaction: 'interaction-1' }),
  'pending-indicator': () => ({ since: Date.now() - 5_000 }),
  'response-picker': () => ({ interaction: 'interaction-1' }),
  'side-panel': () => ({ interaction: anInteraction() }),
  'voice-recorder': () => ({ voice: new FakeVoice() }),
  'whatsapp-composer': () => ({ value: 'Hello' }),
  'whatsapp-desk': () => ({}),
  'whatsapp-emoji-picker': () => ({}),
  'whatsapp-interaction': () => ({}),
  'whatsapp-media': () => ({
    content: mediaContent('image', { status: 'stored', media: { id: 'file-1' } }),
  }),
  'whatsapp-message': () => ({ message: aMessage() }),
  'whatsapp-transcript': () => ({ transcript: transcript() }),
  'workbin-list': () => ({}),
};

let workspace: FakeWorkspace;

function create(tag: string): Mounted {
  const element = document.createElement(tag) as Mounted;
  Object.assign(element, SETTINGS[tag]?.());
  if ('workspaceId' in element) element.workspace = workspace;
  return element;
}

async function mount(tag: string): Promise<void> {
  const element = create(tag);
  document.body.append(element);
  await element.updateComplete;
  // It is rendered once more when it is gone already.
  element.requestUpdate();
  element.remove();
}

/** Frames and timers that end by themselves are waited for; what is then too much is told by the comparison that follows. */
async function rested(): Promise<void> {
  await nextFrame();
  await waitUntil(isAtRest, 'rest').catch(() => null);
}

describe('What is left of an element that was on the page', function () {
  // Hundreds of mounts on a busy machine.
  this.timeout(60_000);

  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.connection$.next({ at: 'connecting', attempt: 1 });
    // More than are in sight, so that a bar has what many tiles need.
    workspace.setInteractions(
      anInteraction(),
      ...['b', 'c', 'd'].map((id) => anInteraction({ id, contact: aContact({ id: `contact-${id}` }) })),
    );
    workspace.setTranscript('interaction-1', ITEMS);
    workspace.setWorkbins({ id: 'personal:ana', name: 'Ana', owner: 'ana', count: 1 });
    workspace.setWorkbin('personal:ana', {
      interactions: [anInteraction({ id: 'p', state: 'parked', agent: null })],
      hasMore: true,
    });
    workspace.selected$.next('interaction-1');
  });

  for (const tag of Object.keys(SETTINGS)) {
    it(`is nothing: <${tag}>, ${timesOf(tag)} times`, async () => {
      // What serves the page for good is made by the first one.
      await mount(tag);
      await waitUntil(isAtRest);
      const before = leftovers();
      for (let i = 0; i < timesOf(tag); i++) {
        // oxlint-disable-next-line no-await-in-loop -- One after the other.
        await mount(tag);
      }
      await rested();
      expect(leftovers()).to.equal(before);
      expect(workspace.observed).to.equal(false);
    });

    it(`is nothing: <${tag}>, put in and taken out in one task`, async () => {
      await mount(tag);
      await waitUntil(isAtRest);
      const before = leftovers();
      for (let i = 0; i < timesOf(tag); i++) {
        const element = create(tag);
        document.body.append(element);
        element.remove();
      }
      await rested();
      expect(leftovers()).to.equal(before);
      expect(workspace.observed).to.equal(false);
    });
  }

  it(`is nothing: a menu that is open, ${TIMES} times`, async () => {
    const open = async (): Promise<void> => {
      const element = create('agent-status');
      document.body.append(element);
      await element.updateComplete;
      getByRole(element, 'button').click();
      await element.updateComplete;
      expect(byRole(element, 'menu')).to.be.instanceOf(HTMLElement);
      element.remove();
    };
    await open();
    await waitUntil(isAtRest);
    const before = leftovers();
    for (let i = 0; i < TIMES; i++) {
      // oxlint-disable-next-line no-await-in-loop -- One after the other.
      await open();
    }
    await rested();
    expect(leftovers()).to.equal(before);
    expect(workspace.observed).to.equal(false);
  });
});
