import type { ReactiveControllerHost } from 'lit';
import { fromState, fromWorkspace, StreamController } from '../../context/index.js';
import type { TranscriptView, Workspace } from '../../context/index.js';
import { EMPTY_DRAFT, EMPTY_STATE } from '../../model/index.js';
import type {
  DomainEvent,
  Draft,
  Interaction,
  OutboxItem,
  Policy,
  Upload,
  Workbin,
} from '../../model/index.js';

export type Merge = DomainEvent<'interaction-merged'>;

type Host = ReactiveControllerHost & {
  readonly workspace: Workspace | null;
  readonly interaction: string | null;
};

const NO_UPLOADS: ReadonlyMap<string, Upload> = new Map();
const NO_OUTBOX: readonly OutboxItem[] = [];

/** All that one conversation shows of the workspace, of the interaction that its host names or else of the one in front. */
export class Conversation {
  readonly #host: Host;
  readonly #selected;
  readonly #shown;
  readonly #view;
  readonly #draft;
  readonly #outbox;
  readonly #unread;
  readonly #agent;
  readonly #policy;
  readonly #features;
  readonly #uploads;
  readonly #workbins;
  readonly #merged;
  #before: string | null = null;
  #unreadBefore: ReadonlyMap<string, number> = new Map();
  #unreadOnOpening = 0;
  #own: readonly OutboxItem[] = NO_OUTBOX;
  #pending: readonly OutboxItem[] = NO_OUTBOX;
  #reactions: readonly OutboxItem[] = NO_OUTBOX;

  constructor(host: Host) {
    this.#host = host;
    this.#selected = fromWorkspace<string | null>(host, ({ selected$ }) => selected$, null);
    this.#shown = new StreamController<Interaction | null>(
      host,
      () => (this.id === null ? null : host.workspace?.interaction$(this.id)),
      null,
      () => [host.workspace, this.id],
    );
    // A conversation that is not on this desk is not asked for.
    const present = (): string | null => (this.interaction === null ? null : this.id);
    const key = (): readonly unknown[] => [host.workspace, present()];
    this.#view = new StreamController<TranscriptView | null>(
      host,
      () => (present() === null ? null : host.workspace?.transcript$(present() ?? '')),
      null,
      key,
    );
    this.#draft = new StreamController<Draft>(
      host,
      () => (present() === null ? null : host.workspace?.draft$(present() ?? '')),
      EMPTY_DRAFT,
      key,
    );
    this.#outbox = fromWorkspace(host, ({ outbox$ }) => outbox$, NO_OUTBOX);
    this.#unread = fromWorkspace<ReadonlyMap<string, number>>(host, ({ unread$ }) => unread$, new Map());
    this.#agent = fromState(host, ({ agent }) => agent?.id ?? null, null);
    this.#policy = fromState(host, ({ policy }) => policy, EMPTY_STATE.policy);
    this.#features = fromState(host, ({ features }) => features, EMPTY_STATE.features);
    this.#uploads = fromWorkspace(host, ({ uploads$ }) => uploads$, NO_UPLOADS);
    this.#merged = fromWorkspace<Merge | null>(host, ({ merged$ }) => merged$, null);
    this.#workbins = fromState(host, ({ workbins }) => workbins, EMPTY_STATE.workbins);
  }

  /** Of the interaction to show; null when there is none. */
  get id(): string | null {
    return this.#host.interaction || this.#selected.value;
  }

  /** null when it is not on this desk, or not known yet. */
  get interaction(): Interaction | null {
    return this.#shown.value;
  }

  get view(): TranscriptView | null {
    return this.#view.value;
  }

  get draft(): Draft {
    return this.#draft.value;
  }

  /** What is on its way in this conversation; the same list for as long as nothing in it changes, as are those of its messages and of its reactions. */
  get own(): readonly OutboxItem[] {
    return this.#own;
  }

  get pending(): readonly OutboxItem[] {
    return this.#pending;
  }

  get reactions(): readonly OutboxItem[] {
    return this.#reactions;
  }

  /** How many messages were unread when this conversation was gone to. */
  get unreadOnOpening(): number {
    return this.#unreadOnOpening;
  }

  /** The last conversation that ended in this one while it was looked at; null when there was none. */
  get merge(): Merge | null {
    const merge = this.#merged.value;
    return merge?.body.into.id === this.id ? merge : null;
  }

  /** The id of the agent at this desk; null until the contact centre has said. */
  get agent(): string | null {
    return this.#agent.value;
  }

  get policy(): Policy {
    return this.#policy.value;
  }

  /** What is being uploaded in this tab, by the id of the upload. */
  get uploads(): ReadonlyMap<string, Upload> {
    return this.#uploads.value;
  }

  get features(): readonly string[] {
    return this.#features.value;
  }

  /** Whether the contact centre takes files and sends them. */
  get takesFiles(): boolean {
    return ['upload', 'send-media'].every((feature) => this.#features.value.includes(feature));
  }

  get workbins(): readonly Workbin[] {
    return [...this.#workbins.value.values()];
  }

  /** Whether this agent may act on it. */
  get isMine(): boolean {
    return this.interaction?.state === 'active' && this.interaction.agent === this.agent;
  }

  /** Before each rendering. Returns whether this is another conversation than before. */
  update(): boolean {
    const { id } = this;
    const another = id !== this.#before;
    this.#before = id;
    // Going to a conversation takes its count away: what it was is known from before.
    if (another) this.#unreadOnOpening = this.#countOf(id);
    this.#unreadBefore = this.#unread.value;
    const own = this.#outbox.value.filter((item) => item.interaction === id);
    const same = own.length === this.#own.length && own.every((item, i) => item === this.#own[i]);
    if (!same) {
      this.#own = own;
      this.#pending = own.filter(({ body }) => body.kind !== 'reaction');
      this.#reactions = own.filter(({ body }) => body.kind === 'reaction');
    }
    return another;
  }

  #countOf(id: string | null): number {
    if (id === null) return 0;
    return this.#unreadBefore.get(id) ?? this.#unread.value.get(id) ?? 0;
  }
}
