import type { Content, Message } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import type { Line, Persona } from './persona.js';
import { randomFrom, seconds } from './random.js';
import type { Random } from './random.js';

// Milliseconds per character of somebody who types on a phone, and what a line takes at least and at most.
const TYPING = 55;
const SHORTEST_LINE = 900;
const LONGEST_LINE = 9_000;
// As many characters' time as anything but text takes.
const TYPING_OF_OTHERS = 40;

/**
 * idle: has nothing in mind. writing: the lines of a turn come one by one. waiting: for an answer. thinking: has read the answer and will write.
 */
type Mind = 'idle' | 'writing' | 'waiting' | 'thinking';

/** What a contact can do with a phone. */
export interface Phone {
  write(content: Content): void;
  react(message: Message, emoji: string): void;
  /** Changes what was written last. */
  edit(text: string): void;
  /** Deletes what was written last. */
  withdraw(): void;
}

/** One contact with a phone in hand. Each has randomness of its own, so that what one does never changes another. */
export class Caller {
  readonly persona: Persona;
  readonly #agenda: Agenda;
  readonly #phone: Phone;
  readonly #random: Random;
  #mind: Mind = 'idle';
  #turn = 0;
  #nudges = 0;
  #cancel: () => void = () => undefined;

  constructor(persona: Persona, agenda: Agenda, seed: string, phone: Phone) {
    this.persona = persona;
    this.#agenda = agenda;
    this.#phone = phone;
    this.#random = randomFrom(`${seed}/${persona.contact.id}`);
  }

  /** Goes on after turns that were said before anybody looked. */
  resume(turns: number, mind: 'idle' | 'waiting'): void {
    this.#turn = turns;
    if (mind === 'waiting') this.#wait();
  }

  /** Writes the next turn after a while, in seconds. */
  writeIn(from: number, to: number): void {
    this.#plan('thinking', seconds(this.#random, from, to), () => this.#sayTurn());
  }

  /** Has read a message of the agent; more of them before the contact has begun to write put that off. */
  onRead(message: Message): void {
    if (this.#mind !== 'waiting' && this.#mind !== 'thinking') return;
    this.#nudges = 0;
    if (this.#turn < this.persona.turns.length) this.writeIn(1.5, 5);
    else this.#takeLeave(message);
  }

  /** The agent has put the matter aside: who has something to say comes back with it. */
  onParked(): void {
    const begun = this.#turn > 0 && this.#turn < this.persona.turns.length;
    if (this.#mind === 'idle' && begun) this.writeIn(45, 120);
  }

  /** Who was cut short writes again soon; who had said everything comes back with the same matter much later. */
  onDone(): void {
    const unfinished = this.#turn < this.persona.turns.length;
    this.#nudges = 0;
    if (!unfinished) this.#turn = 0;
    if (unfinished) this.writeIn(60, 180);
    else this.writeIn(900, 2700);
  }

  #sayTurn(): void {
    const turn = this.persona.turns[this.#turn];
    if (!turn) return;
    this.#turn++;
    this.#say(turn.says);
  }

  #say([line, ...rest]: readonly Line[]): void {
    if (line === undefined) {
      this.#wait();
      return;
    }
    this.#plan('writing', typingTime(line, this.#random), () => {
      this.#writeLine(line);
      this.#say(rest);
    });
  }

  #wait(): void {
    this.#mind = 'waiting';
    const nudge = this.persona.nudges[this.#nudges];
    if (nudge === undefined) return;
    this.#plan('waiting', seconds(this.#random, 50, 90) * (this.#nudges + 1), () => {
      this.#nudges++;
      this.#writeLine(nudge);
      this.#wait();
    });
  }

  #takeLeave(message: Message): void {
    this.#plan('idle', seconds(this.#random, 1, 4), () => {
      if (this.#random() < 0.4) this.#phone.react(message, '👍');
    });
  }

  #writeLine(line: Line): void {
    sayLine(this.#phone, line);
  }

  /** One plan at a time: a new one takes the place of the former. */
  #plan(mind: Mind, delay: number, action: () => void): void {
    this.#cancel();
    this.#mind = mind;
    this.#cancel = this.#agenda.in(delay, action);
  }
}

export function sayLine(phone: Phone, line: Line): void {
  if (typeof line === 'string') phone.write({ kind: 'text', text: line });
  else if (line.kind === 'correction') phone.edit(line.text);
  else if (line.kind === 'withdrawal') phone.withdraw();
  else phone.write(line);
}

function typingTime(line: Line, random: Random): number {
  const length = typeof line === 'string' ? line.length : TYPING_OF_OTHERS;
  const time = Math.min(LONGEST_LINE, Math.max(SHORTEST_LINE, length * TYPING));
  return Math.round(time * (0.7 + 0.6 * random()));
}
