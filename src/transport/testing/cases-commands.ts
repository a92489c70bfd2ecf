import { NO_CONTEXT } from '../../model/index.js';
import type { Content, OutboundContent } from '../../model/index.js';
import { expect, expectSame } from './expect.js';
import type { Probe } from './probe.js';
import { expectRefusal, newId } from './probe.js';
import type { Case } from './scene.js';

const text = (words: string) => ({ kind: 'text', text: words }) as const;

/** Receipts, refusals, and that a command has its effect once. */
export const COMMAND_CASES: readonly Case[] = [
  {
    name: 'what cannot be is refused with a receipt, and the connection lives on',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const interaction = id;
      await expectRefusal(desk, 'not-found', 'mark-done', { interaction: 'nothing-of-this-name' });
      await expectRefusal(desk, 'text-empty', 'send-message', { interaction, content: text(' \n ') });
      const long = 'x'.repeat(desk.welcome.policy.textLimit + 1);
      await expectRefusal(desk, 'text-too-long', 'send-message', { interaction, content: text(long) });
      await expectRefusal(desk, 'offer-ended', 'accept-interaction', { interaction });
      await expectRefusal(desk, 'taken', 'open-interaction', { interaction });
      const attic = { interaction, workbin: 'no-workbin-of-this-name' };
      await expectRefusal(desk, 'not-found', 'move-to-workbin', attic);
      const workbin = 'personal:somebody-else';
      await expectRefusal(desk, 'not-yours', 'move-to-workbin', { interaction, workbin });
      const stale = desk.interaction(id).version - 1;
      const receipt = await desk.command('mark-done', { interaction }, { ifVersion: stale });
      expect(
        !receipt.ok && receipt.error.kind === 'conflict',
        'A command for an old version is refused: conflict.',
      );
      await desk.does('mark-done', { interaction });
      await expectRefusal(desk, 'not-found', 'send-message', { interaction, content: text('Too late') });
    },
  },
  {
    name: 'the same id twice has one effect and the same receipt',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const command = message(id, 'Once');
      const receipts = await Promise.all([desk.send(command), desk.send(command)]);
      receipts.push(await desk.send(command));
      for (const receipt of receipts) expectSame(receipt, receipts[0], 'The receipt');
      await desk.does('send-message', { interaction: id, content: text('Another') });
      expectSame(sent(desk, 'Once'), 1, 'How often the message was sent');
      const refused = { ...message('nothing-of-this-name', 'Never'), id: newId() };
      expectSame(await desk.send(refused), await desk.send(refused), 'The receipt of a refusal');
    },
  },
  {
    name: 'the same id for something else is refused',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const command = message(id, 'This');
      await desk.send(command);
      const receipt = await desk.send({ ...command, args: { interaction: id, content: text('That') } });
      expect(
        !receipt.ok && receipt.error.kind === 'id-reused',
        'An id is not used again for another command.',
      );
      await desk.does('send-message', { interaction: id, content: text('Another') });
      expectSame(sent(desk, 'That'), 0, 'How often the other message was sent');
    },
  },
  {
    name: 'the same id on another connection has one effect and the same receipt',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const other = await scene.online(scene.harness.otherAdapter);
      const command = message(id, 'Once');
      const [first, second] = await Promise.all([desk.send(command), other.send(command)]);
      expectSame(second, first, 'The receipt');
      await desk.does('send-message', { interaction: id, content: text('Another') });
      expectSame(sent(desk, 'Once'), 1, 'How often the message was sent');
    },
  },
  {
    name: 'a command whose receipt was lost is sent again after reconnecting: one effect',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const command = message(id, 'Once');
      await scene.harness.loseNextReceipt?.();
      const first = desk.send(command).catch(() => null);
      await desk.until('the effect', () => sent(desk, 'Once') === 1);
      await scene.harness.dropLink();
      expectSame(await desk.lost(), 'offline', 'The kind of the error');
      const before = await first;
      desk.connect(desk.cursor);
      await desk.until(
        'another welcome',
        () => desk.frames.filter(({ kind }) => kind === 'welcome').length === 2,
      );
      const receipt = await desk.send(command);
      expect(receipt.ok, 'A command that had its effect was carried out.');
      if (before) expectSame(receipt, before, 'The receipt');
      await desk.does('send-message', { interaction: id, content: text('Another') });
      expectSame(sent(desk, 'Once'), 1, 'How often the message was sent');
    },
  },
  {
    name: 'a command that the link was lost under may have had its effect: timeout',
    needs: ['loseNextReceipt'],
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      await scene.harness.loseNextReceipt?.();
      const outcome = desk.send(message(id, 'Once')).then(
        () => 'a receipt',
        (error: { kind?: string }) => error.kind,
      );
      await desk.until('the effect', () => sent(desk, 'Once') === 1);
      await scene.harness.dropLink();
      expectSame(await outcome, 'timeout', 'What became of the command');
    },
  },
  {
    name: 'messages are sent in the order of their commands',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const words = Array.from({ length: 15 }, (_, i) => `Line ${i}`);
      for (const line of words) await desk.does('send-message', { interaction: id, content: text(line) });
      const lines = desk.eventsOf('message-sent').map(({ body }) => body.message.content);
      expectSame(lines, words.map(text), 'The messages in the log');
    },
  },
  {
    name: 'an answer says which message it answers, in the log and on pages; a message of another contact is refused',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const other = await scene.accepted('Yan', desk);
      const [asked, ofAnother] = [desk.interaction(id), desk.interaction(other.id)].map(
        ({ lastMessage }) => lastMessage?.id ?? '',
      );
      const batch = { id: newId(), index: 0, of: 1 };
      const answer = { interaction: id, content: text('That one'), replyTo: asked };
      await desk.does('send-message', { ...answer, batch });
      const said = desk.eventsOf('message-sent').at(-1)?.body.message;
      expectSame(said?.context, { ...NO_CONTEXT, reply: true, replyTo: asked }, 'The context of the answer');
      expectSame(said?.batch, batch, 'The place of the answer among those that were sent together');
      const place = { interaction: id, before: null, limit: 1 };
      const { items } = await desk.query({ name: 'transcript', args: place });
      const shown = items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
      expectSame(
        shown.map(({ context, batch: together }) => ({ context, batch: together })),
        [{ context: said?.context, batch }],
        'The answer on a page',
      );
      for (const replyTo of [ofAnother, 'nothing-of-this-name'])
        await expectRefusal(desk, 'not-found', 'send-message', { ...answer, replyTo });
    },
  },
  {
    name: 'a place, a card and a question with buttons are in the log as they were sent, where the welcome has them; what WhatsApp would refuse is refused',
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      for (const { feature, content, shown, wrong } of COMPOSED) {
        if (desk.welcome.features?.includes(feature)) {
          await desk.does('send-message', { interaction, content });
          const said = desk.eventsOf('message-sent').at(-1)?.body.message.content;
          expectSame(said, shown, `What the log has of ${content.kind}`);
          if (wrong) await expectRefusal(desk, 'invalid', 'send-message', { interaction, content: wrong });
        } else await expectRefusal(desk, 'unsupported', 'send-message', { interaction, content });
      }
    },
  },
  {
    name: 'a reaction stands at its message, in the log and on pages, is changed and taken back; the contact goes on waiting',
    run: async (scene) => {
      const { desk, id } = await scene.accepted();
      const message = desk.interaction(id).lastMessage?.id ?? '';
      const react = (emoji: string | null) =>
        ({ interaction: id, content: { kind: 'reaction', message, emoji } }) as const;
      if (!desk.welcome.features?.includes('send-reaction'))
        return expectRefusal(desk, 'unsupported', 'send-message', react('👍'));
      const { pendency } = desk.interaction(id);
      for (const emoji of ['👍', '🎉', null]) {
        await desk.does('send-message', react(emoji));
        const place = { interaction: id, before: null, limit: 1 };
        const { items } = await desk.query({ name: 'transcript', args: place });
        const [item] = items;
        expect(item?.kind === 'message' && item.id === message, 'A reaction is no message of its own.');
        const own = item.message.reactions.filter(({ by }) => by !== null);
        expectSame(
          own.map((one) => one.emoji),
          [emoji],
          'The own reaction on a page',
        );
      }
      const told = desk.eventsOf('message-changed').map(({ body: { change } }) => change);
      expectSame(
        told.map((change) => (change.kind === 'reaction' ? change.emoji : change.kind)),
        ['👍', '🎉', null],
        'The reactions in the log',
      );
      expectSame(desk.eventsOf('message-sent').length, 0, 'How many messages were sent');
      expectSame(desk.interaction(id).pendency, pendency, 'Since when the contact waits');
      const nothing = { ...react('👍').content, message: 'nothing-of-this-name' };
      await expectRefusal(desk, 'not-found', 'send-message', { interaction: id, content: nothing });
    },
  },
  {
    name: 'that an agent has read a message is taken, where the welcome has it, and is no fact',
    run: async (scene) => {
      const { desk, id: interaction } = await scene.accepted();
      if (!desk.welcome.features?.includes('mark-read')) return;
      const message = desk.interaction(interaction).lastMessage?.id ?? '';
      const before = desk.frames.filter(({ kind }) => kind === 'event').length;
      await desk.does('mark-read', { interaction, message, typing: true });
      const after = desk.frames.filter(({ kind }) => kind === 'event').length;
      expectSame(after, before, 'How many events there are');
    },
  },
  {
    name: 'of two who accept, one gets it',
    run: async (scene) => {
      const desk = await scene.ready();
      const other = await scene.online(scene.harness.otherAdapter);
      await scene.harness.contactWrites('Hello', 'Zoe');
      const { id } = await desk.until('an offer', () => desk.find('Zoe'));
      await other.until('an offer', () => other.find('Zoe'));
      const receipts = await Promise.all(
        [desk, other].map((probe) => probe.command('accept-interaction', { interaction: id })),
      );
      const refused = receipts.filter(({ ok }) => !ok);
      expectSame(refused.length, 1, 'How many were refused');
      expectSame(desk.interaction(id).state, 'active', 'The state of the interaction');
    },
  },
];

const PLACE = { kind: 'location', latitude: 41.4, longitude: 2.2, name: 'Market', address: null } as const;
const CARDS = {
  kind: 'contacts',
  cards: [
    {
      name: 'Amara',
      organization: null,
      phones: [{ phone: '+34 600 111 222', type: null, waId: null }],
      emails: [{ email: 'amara@example.com', type: null }],
    },
  ],
} as const;
const QUESTION = {
  kind: 'interactive',
  header: null,
  body: 'When?',
  footer: 'We come once',
  action: { kind: 'buttons', buttons: [{ id: '1', title: 'Morning' }] },
} as const;
const LIST = {
  ...QUESTION,
  action: {
    kind: 'list',
    button: 'Times',
    sections: [{ title: null, rows: [{ id: '1', title: 'Morning', description: 'Before noon' }] }],
  },
} as const;

/** What is sent, what the transcript shows of it, and what of its kind WhatsApp does not take. */
const COMPOSED: readonly {
  readonly feature: string;
  readonly content: OutboundContent;
  readonly shown: Content;
  readonly wrong: OutboundContent | null;
}[] = [
  { feature: 'send-location', content: PLACE, shown: { ...PLACE, url: null }, wrong: null },
  { feature: 'send-contacts', content: CARDS, shown: CARDS, wrong: { kind: 'contacts', cards: [] } },
  {
    feature: 'send-interactive',
    content: QUESTION,
    shown: QUESTION,
    wrong: { ...QUESTION, action: { kind: 'buttons', buttons: [] } },
  },
  { feature: 'send-interactive', content: LIST, shown: LIST, wrong: { ...LIST, body: ' ' } },
];

function message(interaction: string, words: string) {
  return { id: newId(), name: 'send-message', args: { interaction, content: text(words) } } as const;
}

/** How many messages with these words the log has shown. */
function sent(desk: Probe, words: string): number {
  return desk
    .eventsOf('message-sent')
    .filter(({ body }) => body.message.content.kind === 'text' && body.message.content.text === words).length;
}
