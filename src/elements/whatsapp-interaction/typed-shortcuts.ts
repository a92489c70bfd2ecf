import type { LitElement } from 'lit';
import type { ResponseLibrary, Workspace } from '../../context/index.js';
import type { Interaction, PreparedResponse, TextRange } from '../../model/index.js';
import { ResponseInsertEvent } from '../response-picker/response-picker.events.js';
import type { WritingPlace } from '../response-picker/writing-place.js';
import type { ShortcutSource } from '../whatsapp-composer/shortcut-source.js';

interface Sources {
  readonly workspace: () => Workspace | null | undefined;
  readonly interaction: () => Interaction | null;
  readonly place: WritingPlace;
}

/** Prepared responses for the shortcuts that are typed in a conversation. */
export class TypedShortcuts implements ShortcutSource {
  readonly #host: LitElement;
  readonly #sources: Sources;
  #library: ResponseLibrary | null = null;
  #from: Workspace | null = null;

  constructor(host: LitElement, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
  }

  readonly find = async (typed: string): Promise<readonly PreparedResponse[]> => {
    try {
      const library = await this.#open();
      const search = { text: typed, match: 'all', category: null, language: null } as const;
      const outcome = await library?.search(search, null);
      return outcome?.ok ? outcome.responses : [];
    } catch {
      // What finds them could not be loaded: with the next letter it is tried again.
      return [];
    }
  };

  readonly insert = (response: PreparedResponse, range: TextRange): void => {
    const { interaction, place } = this.#sources;
    const known = interaction();
    if (!known || !this.#host.dispatchEvent(new ResponseInsertEvent(response, known))) return;
    const end = this.#library?.insert(known.id, response, range) ?? null;
    if (end !== null) place.inserted(end);
  };

  async #open(): Promise<ResponseLibrary | null> {
    const workspace = this.#sources.workspace() ?? null;
    if (workspace !== this.#from || !this.#library) {
      this.#from = workspace;
      this.#library = (await workspace?.responses()) ?? null;
    }
    return this.#library;
  }
}
