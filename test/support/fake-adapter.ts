import { Observable, defer, filter, map, mergeMap, of, takeWhile, timer } from 'rxjs';
import type { ObservableInput, SchedulerLike, Subscriber } from 'rxjs';
import {
  CentreKernel,
  DEFAULT_POLICY,
  TEAM_WORKBIN,
  messageItem,
  sessionItem,
} from '../../src/model/index.js';
import type {
  Agent,
  Command,
  Cursor,
  DomainEvent,
  EventDraft,
  Interaction,
  LogEntry,
  Query,
  Receipt,
  Template,
  Refusal,
  ResultOf,
  TranscriptItem,
  Workbin,
} from '../../src/model/index.js';
import { TransportError } from '../../src/transport/adapter.js';
import type {
  DeclaredFile,
  TransportAdapter,
  TransportErrorKind,
  TransportFrame,
  UploadStep,
} from '../../src/transport/adapter.js';
import { transcriptPart } from '../../src/transport/simulated/transcript-part.js';
import { libraryFile } from '../../src/transport/simulated/library.js';
import { UsedResponses } from '../../src/transport/simulated/used-responses.js';
import { findTemplates } from '../../src/transport/simulated/templates.js';
import { findResponses } from '../../src/transport/simulated/responses.js';
import type { SimulatedLibrary } from '../../src/transport/simulated/responses.js';
import { searchTranscript } from '../../src/transport/simulated/transcript-search.js';
import { aMessage, aContact, anAgent, anEvent, anInteraction, countedIds } from './builders.js';

/** What goes wrong with a command: it never leaves, its answer never comes, or it is answered by a refusal. */
export type Fault = 'offline' | 'timeout' | 'silence' | 'invalid' | Refusal;

/** How long an answer takes, in milliseconds. */
export const LATENCY = 10;

/** A contact centre with one log and one agent, Ana, whose desk it is. Log, decisions and idempotency are the kernel's. */
export class FakeCentre {
  readonly #kernel = new CentreKernel({
    policy: DEFAULT_POLICY,
    isOpenWorkbin: (workbin) => workbin === TEAM_WORKBIN || this.workbins.has(workbin),
    fileOf: (media) => libraryFile(this.library, media),
    isResponse: (response) => this.library.responses.some(({ id }) => id === response),
    templateOf: (name, language) =>
      this.templates.find((one) => one.name === name && one.language === language) ?? null,
  });
  readonly interactions = this.#kernel.interactions;
  readonly workbins = new Map<string, Workbin>();
  /** By upload, how many bytes have been taken. */
  readonly uploaded = new Map<string, number>();
  readonly scheduler: SchedulerLike;
  readonly adapters: FakeAdapter[] = [];
  agent: Agent = anAgent();
  epoch = 'e1';
  tokenExpiresAt: number | null = null;
  features: readonly string[] = [
    'transcript-parts',
    'transcript-search',
    'responses',
    'favourite-responses',
    'templates',
  ];
  readonly used = new UsedResponses();
  /** What is prepared for agents to send. */
  library: SimulatedLibrary = { categories: [], responses: [] };
  templates: readonly Template[] = [];
  /** By interaction, the contact's one before it. */
  readonly earlier = new Map<string, string>();
  /** Cursors before this are too old to resume from. */
  keptFrom = 0;
  readonly #newId = countedIds('centre');

  constructor(scheduler: SchedulerLike, ...interactions: readonly Interaction[]) {
    this.scheduler = scheduler;
    for (const interaction of interactions) this.interactions.set(interaction.id, interaction);
  }

  get head(): number {
    return this.#kernel.head;
  }

  get log(): readonly DomainEvent[] {
    return this.#kernel.log.map(({ event }) => event);
  }

  /** A new way to the centre, as each tab has one. */
  adapter(): FakeAdapter {
    const adapter = new FakeAdapter(this);
    this.adapters.push(adapter);
    return adapter;
  }

  /** Gives facts their place in the log and tells every living link. */
  record(...drafts: readonly EventDraft[]): void {
    this.#tell(this.#kernel.append(drafts));
  }

  /** Gives facts their place in the log of which this agent hears nothing. */
  recordUnheard(...drafts: readonly EventDraft[]): void {
    this.#kernel.append(drafts);
  }

  #tell(entries: readonly LogEntry[]): void {
    for (const { event } of entries)
      for (const adapter of this.adapters) adapter.push({ kind: 'event', event });
  }

  /** A contact writes. */
  receive(text: string, interaction = 'interaction-1'): void {
    const content = { kind: 'text', text } as const;
    const message = aMessage({ id: this.#newId(), interaction, at: this.scheduler.now(), content });
    this.record(anEvent('message-received', { message }, { interaction, at: message.at }));
  }

  /** Carries a command out, once. */
  carryOut(command: Command): Receipt {
    const moment = { now: this.scheduler.now(), newId: this.#newId };
    const { receipt, entries } = this.#kernel.execute(this.agent, command, moment);
    if (receipt.ok) this.used.note(this.agent.id, command);
    this.#tell(entries);
    return receipt;
  }

  /** The texts that agents have sent, in the order of the log. */
  get sentTexts(): readonly string[] {
    return this.log.flatMap((event) =>
      event.type === 'message-sent' && event.body.message.content.kind === 'text'
        ? [event.body.message.content.text]
        : [],
    );
  }

  answer(query: Query): ResultOf<Query> {
    const cursor: Cursor = { epoch: this.epoch, seq: this.head };
    if (query.name === 'workbin') {
      const { workbin, after, limit } = query.args;
      const all = [...this.interactions.values()].filter(({ parking }) => parking?.workbin === workbin);
      const rest = all.filter((one) => after === null || placeInWorkbin(one) > after);
      const items = rest.slice(0, limit);
      const last = items.length < rest.length ? items.at(-1) : undefined;
      return { items, next: last ? placeInWorkbin(last) : null, cursor };
    }
    if (query.name === 'transcript-part') return transcriptPart(this.#conversations, query.args, cursor);
    if (query.name === 'transcript-search') return searchTranscript(this.#conversations, query.args, cursor);
    if (query.name === 'responses') {
      const of = { agent: this.agent.id, used: this.used };
      return findResponses(this.library, query.args, cursor, of);
    }
    if (query.name === 'response-categories') return { items: this.library.categories, next: null, cursor };
    if (query.name === 'templates') return findTemplates(this.templates, query.args, cursor);
    const { interaction, before, limit } = query.args;
    const all = this.#items(interaction);
    const end = before === null ? all.length : all.findIndex(({ id }) => id === before);
    const start = Math.max(0, end - limit);
    const items = all.slice(start, end);
    const earlier = this.earlier.get(interaction);
    const above = earlier === undefined ? null : { interaction: earlier, before: null };
    return { items, next: start > 0 ? { interaction, before: items[0]?.id ?? null } : above, cursor };
  }

  readonly #conversations = {
    itemsOf: (interaction: string) => this.#items(interaction),
    earlierOf: (interaction: string) => this.earlier.get(interaction) ?? null,
    laterOf: (interaction: string) =>
      [...this.earlier].find(([, earlier]) => earlier === interaction)?.[0] ?? null,
  };

  #items(interaction: string): readonly TranscriptItem[] {
    return this.log.flatMap((event): readonly TranscriptItem[] => {
      if (event.type === 'interaction-merged' && event.body.into.id === interaction)
        return event.body.contacts
          ? [{ kind: 'merge', id: event.id, at: event.at, contacts: event.body.contacts }]
          : [];
      if (event.interaction !== interaction) return [];
      if (event.type === 'message-received' || event.type === 'message-sent')
        return [messageItem(event.body.message)];
      return event.type === 'session-started' ? [sessionItem(event.body.session)] : [];
    });
  }

  frames(cursor: Cursor | null): readonly TransportFrame[] {
    const { agent, epoch, head } = this;
    const welcome: TransportFrame = {
      kind: 'welcome',
      agent,
      issuer: 'test',
      epoch,
      head,
      serverTime: this.scheduler.now(),
      policy: DEFAULT_POLICY,
      features: this.features,
      tokenExpiresAt: this.tokenExpiresAt,
    };
    if (cursor && cursor.epoch === epoch && cursor.seq >= this.keptFrom) {
      const missed = this.log.slice(cursor.seq);
      return [welcome, ...missed.map((event) => ({ kind: 'event', event }) as const)];
    }
    const interactions = this.#kernel.deskOf(agent.id);
    const news = this.log.filter((event) => event.type === 'delivery-changed');
    const failures = news.filter(
      ({ body: { message, notice } }, i) =>
        notice?.author === agent.id &&
        !news.slice(i).some(({ body }) => body.message === message && !body.notice),
    );
    const snapshot = { seq: head, agent, interactions, workbins: [...this.workbins.values()], failures };
    return [welcome, { kind: 'snapshot', snapshot }];
  }
}

/** One tab's way to a contact centre, with faults that a test switches on. Writes down what is asked of it. */
export class FakeAdapter implements TransportAdapter {
  /** The cursor of each try to connect. */
  readonly cursors: (Cursor | null)[] = [];
  /** Whom the credentials name. */
  identity: { readonly issuer: string; readonly agent: string } | null = { issuer: 'test', agent: 'ana' };
  readonly sent: Command[] = [];
  readonly asked: Query[] = [];
  /** What becomes of the next commands, one each; then they are answered. */
  readonly faults: Fault[] = [];
  /** What becomes of the next queries. */
  readonly queryFaults: ('silence' | TransportErrorKind)[] = [];
  /** Why the next tries to connect fail, one each. `silence`: no answer at all. */
  readonly refusals: ('silence' | TransportErrorKind)[] = [];
  /** Where files are; an adapter that has none has no such method. */
  media?: NonNullable<TransportAdapter['media']>;
  /** What becomes of the next uploads, one each, when half of the file is taken. `silence`: nothing comes any more. */
  readonly uploadFaults: ('silence' | TransportErrorKind)[] = [];
  /** Each upload that was begun, and at which byte. */
  readonly uploads: (readonly [id: string, from: number])[] = [];
  /** Whether there is a network. */
  up = true;
  /** How long facts are under way to this tab, in milliseconds; answers are not. */
  lag = 0;
  readonly #centre: FakeCentre;
  #link: Subscriber<TransportFrame> | null = null;

  constructor(centre: FakeCentre) {
    this.#centre = centre;
  }

  /** Whether a link is open, or being opened. */
  get linked(): boolean {
    return this.#link !== null;
  }

  connect(cursor: Cursor | null): Observable<TransportFrame> {
    return new Observable((subscriber) => {
      if (this.#link) throw new Error('One subscription at a time.');
      this.cursors.push(cursor);
      this.#link = subscriber;
      subscriber.add(() => (this.#link = null));
      const fault = this.up ? this.refusals.shift() : 'offline';
      if (fault === 'silence') return undefined;
      return timer(LATENCY, this.#centre.scheduler).subscribe(() => {
        if (fault) subscriber.error(new TransportError(fault, `Not connected: ${fault}.`));
        else for (const frame of this.#centre.frames(cursor)) subscriber.next(frame);
      });
    });
  }

  /** Tells a frame on the link, if there is one. What is under way is lost with it. */
  push(frame: TransportFrame): void {
    const link = this.#link;
    if (this.lag === 0) link?.next(frame);
    else timer(this.lag, this.#centre.scheduler).subscribe(() => this.#link === link && link?.next(frame));
  }

  /** Loses the link, for a reason; `restore()` lets new ones be made. */
  cut(kind: TransportErrorKind = 'offline'): void {
    this.up = false;
    this.#link?.error(new TransportError(kind, 'The link was cut.'));
  }

  restore(): void {
    this.up = true;
  }

  /** The tab is gone: nothing is heard of it any more. */
  die(): void {
    this.up = false;
    this.#link = null;
  }

  claims(): { readonly issuer: string; readonly agent: string } | null {
    return this.identity;
  }

  send(command: Command): ObservableInput<Receipt> {
    return defer((): Observable<Receipt> => {
      if (!this.up) return fail('offline');
      this.sent.push(command);
      const fault = this.faults.shift();
      if (fault === 'offline') return fail('offline');
      if (fault === 'invalid') return fail('invalid');
      if (typeof fault === 'object') {
        return this.#later(() => ({ id: command.id, ok: false, error: fault, seq: this.#centre.head }));
      }
      const receipt$ = this.#later(() => this.#centre.carryOut(command));
      if (!fault) return receipt$;
      // The command has its effect, and its answer is lost.
      return receipt$.pipe(mergeMap(() => (fault === 'timeout' ? fail('timeout') : new Observable<never>())));
    });
  }

  /** In quarters, goes on where it was. */
  upload(id: string, { size }: Blob, _declared: DeclaredFile): Observable<UploadStep> {
    return defer(() => {
      const { uploaded, scheduler } = this.#centre;
      this.uploads.push([id, uploaded.get(id) ?? 0]);
      const fault = this.up ? this.uploadFaults.shift() : 'offline';
      return timer(LATENCY, LATENCY, scheduler).pipe(
        map((): UploadStep => {
          const taken = Math.min(size, (uploaded.get(id) ?? 0) + Math.ceil(size / 4));
          if (!this.up) throw new TransportError('offline', 'The link was cut.');
          if (fault && fault !== 'silence' && taken > size / 2)
            throw new TransportError(fault, `It failed: ${fault}.`);
          uploaded.set(id, taken);
          return taken < size
            ? { at: 'uploading', taken, of: size }
            : { at: 'stored', media: { id: `media of ${id}` } };
        }),
        filter(() => fault !== 'silence'),
        takeWhile(({ at }) => at === 'uploading', true),
      );
    });
  }

  query<Q extends Query>(query: Q): ObservableInput<ResultOf<Q>> {
    return defer(() => {
      this.asked.push(query);
      const fault = this.up ? this.queryFaults.shift() : 'offline';
      if (fault === 'silence') return new Observable<never>();
      if (fault) return fail(fault);
      // Made when it is asked for, and told later: what happens meanwhile is not in it.
      const page = this.#centre.answer(query) as ResultOf<Q>;
      return this.#later(() => page);
    });
  }

  #later<T>(answer: () => T): Observable<T> {
    return timer(LATENCY, this.#centre.scheduler).pipe(map(answer));
  }
}

function fail(kind: TransportErrorKind): Observable<never> {
  return of(null).pipe(
    map(() => {
      throw new TransportError(kind, `It failed: ${kind}.`);
    }),
  );
}

/** Sorts as interactions lie in a workbin; whoever leaves it leaves its place behind. */
function placeInWorkbin({ id, parking }: Interaction): string {
  return `${String(parking?.at ?? 0).padStart(15, '0')} ${id}`;
}

/** Ana's desk with two conversations, of Masha and of Omar. */
export function aCentre(scheduler: SchedulerLike): FakeCentre {
  const omar = aContact({ id: 'contact-2', name: 'Omar', phone: '201001234567', bsuid: null });
  return new FakeCentre(
    scheduler,
    anInteraction({ id: 'interaction-1' }),
    anInteraction({ id: 'interaction-2', contact: omar, pendency: null }),
  );
}
