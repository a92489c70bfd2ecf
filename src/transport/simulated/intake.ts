import { isMedia } from '../../model/index.js';
import type { LogEntry, MediaStatus, Message, MessageChange } from '../../model/index.js';
import type { Agenda } from './agenda.js';
import type { Centre } from './centre.js';
import type { MediaStore } from './media-store.js';
import { sampleFile } from './sample-files.js';

/** After how long a file begins to be fetched from WhatsApp, and is here; milliseconds. */
const BEGINS = 300;
const TAKES = 900;

/** Fetches the files that contacts send, as a gateway does. */
export class Intake {
  readonly #centre: Centre;
  readonly #agenda: Agenda;
  readonly #files: MediaStore;

  constructor(centre: Centre, agenda: Agenda, files: MediaStore) {
    this.#centre = centre;
    this.#agenda = agenda;
    this.#files = files;
  }

  onEntries(entries: readonly LogEntry[]): void {
    for (const { event } of entries) if (event.type === 'message-received') this.#fetch(event.body.message);
  }

  #fetch({ id, content }: Message): void {
    if (!isMedia(content) || content.status !== 'wanted') return;
    this.#agenda.in(BEGINS, () => this.#centre.change(id, (message) => news(message, 'fetching')));
    this.#agenda.in(BEGINS + TAKES, () => this.#centre.change(id, (message) => this.#stored(message)));
  }

  #stored(message: Message): MessageChange | null {
    const { content, id } = message;
    const file = isMedia(content) ? sampleFile(content, id) : null;
    if (!file || !isMedia(content)) return news(message, 'gone');
    const { mimeType } = file.facts;
    const declared = { mimeType: mimeType ?? '', fileName: content.fileName };
    return {
      ...file.facts,
      kind: 'media',
      status: 'stored',
      media: this.#files.promise(file.make, declared),
      error: null,
    };
  }
}

function news({ content }: Message, status: MediaStatus): MessageChange | null {
  if (!isMedia(content)) return null;
  const { media, mimeType, bytes, width, height, duration, waveform, error } = content;
  return { kind: 'media', media, mimeType, bytes, width, height, duration, waveform, error, status };
}
