import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement;

/** Lets files be dropped anywhere on its host. That the browser does not open them in the place of the page, each of our elements sees to. */
export class FileDrop implements ReactiveController {
  readonly #host: Host;
  readonly #takes: () => boolean;
  readonly #take: (files: readonly File[]) => void;
  /** How many elements inside the pointer has entered and not left. */
  #depth = 0;

  constructor(host: Host, takes: () => boolean, take: (files: readonly File[]) => void) {
    this.#host = host;
    this.#takes = takes;
    this.#take = take;
    host.addController(this);
  }

  /** Whether files that can be dropped here are over it. */
  get isOver(): boolean {
    return this.#depth > 0;
  }

  hostConnected(): void {
    this.#host.addEventListener('dragenter', this.#onEnter);
    this.#host.addEventListener('dragleave', this.#onLeave);
    this.#host.addEventListener('dragover', this.#onOver);
    this.#host.addEventListener('drop', this.#onDrop);
  }

  hostDisconnected(): void {
    this.#depth = 0;
    this.#host.removeEventListener('dragenter', this.#onEnter);
    this.#host.removeEventListener('dragleave', this.#onLeave);
    this.#host.removeEventListener('dragover', this.#onOver);
    this.#host.removeEventListener('drop', this.#onDrop);
  }

  readonly #onEnter = (event: DragEvent): void => {
    if (hasFiles(event) && this.#takes()) this.#enter(this.#depth + 1);
  };

  readonly #onLeave = (event: DragEvent): void => {
    if (hasFiles(event) && this.isOver) this.#enter(this.#depth - 1);
  };

  readonly #onOver = (event: DragEvent): void => {
    if (hasFiles(event) && event.dataTransfer)
      event.dataTransfer.dropEffect = this.#takes() ? 'copy' : 'none';
  };

  readonly #onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    this.#enter(0);
    if (this.#takes()) this.#take([...(event.dataTransfer?.files ?? [])]);
  };

  #enter(depth: number): void {
    const before = this.isOver;
    this.#depth = depth;
    if (before !== this.isOver) this.#host.requestUpdate();
  }
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
