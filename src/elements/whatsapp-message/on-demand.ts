import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';
import { adoptStyles } from '../base/index.js';

type Host = ReactiveControllerHost & Pick<Element, 'shadowRoot'>;

/** A module that is loaded when something is first rendered that needs it. */
export class OnDemand<M extends object> {
  readonly #load: () => Promise<M>;
  #module: M | null = null;
  /** Whether it was asked for since that was last forgotten. */
  #wanted = false;

  constructor(load: () => Promise<M>) {
    this.#load = load;
  }

  get wanted(): boolean {
    return this.#wanted;
  }

  get isHere(): boolean {
    return this.#module !== null;
  }

  /** Those of what the module renders, where it exports any by this name. */
  get styles(): CSSResult | null {
    const module: { readonly styles?: CSSResult } | null = this.#module;
    return module?.styles ?? null;
  }

  /** Null until it is there: whoever renders shows something simpler until then, and where it cannot be had. */
  get(): M | null {
    this.#wanted = true;
    return this.#module;
  }

  forget(): void {
    this.#wanted = false;
  }

  /** Returns whether it is there now. */
  async load(): Promise<boolean> {
    try {
      this.#module ??= await this.#load();
      return true;
    } catch {
      return false;
    }
  }
}

/** Loads what a rendering of its host has asked for, and has the host rendered again with it. What it has already gives the host its styles. */
export class LoadsOnDemand implements ReactiveController {
  readonly #host: Host;
  readonly #modules: readonly OnDemand<object>[];
  readonly #adopted = new Set<CSSResult>();
  #loading: Promise<void> | null = null;

  constructor(host: Host, modules: readonly OnDemand<object>[]) {
    this.#host = host;
    this.#modules = modules;
    host.addController(this);
  }

  /** Settles when nothing is being loaded any more. */
  get loading(): Promise<void> | null {
    return this.#loading;
  }

  hostUpdate(): void {
    for (const one of this.#modules) one.forget();
  }

  hostUpdated(): void {
    const wanted = this.#modules.filter((one) => one.wanted);
    for (const { styles } of wanted) if (styles) this.#adopt(styles);
    const missing = wanted.filter(({ isHere }) => !isHere);
    if (missing.length > 0) this.#loading ??= this.#load(missing);
  }

  #adopt(styles: CSSResult): void {
    if (this.#adopted.has(styles)) return;
    this.#adopted.add(styles);
    adoptStyles(this.#host, styles);
  }

  async #load(missing: readonly OnDemand<object>[]): Promise<void> {
    const came = await Promise.all(missing.map((one) => one.load()));
    this.#loading = null;
    if (came.includes(true)) this.#host.requestUpdate();
  }
}
