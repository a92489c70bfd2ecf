import { personalWorkbin, TEAM_WORKBIN } from '../../model/index.js';
import type { Agent, CommandArgs, CommandName, Command } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import type { Centre } from './centre.js';
import type { People } from './people.js';
import type { Persona, Turn } from './persona.js';
import { seconds } from './random.js';
import type { Random } from './random.js';

/**
 * empty: nobody writes unless told to, nothing is parked. calm: somebody new about once a minute, a few interactions are parked. busy: three
 * conversations lie on the desk, more are parked, and somebody new writes every twenty seconds.
 */
export type Scenario = 'empty' | 'calm' | 'busy';

/** What a scenario is played with. */
export interface Stage {
  readonly agenda: Agenda;
  readonly centre: Centre;
  readonly people: People;
  readonly random: Random;
  readonly agent: Agent;
  /** Parks things for the team. */
  readonly colleague: Agent;
}

const SECOND = 1_000;
// Conversations of the past follow on each other, so that each is offered to the one agent who is there.
const SLOT = 480 * SECOND;
// How long ago the contacts of the conversations on the desk wrote last: by the usual thresholds one of each level.
const WAITED = [95 * SECOND, 34 * SECOND, 8 * SECOND];

/** Plays what was before `start`, and enters who writes after it. */
export function play(scenario: Scenario, personas: readonly Persona[], stage: Stage, start: number): void {
  if (scenario === 'empty') return;
  const cast = [...personas];
  const parked = cast.splice(Math.max(1, cast.length - 3));
  const active = scenario === 'busy' ? cast.splice(1, 3) : [];
  let slot = start - (parked.length + active.length + 1) * SLOT;
  for (const [i, persona] of parked.entries()) {
    const own = i === 0;
    const past = converse(stage, persona, own ? stage.agent : stage.colleague, (slot += SLOT));
    const waits = i === 1;
    if (waits) past.sayAt(slot + 100 * SECOND);
    past.parkAt(slot + 160 * SECOND, own ? personalWorkbin(stage.agent.id) : TEAM_WORKBIN);
    past.endAt(start, waits);
  }
  for (const [i, persona] of active.entries()) {
    const past = converse(stage, persona, stage.agent, (slot += SLOT));
    past.sayAt(start - (WAITED[i] ?? 0));
    past.endAt(start, true);
  }
  stage.agenda.catchUp();
  letThemWrite(scenario, cast, stage);
  const [first] = parked;
  if (first) stage.people.caller(first.contact.id)?.writeIn(60, 150);
}

function letThemWrite(scenario: Scenario, cast: readonly Persona[], { people, random }: Stage): void {
  const [from, to] = scenario === 'busy' ? [12, 25] : [50, 80];
  let at = seconds(random, 2, 4) / SECOND;
  for (const { contact } of cast) {
    people.caller(contact.id)?.writeIn(at, at + 1);
    at += seconds(random, from, to) / SECOND;
  }
}

/** Begins a conversation of the past: the contact writes, the agent accepts and answers. */
function converse(stage: Stage, { contact, turns }: Persona, agent: Agent, at: number) {
  const { agenda, centre, people } = stage;
  let said = 0;
  const command = <N extends CommandName>(name: N, args: (interaction: string) => CommandArgs[N]) => {
    const interaction = centre.records.openOf(contact.id)?.id ?? '';
    const id = `past-${name}-${interaction}`;
    centre.execute(agent.id, { id, name, args: args(interaction) } as Command);
  };
  const say = (turn: Turn | undefined) => {
    if (turn) said++;
    for (const line of turn?.says ?? []) people.say(contact, line);
  };
  let leave = () => undefined as void;
  agenda.at(at, () => {
    leave = centre.enter(agent.id);
    say(turns[0]);
  });
  agenda.at(at + 12 * SECOND, () => {
    command('accept-interaction', (interaction) => ({ interaction }));
    leave();
  });
  agenda.at(at + 55 * SECOND, () => {
    const content = { kind: 'text', text: turns[0]?.answer ?? '' } as const;
    command('send-message', (interaction) => ({ interaction, content }));
  });
  return {
    sayAt: (time: number) => agenda.at(time, () => say(turns[1])),
    parkAt: (time: number, workbin: string) =>
      agenda.at(time, () => command('move-to-workbin', (interaction) => ({ interaction, workbin }))),
    endAt: (time: number, waits: boolean) =>
      agenda.at(time, () => people.caller(contact.id)?.resume(said, waits ? 'waiting' : 'idle')),
  };
}
