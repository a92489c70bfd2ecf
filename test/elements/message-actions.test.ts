import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/message-actions.js';
import '../../src/define/message-forward.js';
import '../../src/define/message-quote.js';
import '../../src/define/whatsapp-interaction.js';
import '../../src/define/whatsapp-transcript.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import { mediaContent, messageItem, NO_CONTEXT } from '../../src/model/index.js';
import type { OutboxItem, TranscriptItem } from '../../src/model/index.js';
import { NOON, aContact, aMessage, anInteraction, anOutboxItem, aReply } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ID = 'interaction-1';
const ALL = ['send-text', 'send-media', 'send-reaction', 'forward-media'];
// WhatsApp takes reactions to what is not old: by the browser's clock.
const NOW = Date.now();

const ITEMS: readonly TranscriptItem[] = [
  messageItem(aMessage({ id: 'm1', at: NOW - 50_000, content: { kind: 'text', text: 'Where is it?' } })),
  messageItem(
    aReply({
      id: 'm2',
      at: NOW - 40_000,
      content: { kind: 'text', text: 'On its way' },
      delivery: { state: 'read', at: NOON, error: null },
    }),
  ),
  messageItem(
    aMessage({
      id: 'm3',
      at: NOW - 30_000,
      content: { kind: 'text', text: 'Thank you' },
      context: { ...NO_CONTEXT, reply: true, replyTo: 'm2' },
    }),
  ),
];

function desk(items = ITEMS, features = ALL): FakeWorkspace {
  const workspace = new FakeWorkspace();
  workspace.patch({ features });
  workspace.setInteractions(anInteraction());
  workspace.setTranscript(ID, items);
  workspace.selected$.next(ID);
  return workspace;
}

async function shown(workspace: FakeWorkspace): Promise<WhatsAppInteraction> {
  const element = await fixture<WhatsAppInteraction>(
    html`<whatsapp-interaction
      .workspace=${workspace}
      style="block-size: 480px; inline-size: 600px"
    ></whatsapp-interaction>`,
  );
  await element.updateComplete;
  await waitUntil(() => messages(element).length > 0);
  return element;
}

const transcriptOf = (element: WhatsAppInteraction) => {
  const transcript = element.shadowRoot?.querySelector('whatsapp-transcript');
  if (!transcript) throw new Error('There is no transcript.');
  return transcript;
};
const messages = (element: WhatsAppInteraction) => [
  ...(transcriptOf(element).shadowRoot?.querySelectorAll('whatsapp-message') ?? []),
];

/** Whether the focus is on a message, in it, or on its row. */
const isFocused = (element: WhatsAppInteraction, index: number): boolean =>
  messages(element)
    [index]?.closest('.row')
    ?.contains(transcriptOf(element).shadowRoot?.activeElement ?? null) === true;

/** The pointer comes to a message. Returns its actions. */
async function over(element: WhatsAppInteraction, index: number): Promise<HTMLElement> {
  const message = messages(element)[index];
  await message?.updateComplete;
  message?.dispatchEvent(new PointerEvent('pointerenter'));
  message?.focus();
  const find = () => message?.shadowRoot?.querySelector('message-actions');
  await waitUntil(() => find()?.shadowRoot?.querySelector('.bar button'));
  return find() as HTMLElement;
}

describe('what is done with a message', () => {
  it('is not there before the pointer or the focus is', async () => {
    const element = await shown(desk());
    expect(messages(element).some((one) => one.shadowRoot?.querySelector('message-actions'))).to.equal(false);
  });

  it('an answer: the message stands above the text until Escape or its button takes it away', async () => {
    const workspace = desk();
    const element = await shown(workspace);
    getByRole(await over(element, 0), 'button', 'Reply').click();
    expect(workspace.draft(ID).value.replyTo).to.equal('m1');
    await waitUntil(() => byRole(element, 'button', 'Cancel reply'));
    const composer = element.shadowRoot?.querySelector('whatsapp-composer');
    expect(deepActiveElement()?.localName).to.equal('textarea');
    expect(shadowText(composer?.querySelector('message-quote') as Element)).to.equal(
      'Masha Ivanova Where is it?',
    );
    await sendKeys({ press: 'Escape' });
    expect(workspace.draft(ID).value.replyTo).to.equal(null);
    getByRole(await over(element, 0), 'button', 'Reply').click();
    await waitUntil(() => byRole(element, 'button', 'Cancel reply'));
    getByRole(element, 'button', 'Cancel reply').click();
    expect(workspace.draft(ID).value.replyTo).to.equal(null);
    await waitUntil(() => !byRole(element, 'button', 'Cancel reply'));
  });

  it('a reaction: one of six, or any other, and the same again takes it back', async () => {
    const workspace = desk();
    const element = await shown(workspace);
    const actions = await over(element, 0);
    getByRole(actions, 'button', 'React').click();
    await waitUntil(() => byRole(actions, 'button', '👍'));
    expect(allByRole(getByRole(actions, 'dialog', 'React'), 'button').length).to.equal(7);
    getByRole(actions, 'button', '👍').click();
    expect(workspace.calls.at(-1)).to.deep.equal([
      'sendContent',
      ID,
      { kind: 'reaction', message: 'm1', emoji: '👍' },
    ]);
    const reaction = { by: { id: 'ana', name: 'Ana Silva' }, emoji: '👍', at: NOW };
    const [first, ...rest] = ITEMS;
    const reacted = messageItem(aMessage({ id: 'm1', at: NOW - 50_000, rev: 1, reactions: [reaction] }));
    expect(first).not.to.equal(undefined);
    workspace.setTranscript(ID, [reacted, ...rest]);
    await waitUntil(() => shadowText(messages(element)[0] as Element).includes('👍 from You'));
    getByRole(actions, 'button', 'React').click();
    await waitUntil(() => byRole(actions, 'button', '👍')?.getAttribute('aria-pressed') === 'true');
    getByRole(actions, 'button', '👍').click();
    expect(workspace.calls.at(-1)?.[2]).to.deep.equal({ kind: 'reaction', message: 'm1', emoji: null });
  });

  it('shows a reaction at once, and of one that failed says so, with a way to try again', async () => {
    const workspace = desk();
    const element = await shown(workspace);
    const item: OutboxItem = anOutboxItem({
      clientId: 'r1',
      body: { kind: 'reaction', message: 'm1', emoji: '🎉' },
    });
    workspace.outbox$.next([item]);
    const message = messages(element)[0] as Element;
    await waitUntil(() => shadowText(message).includes('🎉 from You'));
    expect(messages(element).length).to.equal(3, 'It is no message of its own.');
    const step = { at: 'failed', cause: 'refusal', kind: 'window-closed', sentence: '' } as const;
    workspace.outbox$.next([{ ...item, step }]);
    await waitUntil(() => shadowText(message).includes('Your reaction was not sent.'));
    getByRole(message, 'button', 'Try again').click();
    expect(workspace.calls).to.deep.include(['discard', 'r1']);
    expect(workspace.calls.at(-1)?.[2]).to.deep.equal({ kind: 'reaction', message: 'm1', emoji: '🎉' });
  });

  it('offers what the contact centre has, and says why nothing can be sent now', async () => {
    const workspace = desk(ITEMS, ['send-text']);
    const element = await shown(workspace);
    const actions = await over(element, 0);
    expect(byRole(actions, 'button', 'React')).to.equal(null);
    workspace.patch({ features: ALL });
    await waitUntil(() => byRole(actions, 'button', 'React'));
    expect(byRole(await over(element, 1), 'button', 'React')).to.equal(null, 'Not to what we wrote.');
    workspace.setInteractions(anInteraction({ windowClosesAt: NOON - 1 }));
    await over(element, 0);
    await waitUntil(() => getByRole(actions, 'button', 'React').ariaDisabled === 'true');
    expect(getByRole(actions, 'button', 'Reply').title).to.include('WhatsApp delivers no free text');
    getByRole(actions, 'button', 'Reply').click();
    expect(workspace.draft(ID).value.replyTo).to.equal(null);
  });

  it('leads by keys from message to message, and into their actions', async () => {
    const element = await shown(desk());
    transcriptOf(element).shadowRoot?.querySelector<HTMLElement>('.scroller')?.focus();
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => isFocused(element, 2));
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => isFocused(element, 1));
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() =>
      messages(element)[0]?.shadowRoot?.querySelector('message-actions')?.shadowRoot?.querySelector('button'),
    );
    await sendKeys({ press: 'Tab' });
    await waitUntil(() => nameOf(deepActiveElement() as Element) === 'Reply');
    await sendKeys({ press: 'ArrowRight' });
    expect(nameOf(deepActiveElement() as Element)).to.equal('React');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => deepActiveElement()?.textContent?.trim() === '👍');
    await sendKeys({ press: 'Escape' });
    expect(nameOf(deepActiveElement() as Element)).to.equal('React');
  });

  it('shows what a message answers, and leads there', async () => {
    const element = await shown(desk());
    const answer = messages(element)[2] as Element;
    await waitUntil(() => shadowText(answer).includes('You On its way'));
    getByRole(answer, 'button', /On its way/).click();
    await waitUntil(() => isFocused(element, 1));
  });

  it('sends a message on to another open conversation, and says where it went', async () => {
    const workspace = desk();
    const to = (id: string, name: string, more = {}) =>
      anInteraction({ id, contact: aContact({ id, name }), ...more });
    workspace.setInteractions(
      anInteraction(),
      to('i2', 'Omar'),
      to('i3', 'Closed', { windowClosesAt: NOON - 1 }),
      to('i4', 'Ringing', { state: 'offered', agent: null }),
    );
    const element = await shown(workspace);
    const actions = await over(element, 0);
    getByRole(actions, 'button', 'More actions for this message').click();
    await waitUntil(() => byRole(actions, 'menuitem', 'Forward'));
    getByRole(actions, 'menuitem', 'Forward').click();
    await waitUntil(() => byRole(element, 'option', 'Omar'));
    expect(allByRole(element, 'option').map(nameOf)).to.deep.equal(['Omar']);
    getByRole(element, 'option', 'Omar').click();
    const forward = () => getByRole(element, 'button', 'Forward') as HTMLButtonElement;
    await waitUntil(() => !forward().disabled);
    forward().click();
    expect(workspace.calls.at(-1)).to.deep.equal([
      'sendContent',
      'i2',
      { kind: 'text', text: 'Where is it?' },
    ]);
    await waitUntil(() => byRole(element, 'button', 'Show'));
    getByRole(element, 'button', 'Show').click();
    expect(workspace.selected$.value).to.equal('i2');
  });

  it('sends a file on that the contact centre has, where it takes that', async () => {
    const photo = { media: { id: 'f1' }, status: 'stored', mimeType: 'image/jpeg', bytes: 99 } as const;
    const content = mediaContent('image', photo);
    const items = [messageItem(aMessage({ id: 'm1', at: NOW, content }))];
    const workspace = desk(items, ['send-media']);
    workspace.setInteractions(
      anInteraction(),
      anInteraction({ id: 'i2', contact: aContact({ id: 'c2', name: 'Omar' }) }),
    );
    const element = await shown(workspace);
    const actions = await over(element, 0);
    expect(byRole(actions, 'button', 'More actions for this message')).to.equal(null);
    workspace.patch({ features: ALL });
    await waitUntil(() => byRole(actions, 'button', 'More actions for this message'));
    getByRole(actions, 'button', 'More actions for this message').click();
    await waitUntil(() => byRole(actions, 'menuitem', 'Forward'));
    getByRole(actions, 'menuitem', 'Forward').click();
    await waitUntil(() => byRole(element, 'option', 'Omar'));
    getByRole(element, 'option', 'Omar').click();
    await waitUntil(() => !(getByRole(element, 'button', 'Forward') as HTMLButtonElement).disabled);
    getByRole(element, 'button', 'Forward').click();
    const body = workspace.calls.at(-1)?.[2];
    expect(body).to.deep.include({ kind: 'media', as: 'image', media: { id: 'f1' } });
  });
});
