import { TEAM_WORKBIN, personalWorkbin } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import type { Probe } from './probe.js';
import { newId } from './probe.js';
import type { Case } from './scene.js';

/** The life of an interaction, from the offer to Done. */
export const LIFE_CASES: readonly Case[] = [
  {
    name: 'what a contact writes is offered to an agent who is ready, and to nobody else',
    run: async (scene) => {
      const desk = await scene.online();
      await desk.does('set-agent-status', { status: 'not-ready', reason: 'Lunch' });
      expectSame(desk.state.agent?.reason, 'Lunch', 'The reason');
      await scene.harness.contactWrites('Hello', 'Zoe');
      await desk.does('set-agent-status', { status: 'not-ready', reason: 'Still lunch' });
      expectSame(desk.state.interactions.size, 0, 'How much an agent has who is not ready');
      await desk.does('set-agent-status', { status: 'ready', reason: null });
      const offered = await desk.until('an offer', () => desk.find('Zoe'));
      expectSame(offered.state, 'offered', 'The state of the interaction');
      expectSame(offered.offer?.agent, desk.welcome.agent.id, 'To whom it is offered');
      expectSame(offered.lastMessage?.text, 'Hello', 'The last message');
      expectSame(offered.pendency?.count, 1, 'How many messages wait');
    },
  },
  {
    name: 'an accepted interaction is on the desk and brings what the contact writes',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      expectSame(desk.interaction(id).agent, desk.welcome.agent.id, 'Whose it is');
      expectSame(desk.interaction(id).offer, null, 'The offer');
      await scene.harness.contactWrites('Are you there?', 'Zoe');
      await desk.until('the message', () => desk.interaction(id).pendency?.count === 2);
      expectSame(desk.interaction(id).lastMessage?.text, 'Are you there?', 'The last message');
    },
  },
  {
    name: 'a rejected interaction leaves the desk',
    run: async (scene) => {
      const desk = await scene.ready();
      await scene.harness.contactWrites('Hello', 'Zoe');
      const { id } = await desk.until('an offer', () => desk.find('Zoe'));
      await desk.does('reject-interaction', { interaction: id });
      expect(!desk.state.interactions.has(id), 'What was rejected is not on the desk.');
    },
  },
  {
    name: 'what rings at an agent who is no longer ready stops ringing',
    run: async (scene) => {
      const desk = await scene.ready();
      await scene.harness.contactWrites('Hello', 'Zoe');
      await desk.until('an offer', () => desk.find('Zoe'));
      await desk.does('set-agent-status', { status: 'not-ready', reason: null });
      await desk.until('the end of the offer', () => !desk.find('Zoe'));
    },
  },
  {
    name: 'a message carries the id of its command, answers the contact, and its delivery comes back',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const command = newId();
      const content = { kind: 'text', text: 'Hello *Zoe* 👋🏽\nمرحبا' } as const;
      await desk.does('send-message', { interaction: id, content }, { id: command });
      const message = desk.eventsOf('message-sent').at(-1)?.body.message;
      expectSame(message?.clientId, command, 'The client id');
      expectSame(message?.content, content, 'The content');
      expectSame(message?.author?.id, desk.welcome.agent.id, 'The author');
      expectSame(desk.interaction(id).pendency, null, 'The pendency');
      await desk.until('news of the delivery', () =>
        desk.eventsOf('delivery-changed').some(({ body }) => body.message === message?.id),
      );
    },
  },
  {
    name: 'a parked interaction leaves the desk for the workbin, and is taken back from there',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      for (const workbin of [TEAM_WORKBIN, personalWorkbin(desk.welcome.agent.id)]) {
        await desk.does('move-to-workbin', { interaction: id, workbin });
        expect(!desk.state.interactions.has(id), 'What is parked is not on the desk.');
        expectSame(desk.state.workbins.get(workbin)?.count, 1, `The count of ${workbin}`);
        const query = { name: 'workbin', args: { workbin, after: null, limit: 10 } } as const;
        const page = await desk.query(query);
        expectSame(
          page.items.map((parked) => parked.id),
          [id],
          `What lies in ${workbin}`,
        );
        await desk.does('open-interaction', { interaction: id });
        expectSame(desk.interaction(id).state, 'active', 'The state of the interaction');
        expectSame(desk.state.workbins.get(workbin)?.count, 0, `The count of ${workbin}`);
      }
    },
  },
  {
    name: 'a parked interaction comes back when the contact writes',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      await desk.does('move-to-workbin', { interaction: id, workbin: TEAM_WORKBIN });
      await scene.harness.contactWrites('One more thing', 'Zoe');
      const offered = await desk.until('an offer', () => desk.find('Zoe'));
      expectSame([offered.id, offered.state], [id, 'offered'], 'What is offered');
      expectSame(desk.state.workbins.get(TEAM_WORKBIN)?.count, 0, 'The count of the workbin');
    },
  },
  {
    name: 'after Done the contact begins a new interaction, which knows the one before',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      await desk.does('mark-done', { interaction: id });
      expect(!desk.state.interactions.has(id), 'What is done is not on the desk.');
      const next = await scene.accepted('Zoe', desk);
      expect(next.id !== id, 'What is done stays done.');
      expectSame(await earlierOf(desk, next.id), id, 'The interaction before');
      const page = await desk.query(transcript(id));
      const texts = page.items.flatMap((item) => (item.kind === 'message' ? [item.message.content] : []));
      expectSame(texts, [{ kind: 'text', text: 'Hello from Zoe' }], 'The transcript of the one before');
    },
  },
  {
    name: 'contacts do not mix',
    run: async (scene) => {
      const { desk, id } = await scene.accepted('Zoe');
      const other = await scene.accepted('Yan', desk);
      expect(other.id !== id, 'Two contacts have two interactions.');
      await desk.does('mark-done', { interaction: id });
      expectSame([...desk.state.interactions.keys()], [other.id], 'What is left');
    },
  },
];

function transcript(interaction: string) {
  return { name: 'transcript', args: { interaction, before: null, limit: 50 } } as const;
}

async function earlierOf(desk: Probe, interaction: string): Promise<string | null> {
  const { next } = await desk.query(transcript(interaction));
  return next?.interaction ?? null;
}
