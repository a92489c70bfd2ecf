import type { SchedulerLike } from 'rxjs';
import type { Agent, Policy } from '../../model/index.js';
import { Agenda } from './agenda.js';
import { Centre } from './centre.js';
import { PERSONAS } from './dialogues.js';
import { Faults } from './faults.js';
import { History } from './history.js';
import { Intake } from './intake.js';
import { UsedResponses } from './used-responses.js';
import { SAMPLE_TEMPLATES } from './sample-templates.js';
import { libraryFile, sampleLibrary } from './library.js';
import { MediaStore } from './media-store.js';
import { People } from './people.js';
import type { Persona } from './persona.js';
import { randomFrom } from './random.js';
import { play } from './scenario.js';
import type { Scenario } from './scenario.js';
import { Uploads } from './uploads.js';
import { WhatsApp } from './whatsapp.js';
import type { Surroundings, Wire } from './wire.js';

export interface SimulationOptions {
  readonly seed: string;
  readonly scheduler: SchedulerLike;
  readonly locale: string | undefined;
  readonly agent: Agent;
  readonly contacts: readonly Persona[] | undefined;
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly keep: number;
}

const COLLEAGUE: Agent = { id: 'ben', name: 'Ben Otieno', status: 'ready', reason: null };

const ENGLISH = { own: 'My workbin', team: 'Team' };
const WORKBINS: Readonly<Record<string, typeof ENGLISH>> = { ar: { own: 'صندوقي', team: 'الفريق' } };

/** The whole of one simulated world: its people, WhatsApp, the contact centre and the wires to its agents. */
export class Simulation implements Surroundings {
  readonly agenda: Agenda;
  readonly centre: Centre;
  readonly people: People;
  readonly faults: Faults;
  readonly issuer: string;
  readonly files = new MediaStore();
  readonly library = sampleLibrary(this.files);
  readonly used = new UsedResponses();
  readonly templates = SAMPLE_TEMPLATES;
  readonly uploads: Uploads;
  readonly #options: SimulationOptions;
  readonly #personas: readonly Persona[];
  readonly #wires = new Set<Wire>();
  #begun = false;

  constructor(options: SimulationOptions) {
    const { seed, scheduler, agent, policy, keep } = options;
    const language = options.locale?.split('-')[0]?.toLowerCase();
    const now = scheduler.now();
    this.#options = options;
    this.#personas = inOrder(options.contacts ?? PERSONAS, language);
    this.issuer = `simulation-${seed}`;
    this.agenda = new Agenda(scheduler);
    const past = new History(seed, this.#personas, [agent, COLLEAGUE], now);
    const workbinNames = WORKBINS[language ?? 'en'] ?? ENGLISH;
    // A log that begins anew must not be taken for the one that a page knew before.
    const epoch = `${this.issuer}-${now.toString(36)}`;
    const templateOf = (name: string, language: string) =>
      this.templates.find((one) => one.name === name && one.language === language) ?? null;
    const fileOf = (media: string, by: string) =>
      this.uploads.fileOf(media, by) ??
      this.centre.records.fileOf(media, by) ??
      libraryFile(this.library, media);
    this.centre = new Centre({
      agenda: this.agenda,
      epoch,
      policy,
      workbinNames,
      past,
      keep,
      fileOf,
      templateOf,
      isResponse: (response) => this.library.responses.some(({ id }) => id === response),
    });
    this.people = new People(this.#personas, this.agenda, this.centre, seed);
    this.faults = new Faults({
      now: () => scheduler.now(),
      cut: () => this.#endAll((wire) => wire.fail('offline', 'The simulation dropped the link.')),
      expel: () =>
        this.#endAll((wire) => wire.fail('unauthorized', 'The simulation refuses the credentials.')),
    });
    this.uploads = new Uploads(this);
    const whatsapp = new WhatsApp(
      this.centre,
      this.agenda,
      this.faults,
      randomFrom(`${seed}/statuses`),
      this.people,
    );
    const intake = new Intake(this.centre, this.agenda, this.files);
    this.centre.listen((entries) => intake.onEntries(entries));
    this.centre.listen((entries) => whatsapp.onEntries(entries));
    this.centre.listen((entries) => this.people.onEntries(entries));
  }

  /** Lives through what is due; the first time, through all that was before. */
  proceed(): void {
    if (!this.#begun) this.#begin();
    this.agenda.catchUp();
  }

  /** @returns What forgets the wire. */
  add(wire: Wire): () => void {
    this.#wires.add(wire);
    return () => this.#wires.delete(wire);
  }

  #begin(): void {
    this.#begun = true;
    const { seed, scheduler, scenario, agent } = this.#options;
    const { agenda, centre, people } = this;
    this.centre.hire({ ...agent, status: 'ready', reason: null });
    this.centre.hire(COLLEAGUE);
    const random = randomFrom(`${seed}/scenario`);
    const stage = { agenda, centre, people, random, agent, colleague: COLLEAGUE };
    play(scenario, this.#personas, stage, scheduler.now());
    if (agent.status === 'not-ready') {
      const args = { status: 'not-ready', reason: agent.reason } as const;
      this.centre.execute(agent.id, { id: 'past-status', name: 'set-agent-status', args });
    }
  }

  #endAll(end: (wire: Wire) => void): void {
    // Who connects again at once is not meant.
    const wires = [...this.#wires];
    for (const wire of wires) end(wire);
  }
}

/** Those who write in the language first; the others keep their order behind them. */
function inOrder(personas: readonly Persona[], language: string | undefined): readonly Persona[] {
  const speaks = (persona: Persona) => Number(persona.language === language);
  return [...personas].sort((a, b) => speaks(b) - speaks(a));
}
