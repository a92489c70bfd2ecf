import { html, nothing } from 'lit';
import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { AttachOutcome, Workspace } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import { recordVoice } from '../../context/voice.js';
import { EMPTY_DRAFT, fileLimits, successorOf } from '../../model/index.js';
import type { Interaction, Policy } from '../../model/index.js';
import type { ComposerVoice } from '../voice-recorder/composer-voice.js';
import type { DismissRequestEvent } from '../attachment-tray/attachment-tray.events.js';
import type { IncomingFile } from '../attachment-tray/incoming-file.js';
import { adoptStyles } from '../base/index.js';
import type { AttachRequestEvent } from '../whatsapp-composer/whatsapp-composer.events.js';
import type { ComposerFiles } from '../whatsapp-composer/whatsapp-composer.js';
import { attachingStyles } from './attaching.styles.js';
import { FileDrop } from './file-drop.js';
import { FilesAttachEvent, MessageSendEvent } from './whatsapp-interaction.events.js';

type Host = ReactiveControllerHost & HTMLElement & { readonly workspace: Workspace | null };

/** Endings of recordings whose types browsers do not know. */
const SOUNDS = ['.aac', '.amr', '.m4a', '.mp3', '.oga', '.ogg', '.opus'];

/** Nobody is shown it. */
const VOICE_FILE = 'voice-note.ogg';

const NONE: readonly IncomingFile[] = [];

/**
 * What becomes of files that are chosen, dropped or pasted in a conversation. Loaded beside it, where the contact centre takes files. What cannot be sent stays, in its
 * conversation, until the agent has read why.
 */
export class Attaching {
  readonly #host: Host;
  readonly #interaction: () => Interaction | null;
  readonly #drop: FileDrop;
  /** Chosen and not in a draft, by interaction. */
  readonly #incoming = new Map<string, readonly IncomingFile[]>();
  #count = 0;

  /** @param interaction Where files can be attached now; null where they cannot. */
  constructor(host: Host, interaction: () => Interaction | null) {
    this.#host = host;
    this.#interaction = interaction;
    adoptStyles(host, attachingStyles);
    this.#drop = new FileDrop(
      host,
      () => interaction() !== null,
      (files) => this.#attach(files),
    );
  }

  /** What a composer needs of it. */
  offer(interaction: string, policy: Policy): ComposerFiles {
    const incoming = this.#incoming.get(interaction) ?? NONE;
    return {
      accept: this.#accept(policy),
      incoming,
      fileOf: this.#fileOf,
      voice: this.#voice(interaction, policy),
    };
  }

  renderDrop(words: Localizer): TemplateResult | typeof nothing {
    if (!this.#drop.isOver) return nothing;
    return html`<div class="drop strong" aria-hidden="true">${words.t('interaction.drop')}</div>`;
  }

  readonly onAttach = (event: AttachRequestEvent): void => {
    event.stopPropagation();
    this.#attach(event.detail.files);
  };

  readonly onDismiss = (event: DismissRequestEvent): void => {
    event.stopPropagation();
    const interaction = this.#interaction();
    if (interaction) this.#dismiss(interaction.id, event.detail.key);
  };

  /** Which files can be chosen, as a file input has it. */
  #accept(policy: Policy): string {
    const { image, video, audio, document } = fileLimits(policy.files);
    const types = [image, video, audio, document].flatMap((limit) => limit.types);
    return [...types, ...(audio.types.length > 0 ? SOUNDS : [])].join(',');
  }

  /** null where recordings of this kind cannot be sent. */
  #voice(interaction: string, policy: Policy): ComposerVoice | null {
    if (!fileLimits(policy.files).audio.types.includes('audio/ogg')) return null;
    return { record: recordVoice, keep: (note, send) => void this.#keep(interaction, note, send) };
  }

  /** What was recorded belongs to its conversation, whichever is shown by now, or to the one that this has ended in. */
  async #keep(recordedIn: string, note: Blob, send: boolean): Promise<void> {
    const { workspace } = this.#host;
    if (!workspace) return;
    const file = new File([note], VOICE_FILE, { type: note.type });
    const outcome = await this.#add(recordedIn, file, workspace.attach(recordedIn, file, true));
    const { interactions } = workspace.state;
    const id = successorOf(interactions, recordedIn);
    const interaction = interactions.get(id);
    if (!outcome.ok || !send || !interaction) return;
    const draft = { ...EMPTY_DRAFT, attachments: [outcome.attachment] };
    if (this.#host.dispatchEvent(new MessageSendEvent(interaction, draft))) workspace.send(id, draft);
  }

  #attach(files: readonly File[]): void {
    const interaction = this.#interaction();
    const { workspace } = this.#host;
    if (!interaction || !workspace || files.length === 0) return;
    if (!this.#host.dispatchEvent(new FilesAttachEvent(interaction, files))) return;
    for (const file of files) void this.#add(interaction.id, file, workspace.attach(interaction.id, file));
  }

  #dismiss(interaction: string, key: string): void {
    this.#change(interaction, (files) => files.filter((one) => one.key !== key));
  }

  readonly #fileOf = (id: string): Promise<Blob | null> =>
    this.#host.workspace?.fileOf(id) ?? Promise.resolve(null);

  async #add(interaction: string, file: File, taking: Promise<AttachOutcome>): Promise<AttachOutcome> {
    const key = `incoming-${++this.#count}`;
    const incoming: IncomingFile = { key, name: file.name, bytes: file.size, refusal: null };
    this.#change(interaction, (files) => [...files, incoming]);
    const outcome = await taking;
    if (outcome.ok) this.#dismiss(interaction, key);
    else
      this.#change(interaction, (files) =>
        files.map((one) => (one.key === key ? { ...one, refusal: outcome.refusal } : one)),
      );
    return outcome;
  }

  #change(interaction: string, change: (files: readonly IncomingFile[]) => readonly IncomingFile[]): void {
    const files = change(this.#incoming.get(interaction) ?? NONE);
    if (files.length > 0) this.#incoming.set(interaction, files);
    else this.#incoming.delete(interaction);
    this.#host.requestUpdate();
  }
}
