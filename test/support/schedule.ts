import { World } from './desk.js';
import { seededRandom } from './random.js';

/** How many schedules are tried, from which seed on: `npm run trial:tabs -- --schedules 2000` looks longer. */
export const SCHEDULES = Number(process.env.TAB_SCHEDULES ?? 60);
const FIRST = Number(process.env.TAB_SCHEDULES_FROM ?? 1);

/** How many writes are broken off by the browser. */
const BROKEN = 0.03;

/** What happens at random, the same for each seed, to an agent's tabs in a world of their own. */
export abstract class RandomSchedule {
  readonly world = new World();
  readonly log: string[] = [];
  protected readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    Object.assign(this.world.browser.manners, {
      commit: this.upTo(25),
      answer: this.upTo(10),
      channel: this.upTo(20),
      lock: this.upTo(30),
      survives: () => this.random() < 0.5,
      breaks: () => this.random() < BROKEN,
    });
  }

  /** Lets it happen, and all be well at the end. */
  abstract run(): void;

  /** What is wrong then, in a few words each. */
  abstract faults(): readonly string[];

  protected upTo(most: number): () => number {
    return () => Math.floor(this.random() * (most + 1));
  }

  protected pass(milliseconds: number): void {
    this.world.time.pass(Math.floor(milliseconds));
  }

  protected any<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  protected note(...words: readonly unknown[]): void {
    this.log.push(`${this.world.time.now() % 10_000_000} ${words.join(' ')}`);
  }
}

/** What is wrong after each of the schedules; of a single one, with all that happened. */
export function faultsOfAll(create: (seed: number) => RandomSchedule): readonly string[] {
  const broken: string[] = [];
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
    const schedule = create(seed);
    schedule.run();
    const faults = schedule.faults();
    if (faults.length > 0) broken.push(`schedule ${seed}: ${faults.join('; ')}`);
    if (faults.length > 0 && SCHEDULES === 1) broken.push(...schedule.log);
  }
  return broken;
}
