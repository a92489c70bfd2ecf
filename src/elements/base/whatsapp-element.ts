import { LitElement } from 'lit';
import type { CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import type { FeatureWords } from '../../i18n/index.js';
import { baseStyles } from './base.styles.js';
import { KeyContainment } from './key-containment.js';
import { LocalizeController } from './localize-controller.js';
import { asOneOf, coerce } from './settings.js';
import { tokenStyles } from './tokens.styles.js';

const DENSITIES = ['comfortable', 'compact'] as const;

type Density = (typeof DENSITIES)[number];

/** What the agent has chosen for all elements of a workspace. null: nothing. */
interface Looks {
  readonly language: string | null;
  readonly density: Density | null;
}

/**
 * What all our elements have in common: design tokens, language and direction, keys that stay inside. A subclass writes
 * `static override styles = [WhatsAppElement.styles, styles]` and puts `dir=${this.localize.direction} lang=${this.localize.lang}` on its outermost node.
 */
export abstract class WhatsAppElement extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  /** @internal What the element says beside what all elements say. It comes with the element, so that the first load brings no words of later ones. */
  static readonly words: readonly FeatureWords[] = [];

  /** `light`, `dark` or `auto` (as the system has it); unset, it follows the `color-scheme` around it. Reaches our elements inside. */
  @coerce(asOneOf(['light', 'dark', 'auto'], null))
  @property({ reflect: true })
  theme: 'light' | 'dark' | 'auto' | null = null;

  /** `comfortable` or `compact` rows, unless the agent has chosen; unset, as around it. Reaches our elements inside. */
  @coerce(asOneOf(DENSITIES, null))
  @property({ reflect: true })
  density: 'comfortable' | 'compact' | null = null;

  /** The words, dates and direction of this place in the page. */
  protected readonly localize = new LocalizeController(
    this,
    (this.constructor as typeof WhatsAppElement).words,
  );

  readonly #states = this.attachInternals().states;
  #looks: Looks | null = null;

  constructor() {
    super();
    new KeyContainment(this);
    this.addEventListener('dragover', keepPage);
    this.addEventListener('drop', keepPage);
  }

  /** @internal Takes over what was chosen, before a rendering. */
  look(looks: Looks | null): void {
    this.#looks = looks;
    this.localize.choose(looks?.language ?? null);
  }

  /** @internal Renders at once what is to be rendered, where someone cannot wait: the focus, which the next key goes to. */
  renderNow(): void {
    if (this.isUpdatePending && !this.#waitsForWords) this.performUpdate();
  }

  /** The first rendering waits for the words of its language, so that it does not flash in another. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const loading = this.#waitsForWords;
    const density = this.#looks?.density ?? this.density;
    for (const one of DENSITIES) {
      if (one === density) this.#states.add(one);
      else this.#states.delete(one);
    }
    return loading ? loading.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  get #waitsForWords(): Promise<unknown> | null {
    return this.hasUpdated ? null : this.localize.loading;
  }
}

/** A file that is dropped where nothing takes it would replace the page in the browser. */
function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}
