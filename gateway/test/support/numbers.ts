import { randomUUID } from 'node:crypto';
import type { ChannelHealth } from 'whatsapp-workspace/model';
import { atEnd } from './cleanup.js';
import { TestClock } from './clock.js';
import { useDatabase, type TestDatabase } from './database.js';
import { Desk } from './desk.js';
import { startGateway } from './gateway.js';
import { recordingLog } from './log.js';
import { ScriptedSender } from './sender.js';
import { accountWebhook, post, textChange } from './webhooks.js';

/** A gateway with as many business numbers as a test likes, and a desk on which all conversations over them lie. */
export interface TestNumbers {
  readonly database: TestDatabase;
  readonly url: string;
  readonly clock: TestClock;
  readonly log: ReturnType<typeof recordingLog>;
  readonly desk: Desk;
  /** A number that nobody has used yet, and who sends over it. */
  readonly newNumber: () => { readonly channel: string; readonly sender: ScriptedSender };
  readonly senderOf: (channel: string) => ScriptedSender;
  /** Begins a conversation over a number, with a contact of its own; by default the number has a business account of its own, too. Returns its id. */
  readonly conversation: (channel: string, account?: string) => Promise<string>;
  /** Sends a text to the contact of a conversation. Returns its client id. */
  readonly say: (interaction: string, text: string) => Promise<string>;
  /** What the desk has been told of a number, in its order. */
  readonly told: (channel: string) => readonly ChannelHealth['trouble'][];
  /** Until when nothing goes over a number; 0 when it was never paused. */
  readonly pausedUntil: (channel: string) => Promise<number>;
}

export async function useNumbers(): Promise<TestNumbers> {
  const database = await useDatabase();
  const clock = new TestClock();
  const log = recordingLog();
  const senders = new Map<string, ScriptedSender>();
  const senderOf = (channel: string) => {
    const sender = senders.get(channel) ?? new ScriptedSender();
    senders.set(channel, sender);
    return sender;
  };
  const gateway = await startGateway({
    databaseUrl: database.url,
    policy: { agentCapacity: 1000 },
    deps: { clock, log, stopwatch: () => clock.now(), senderFor: senderOf },
  });
  atEnd(() => gateway.close());
  const desk = await Desk.open(gateway.url, { agent: 'ana' });
  await desk.ready();
  let numbers = 0;
  let people = 0;
  return {
    database,
    url: gateway.url,
    clock,
    log,
    desk,
    senderOf,
    newNumber: () => {
      const channel = `10654035224${String(++numbers).padStart(3, '0')}`;
      return { channel, sender: senderOf(channel) };
    },
    conversation: async (channel, account = accountOf(channel)) => {
      const phone = `3460070${String(++people).padStart(4, '0')}`;
      await post(gateway.url, accountWebhook(account, textChange({ phone }, 'Hello', { channel })));
      return (await desk.accept()).id;
    },
    say: async (interaction, text) => {
      const clientId = randomUUID();
      await desk.does('send-message', { interaction, content: { kind: 'text', text } }, clientId);
      return clientId;
    },
    told: (channel) =>
      desk.events.flatMap((event) =>
        event.type === 'channel-changed' && event.body.channel.channel === channel
          ? [event.body.channel.trouble]
          : [],
      ),
    pausedUntil: async (channel) => {
      const sql = 'select paused_until as until from channel where id = $1';
      return (await database.query<{ until: number }>(sql, [channel]))[0]?.until ?? 0;
    },
  };
}

/** The business account of a number that shares it with no other. */
export function accountOf(channel: string): string {
  return `of-${channel}`;
}
