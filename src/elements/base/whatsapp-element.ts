import { LitElement } from 'lit';
import type { CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from './base.styles.js';
import { KeyContainment } from './key-containment.js';
import { LocalizeController } from './localize-controller.js';
import { tokenStyles } from './tokens.styles.js';

/**
 * What all our elements have in common: design tokens, language and direction, keys that stay inside. A subclass writes
 * `static override styles = [WhatsAppElement.styles, styles]` and puts `dir=${this.localize.direction}` on its outermost node.
 */
export abstract class WhatsAppElement extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, baseStyles];

  /** `light`, `dark` or `auto` (as the system has it); unset, it follows the `color-scheme` around it. Reaches our elements inside. */
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' | null = null;

  /** `comfortable` or `compact` rows; unset, as around it. Reaches our elements inside. */
  @property({ reflect: true }) density: 'comfortable' | 'compact' | null = null;

  /** The words, dates and direction of this place in the page. */
  protected readonly localize = new LocalizeController(this);

  constructor() {
    super();
    new KeyContainment(this);
  }

  /** The first rendering waits for the words of its language, so that it does not flash in another. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const loading = this.hasUpdated ? null : this.localize.loading;
    return loading ? loading.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }
}
