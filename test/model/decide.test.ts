import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DEFAULT_POLICY,
  NO_CONTEXT,
  decide,
  evolve,
  personalWorkbin,
  TEAM_WORKBIN,
} from '../../src/model/index.js';
import type {
  Command,
  Decision,
  EventDraft,
  Facts,
  Interaction,
  OutboundMedia,
} from '../../src/model/index.js';
import { NOON, aMessage, anAgent, anInteraction, countedIds } from '../support/builders.js';

function decided(command: Command, interaction: Interaction | null, facts: Partial<Facts> = {}): Decision {
  return decide(command, {
    agent: anAgent(),
    interaction,
    now: NOON,
    policy: DEFAULT_POLICY,
    newId: countedIds(),
    successor: null,
    offers: [],
    isOpenWorkbin: true,
    answered: null,
    reacted: null,
    file: null,
    template: null,
    isUsableResponse: false,
    ...facts,
  });
}

function only(decision: Decision): EventDraft {
  assert.ok(decision.ok, decision.ok ? '' : decision.error.sentence);
  assert.equal(decision.events.length, 1);
  const [event] = decision.events;
  assert.ok(event);
  return event;
}

function outgoingOf(decision: Decision): unknown {
  return decision.ok ? decision.outgoing : 'refused';
}

function refusal(decision: Decision): string {
  assert.ok(!decision.ok, 'the command was carried out');
  return decision.error.kind;
}

const id = 'interaction-1';
const accept: Command = { id: 'c', name: 'accept-interaction', args: { interaction: id } };
const reject: Command = { id: 'c', name: 'reject-interaction', args: { interaction: id } };
const open: Command = { id: 'c', name: 'open-interaction', args: { interaction: id } };
const done: Command = { id: 'c', name: 'mark-done', args: { interaction: id } };
const sendFile = (content: Partial<OutboundMedia>): Command => ({
  id: 'client-1',
  name: 'send-message',
  args: { interaction: id, content: { ...PHOTO, ...content } },
});
const PHOTO: OutboundMedia = {
  kind: 'media',
  as: 'image',
  upload: 'upload-1',
  media: { id: 'file-1' },
  fileName: null,
  caption: 'Look',
};
const park = (workbin: string): Command => ({
  id: 'c',
  name: 'move-to-workbin',
  args: { interaction: id, workbin },
});
const send = (text: string): Command => ({
  id: 'client-1',
  name: 'send-message',
  args: { interaction: id, content: { kind: 'text', text } },
});
const offered = (agent: string, expiresAt = NOON + 1) =>
  anInteraction({ state: 'offered', agent: null, offer: { agent, expiresAt } });
const parked = (workbin: string) =>
  anInteraction({ state: 'parked', agent: null, parking: { workbin, by: 'ben', at: NOON } });

describe('decide', () => {
  describe('accept and reject', () => {
    it('assigns an offered interaction to the agent who accepts', () => {
      const event = only(decided(accept, offered('ana')));
      assert.equal(event.type, 'interaction-assigned');
      const { interaction } = event.body;
      assert.equal(interaction.state, 'active');
      assert.equal(interaction.agent, 'ana');
      assert.equal(interaction.offer, null);
      assert.equal(interaction.version, 4);
    });

    it('refuses an offer that expired, one of another agent, and one that is not there', () => {
      assert.equal(refusal(decided(accept, offered('ana', NOON))), 'offer-ended');
      assert.equal(refusal(decided(accept, offered('ben'))), 'offer-ended');
      assert.equal(refusal(decided(accept, anInteraction())), 'offer-ended');
      assert.equal(refusal(decided(reject, offered('ben'))), 'offer-ended');
    });

    it('queues a rejected interaction and remembers who let it go by', () => {
      const event = only(decided(reject, offered('ana')));
      assert.equal(event.type, 'interaction-queued');
      assert.equal(event.body.interaction.state, 'queued');
      assert.deepEqual(event.body.interaction.passes, [{ agent: 'ana', at: NOON }]);
      assert.equal(event.actor, 'ana');
    });
  });

  describe('workbins', () => {
    it('parks an interaction of the own desk in the own and in the team workbin', () => {
      for (const workbin of [personalWorkbin('ana'), TEAM_WORKBIN]) {
        const event = only(decided(park(workbin), anInteraction()));
        assert.equal(event.type, 'interaction-parked');
        assert.deepEqual(event.body.interaction.parking, { workbin, by: 'ana', at: NOON });
        assert.equal(event.body.interaction.formerAgent, 'ana');
        assert.equal(event.body.interaction.agent, null);
        assert.deepEqual(event.body.interaction.pendency, anInteraction().pendency);
      }
    });

    it('keeps agents out of the workbins and off the desks of others', () => {
      assert.equal(refusal(decided(park(personalWorkbin('ben')), anInteraction())), 'not-yours');
      assert.equal(refusal(decided(park(TEAM_WORKBIN), anInteraction({ agent: 'ben' }))), 'not-yours');
      assert.equal(refusal(decided(open, parked(personalWorkbin('ben')))), 'not-yours');
    });

    it('opens a parked interaction and says which workbin it left', () => {
      const event = only(decided(open, parked(TEAM_WORKBIN)));
      assert.equal(event.type, 'interaction-assigned');
      assert.equal(event.body.fromWorkbin, TEAM_WORKBIN);
      assert.equal(event.body.interaction.agent, 'ana');
      assert.equal(event.body.interaction.parking, null);
    });

    it('lets only one of two agents open it', () => {
      const event = only(decided(open, parked(TEAM_WORKBIN)));
      assert.equal(event.type, 'interaction-assigned');
      const second = decided(open, event.body.interaction, { agent: anAgent({ id: 'ben' }) });
      assert.equal(refusal(second), 'taken');
    });
  });

  describe('send-message', () => {
    it('takes a text under its client id and signs it with the agent', () => {
      const event = only(decided(send('*Hi*'), anInteraction()));
      assert.equal(event.type, 'message-sent');
      const { message } = event.body;
      assert.equal(message.clientId, 'client-1');
      assert.equal(event.command, 'client-1');
      assert.deepEqual(message.author, { id: 'ana', name: 'Ana Silva' });
      assert.deepEqual(message.content, { kind: 'text', text: '*Hi*' });
      assert.equal(message.delivery?.state, 'queued');
    });

    it('says what goes to the contact, and for which message', () => {
      const sent = decided(send('*Hi*'), anInteraction());
      const event = only(sent);
      assert.equal(event.type, 'message-sent');
      const content = { kind: 'text', text: '*Hi*' };
      assert.deepEqual(outgoingOf(sent), { message: event.body.message.id, content });
      assert.equal(outgoingOf(decided(done, anInteraction())), null);
    });

    it('shows a file that the agent has brought as what it is sent as', () => {
      const file = { mimeType: 'audio/ogg; codecs=opus', bytes: 900, width: null, height: null };
      const event = only(decided(sendFile({ as: 'voice', caption: null }), anInteraction(), { file }));
      assert.equal(event.type, 'message-sent');
      const { content } = event.body.message;
      assert.ok(content.kind === 'audio' && content.voice);
      assert.deepEqual(
        [content.media, content.status, content.mimeType, content.bytes],
        [{ id: 'file-1' }, 'stored', file.mimeType, 900],
      );
    });

    it('sends no file that is not there, is too large or of another kind, or says too much', () => {
      const file = { mimeType: 'image/png', bytes: 900, width: 4, height: 3 };
      const kindOf = (content: Partial<OutboundMedia>, facts: Partial<Facts> = { file }) =>
        refusal(decided(sendFile(content), anInteraction(), facts));
      assert.ok(decided(sendFile({}), anInteraction(), { file }).ok);
      assert.equal(kindOf({}, {}), 'not-found');
      assert.equal(kindOf({ media: null }), 'not-found');
      assert.equal(kindOf({ as: 'document' }), 'invalid');
      assert.equal(kindOf({}, { file: { ...file, bytes: 5 * 1024 * 1024 + 1 } }), 'invalid');
      const files = { image: { types: ['image/jpeg'], bytes: 1_000 } };
      assert.equal(kindOf({}, { file, policy: { ...DEFAULT_POLICY, files } }), 'invalid');
      assert.equal(kindOf({ caption: 'x'.repeat(1025) }), 'text-too-long');
      const sound = { mimeType: 'audio/mpeg', bytes: 900, width: null, height: null };
      assert.equal(kindOf({ as: 'audio' }, { file: sound }), 'invalid');
    });

    it('keeps which message it answers, and its place among those that were sent with it', () => {
      const { channel, contact } = anInteraction();
      const batch = { id: 'album', index: 1, of: 2 };
      const answer: Command = {
        id: 'client-1',
        name: 'send-message',
        args: { interaction: id, content: { kind: 'text', text: 'Yes' }, replyTo: 'asked', batch },
      };
      const event = only(decided(answer, anInteraction(), { answered: { channel, contact: contact.id } }));
      assert.equal(event.type, 'message-sent');
      assert.deepEqual(event.body.message.context, { ...NO_CONTEXT, reply: true, replyTo: 'asked' });
      assert.deepEqual(event.body.message.batch, batch);
      const alone = only(decided(send('Yes'), anInteraction()));
      assert.ok(alone.type === 'message-sent');
      assert.equal(alone.body.message.context, null);
      assert.ok(!('batch' in alone.body.message));
    });

    it('answers no message that is not known, of another contact or on another number', () => {
      const { channel, contact } = anInteraction();
      const content = { kind: 'text', text: 'Yes' } as const;
      const answer: Command = {
        id: 'c',
        name: 'send-message',
        args: { interaction: id, content, replyTo: 'asked' },
      };
      for (const answered of [
        null,
        { channel, contact: 'somebody' },
        { channel: 'another', contact: contact.id },
      ])
        assert.equal(refusal(decided(answer, anInteraction(), { answered })), 'not-found');
    });

    it('takes no place beyond the messages that were sent together', () => {
      const content = { kind: 'text', text: 'Yes' } as const;
      const batch = { id: 'album', index: 2, of: 2 };
      const beyond: Command = { id: 'c', name: 'send-message', args: { interaction: id, content, batch } };
      assert.equal(refusal(decided(beyond, anInteraction())), 'invalid');
    });

    it('goes on in the interaction that the named one has ended in, if that is here', () => {
      const ended = anInteraction({ state: 'done', agent: null, mergedInto: 'interaction-0' });
      const successor = anInteraction({ id: 'interaction-0' });
      assert.equal(only(decided(send('Hi'), ended, { successor })).interaction, 'interaction-0');
      assert.equal(
        refusal(decided(send('Hi'), ended, { successor: { ...successor, agent: 'ben' } })),
        'not-yours',
      );
      assert.equal(
        refusal(decided(send('Hi'), ended, { successor: { ...successor, state: 'done' } })),
        'not-found',
      );
      assert.equal(refusal(decided(send('Hi'), ended)), 'not-found');
    });

    it('counts characters as the Cloud API does: 4,096 emoji fit, one more does not', () => {
      assert.ok(decided(send('😀'.repeat(4096)), anInteraction()).ok);
      assert.equal(refusal(decided(send('😀'.repeat(4097)), anInteraction())), 'text-too-long');
    });

    it('refuses an empty text, a closed window and an interaction of another desk', () => {
      assert.equal(refusal(decided(send(' \n '), anInteraction())), 'text-empty');
      assert.equal(refusal(decided(send('Hi'), anInteraction({ windowClosesAt: NOON }))), 'window-closed');
      assert.equal(refusal(decided(send('Hi'), anInteraction({ windowClosesAt: null }))), 'window-closed');
      assert.equal(refusal(decided(send('Hi'), anInteraction({ agent: 'ben' }))), 'not-yours');
      assert.equal(refusal(decided(send('Hi'), parked(TEAM_WORKBIN))), 'not-yours');
    });
  });

  describe('mark-done', () => {
    it('closes the interaction, its pendency with it', () => {
      const event = only(decided(done, anInteraction()));
      assert.equal(event.type, 'interaction-done');
      assert.equal(event.body.interaction.state, 'done');
      assert.equal(event.body.interaction.pendency, null);
    });

    it('is refused on another desk and a second time', () => {
      assert.equal(refusal(decided(done, anInteraction({ agent: 'ben' }))), 'not-yours');
      assert.equal(refusal(decided(done, anInteraction({ state: 'done' }))), 'not-found');
      assert.equal(refusal(decided(done, null)), 'not-found');
    });
  });

  it('refuses a command made for another version of the interaction', () => {
    assert.equal(refusal(decided({ ...done, ifVersion: 2 }, anInteraction({ version: 3 }))), 'conflict');
    assert.ok(decided({ ...done, ifVersion: 3 }, anInteraction({ version: 3 })).ok);
  });

  it('changes the status of the agent, and keeps a reason only for Not Ready', () => {
    const wish = (status: 'ready' | 'not-ready'): Command => ({
      id: 'c',
      name: 'set-agent-status',
      args: { status, reason: 'Lunch' },
    });
    const away = only(decided(wish('not-ready'), null));
    assert.equal(away.type, 'agent-status-changed');
    assert.deepEqual(away.body.agent, anAgent({ status: 'not-ready', reason: 'Lunch' }));
    const back = only(decided(wish('ready'), null));
    assert.equal(back.type, 'agent-status-changed');
    assert.equal(back.body.agent.reason, null);
  });

  it('takes back what rings at an agent who is not ready any more', () => {
    const wish: Command = {
      id: 'c',
      name: 'set-agent-status',
      args: { status: 'not-ready', reason: null },
    };
    const decision = decided(wish, null, { offers: [offered('ana'), offered('ana', NOON)] });
    assert.ok(decision.ok);
    assert.deepEqual(
      decision.events.map((event) => (event.type === 'interaction-queued' ? event.body.cause : event.type)),
      ['agent-status-changed', 'agent-left', 'offer-expired'],
    );
  });

  it('parks nothing where nobody finds it again', () => {
    const facts = { isOpenWorkbin: false };
    assert.equal(refusal(decided(park('attic'), anInteraction(), facts)), 'not-found');
    assert.ok(decided(park(personalWorkbin('ana')), anInteraction(), facts).ok);
  });

  describe('a reaction', () => {
    const place = { channel: '106540352242922', contact: 'contact-1' };
    const reacted = aMessage({ rev: 2 });
    const react = (emoji: string | null): Command => ({
      id: 'client-1',
      name: 'send-message',
      args: { interaction: id, content: { kind: 'reaction', message: reacted.id, emoji } },
    });

    it('changes its message, goes out, and leaves the contact waiting', () => {
      const decision = decided(react('👍'), anInteraction(), { reacted, answered: place });
      const event = only(decision);
      assert.deepEqual(event.body, {
        message: reacted.id,
        rev: 3,
        change: { kind: 'reaction', by: { id: 'ana', name: 'Ana Silva' }, emoji: '👍', at: NOON },
      });
      assert.deepEqual([event.type, event.actor, event.command], ['message-changed', 'ana', 'client-1']);
      assert.ok(decision.ok && decision.outgoing?.apart);
      assert.equal(decision.outgoing.apart.clientId, 'client-1');
      assert.deepEqual(decision.outgoing.content, { kind: 'reaction', message: reacted.id, emoji: '👍' });
      assert.notEqual(evolve(anInteraction(), event).pendency, null);
    });

    it('is refused where WhatsApp would not take it', () => {
      const known = { reacted, answered: place };
      const elsewhere = { reacted, answered: { ...place, contact: 'contact-2' } };
      assert.equal(refusal(decided(react('👍'), anInteraction(), elsewhere)), 'not-found');
      assert.equal(refusal(decided(react('👍'), anInteraction(), { ...known, reacted: null })), 'not-found');
      assert.equal(refusal(decided(react(' '), anInteraction(), known)), 'invalid');
      const closed = anInteraction({ windowClosesAt: NOON - 1 });
      assert.equal(refusal(decided(react('👍'), closed, known)), 'window-closed');
      for (const change of [
        { deletedAt: NOON - 1 },
        { at: NOON - 31 * 24 * 3_600_000 },
        { direction: 'outbound' },
        { content: { kind: 'system', text: 'x', event: null } },
      ] as const) {
        const facts = { ...known, reacted: { ...reacted, ...change } };
        assert.equal(
          refusal(decided(react('👍'), anInteraction(), facts)),
          'invalid',
          JSON.stringify(change),
        );
      }
    });
  });
});
