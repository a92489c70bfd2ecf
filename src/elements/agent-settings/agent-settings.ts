import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Connected, fromWorkspace } from '../../context/index.js';
import { languages } from '../../i18n/index.js';
import { settingsWords } from '../../i18n/settings-words.js';
import { DEFAULT_SETTINGS } from '../../model/index.js';
import type { AgentSettings as Settings } from '../../model/index.js';
import type { AlertSound } from '../../platform/alert-sound.js';
import { controlStyles, FocusHome, icon, WhatsAppElement } from '../base/index.js';
import { styles } from './agent-settings.styles.js';

interface Switch {
  readonly name: 'sound' | 'notifications';
  readonly checked: boolean;
  readonly disabled?: boolean;
  /** Why it cannot be had, as a sentence. */
  readonly problem: string | null;
  readonly change: (on: boolean) => void;
  readonly beside?: TemplateResult;
}

interface Option {
  /** null: as the page has it. */
  readonly value: string | null;
  readonly text: string;
  /** Of the text, where it is not that of all else. */
  readonly lang?: string;
}

/**
 * What agents choose for the own desk: language, density, what Enter does, and how they hear of what is new: by sound, by notifications of the
 * system. A choice holds at once, on this device, in all tabs and over reloads; what is not chosen is as the page has it. The menu of `agent-status`
 * opens it in a dialog.
 *
 * @summary The agent's own settings.
 */
export class AgentSettings extends Connected(WhatsAppElement) {
  static override styles = [WhatsAppElement.styles, controlStyles, styles];

  static override readonly words = [settingsWords];

  /** Whether the sound that was tried could not be heard. */
  @state() private silent = false;

  readonly #settings = fromWorkspace<Settings>(this, ({ settings$ }) => settings$, DEFAULT_SETTINGS);

  #sound: AlertSound | null = null;

  constructor() {
    super();
    new FocusHome(this, () => this.renderRoot.querySelectorAll<HTMLElement>('select, input'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sound?.close();
    this.#sound = null;
  }

  protected override render(): TemplateResult {
    return html`<div
      class="settings"
      role="group"
      dir=${this.localize.direction}
      lang=${this.localize.lang}
      aria-label=${this.localize.t('status.settings')}
    >
      ${this.workspace ? this.#renderAll() : html`<p class="empty">${this.localize.t('common.no-workspace')}</p>`}
    </div>`;
  }

  #renderAll(): TemplateResult {
    const { localize } = this;
    return html`${this.#renderChoice('language', languages().map(languageOption))}
      ${this.#renderChoice('density', [
        { value: 'comfortable', text: localize.t('settings.density-comfortable') },
        { value: 'compact', text: localize.t('settings.density-compact') },
      ])}
      ${this.#renderChoice('enter', [
        { value: 'send', text: localize.t('settings.enter-send') },
        { value: 'newline', text: localize.t('settings.enter-newline') },
      ])}
      ${this.#renderSound()} ${this.#renderNotifications()}
      <p class="small muted">${localize.t('settings.kept')}</p>`;
  }

  #renderChoice(name: 'language' | 'density' | 'enter', options: readonly Option[]): TemplateResult {
    const chosen = this.#settings.value[name];
    const all: Option[] = [{ value: null, text: this.localize.t('settings.page') }, ...options];
    // Of another page, or of a later version.
    if (!all.some(({ value }) => value === chosen)) all.push({ value: chosen, text: chosen ?? '' });
    const hint = name === 'enter' && chosen === 'newline' ? this.localize.t('settings.enter-hint') : null;
    return html`<div class="choice">
      <label for=${name}>${this.localize.t(`settings.${name}`)}</label>
      <select
        id=${name}
        class="field"
        aria-describedby=${hint === null ? nothing : `${name}-hint`}
        @change=${(event: Event) => this.#choose(name, all, event)}
      >
        ${all.map(
          ({ value, text, lang }) =>
            html`<option lang=${lang ?? nothing} .selected=${value === chosen}>${text}</option>`,
        )}
      </select>
      ${hint === null ? nothing : html`<p id="${name}-hint" class="hint small muted">${hint}</p>`}
    </div>`;
  }

  #renderSound(): TemplateResult {
    return this.#renderSwitch({
      name: 'sound',
      checked: this.#settings.value.sound === true,
      problem: this.silent ? this.localize.t('settings.silent') : null,
      change: (on) => this.workspace?.changeSettings({ sound: on }),
      beside: html`<button class="button" type="button" @click=${() => void this.#play()}>
        ${this.localize.t('settings.play')}
      </button>`,
    });
  }

  #renderNotifications(): TemplateResult {
    const permission = permissionNow();
    const chosen = this.#settings.value.notifications === true;
    const problem = permission === 'missing' || permission === 'denied' ? permission : null;
    return this.#renderSwitch({
      name: 'notifications',
      checked: chosen && permission === 'granted',
      disabled: permission === 'missing',
      problem: problem && this.localize.t(`settings.notifications-${problem}`),
      change: (on) => void this.#notify(on),
    });
  }

  #renderSwitch({ name, checked, disabled = false, problem, change, beside }: Switch): TemplateResult {
    return html`<div class="choice">
      <label class="switch">
        <input
          type="checkbox"
          aria-describedby="${name}-hint"
          .checked=${live(checked)}
          ?disabled=${disabled}
          @change=${({ target }: Event) => change(target instanceof HTMLInputElement && target.checked)}
        />
        <span>${this.localize.t(`settings.${name}`)}</span>
      </label>
      ${beside ?? nothing}
      <p id="${name}-hint" class="note small muted">${this.localize.t(`settings.${name}-hint`)}</p>
      ${
        problem === null
          ? nothing
          : html`<p class="note problem small" role="alert">
              ${icon('alert-circle', 16)}<span>${problem}</span>
            </p>`
      }
    </div>`;
  }

  /** The browser asks the agent, who has just pressed something: it would not ask otherwise. */
  async #notify(on: boolean): Promise<void> {
    const granted = on && (await Notification.requestPermission()) === 'granted';
    this.workspace?.changeSettings({ notifications: granted });
    this.requestUpdate();
  }

  async #play(): Promise<void> {
    const { AlertSound } = await import('../../platform/alert-sound.js');
    this.#sound ??= new AlertSound();
    this.silent = !(await this.#sound.play('invitation'));
  }

  #choose(name: keyof Settings, options: readonly Option[], { target }: Event): void {
    const value = target instanceof HTMLSelectElement ? (options[target.selectedIndex]?.value ?? null) : null;
    this.workspace?.changeSettings({ [name]: value });
  }
}

function permissionNow(): NotificationPermission | 'missing' {
  return 'Notification' in globalThis ? Notification.permission : 'missing';
}

/** In its own language, so that whoever can read it finds it. */
function languageOption(tag: string): Option {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  return { value: tag, text: name ?? tag, lang: tag };
}

declare global {
  interface HTMLElementTagNameMap {
    'agent-settings': AgentSettings;
  }
}
