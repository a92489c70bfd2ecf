import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Workspace } from '../../context/index.js';
import type { Localizer } from '../../i18n/index.js';
import { Dialog } from '../base/dialog.js';
import type { PopoverHost } from '../base/index.js';

export { dialogStyles } from '../base/dialog.styles.js';

/** The agent's own settings over the page. Loaded when they are first asked for. */
export class SettingsDialog {
  readonly #dialog: Dialog;

  constructor(host: PopoverHost) {
    this.#dialog = new Dialog(host, 'settings-dialog');
  }

  /** `opener` is what gets the focus back. */
  open(opener: HTMLElement | null): void {
    this.#dialog.open(opener);
  }

  render(workspace: Workspace | null, words: Localizer): TemplateResult {
    return this.#dialog.render({
      label: words.t('status.settings'),
      close: words.t('common.close'),
      content: html`<agent-settings .workspace=${workspace}></agent-settings>`,
    });
  }
}
