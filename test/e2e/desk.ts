import type { Locator, Page } from 'playwright-core';

/** What a page complained of. */
export interface Complaint {
  readonly kind: 'console' | 'error' | 'violation';
  readonly text: string;
}

/** The demo page as an agent uses it: by the names that a screen reader says. */
export class Desk {
  readonly page: Page;
  readonly complaints: Complaint[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, url: string): Promise<Desk> {
    const desk = new Desk(page);
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => desk.complaints.push({ kind: 'error', text: error.message }));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        desk.complaints.push({ kind: 'console', text: message.text() });
      }
    });
    await page.exposeBinding('reportViolation', (_source, text: string) =>
      desk.complaints.push({ kind: 'violation', text }),
    );
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation;
        report(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
    await page.goto(url);
    return desk;
  }

  /** The button that says whether the agent takes part; disabled until that is known. */
  get status(): Locator {
    return this.page.getByRole('button', { name: /^Status: / });
  }

  /** Takes part: new interactions ring here. */
  async becomeReady(): Promise<void> {
    await this.status.and(this.page.locator(':enabled')).waitFor();
    if ((await this.status.getAttribute('aria-label')) !== 'Status: Ready') {
      await this.status.click();
      await this.page.getByRole('menuitem', { name: 'Ready', exact: true }).click();
    }
    await this.page.getByRole('button', { name: 'Status: Ready', exact: true }).waitFor();
  }

  /** The invitation of a contact. */
  invitation(name: string): Locator {
    return this.page
      .locator('interaction-bar')
      .getByRole('listitem')
      .filter({ hasText: name })
      .filter({
        has: this.page.getByRole('button', { name: 'Accept' }),
      });
  }

  async accept(name: string): Promise<void> {
    await this.invitation(name).getByRole('button', { name: 'Accept' }).click();
    await this.conversation(name).waitFor();
  }

  conversation(name: string): Locator {
    // Names in another direction are isolated by invisible characters.
    return this.page.getByRole('region', { name: new RegExp(`^Conversation with \u2068?${name}`) });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  /** Types and sends with Enter. */
  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** A message of the conversation in front. */
  message(text: string): Locator {
    return this.page.locator('whatsapp-message').filter({ hasText: text });
  }

  /** Waits until a message shows a delivery state, by its name. */
  async untilMessage(text: string, state: string): Promise<void> {
    await this.message(text).getByTitle(state, { exact: true }).waitFor();
  }

  /** How often a text is among the messages in front. */
  async count(text: string): Promise<number> {
    return this.message(text).count();
  }

  /** The record that the page shows. */
  get record(): Locator {
    return this.page.getByRole('region', { name: 'Customer record' });
  }

  /** The open interaction of a contact in the bar. */
  tile(name: string): Locator {
    const tiles = this.page.locator('interaction-bar [part~="tile"]');
    // The menu of a tile is named after the contact as well.
    return this.page.locator('interaction-bar').getByRole('button', { name }).and(tiles);
  }

  /** Puts a contact's conversation in front; a strip may hide its tile behind the button that counts what is hidden. */
  async goTo(name: string): Promise<void> {
    const hidden = this.page.locator('interaction-bar').getByRole('button', { name: /^\d+ more/ });
    await this.tile(name).or(hidden).first().waitFor();
    if ((await this.tile(name).count()) === 0) await hidden.click();
    await this.tile(name).click();
    await this.conversation(name).waitFor();
  }

  /** Moves the conversation in front to a workbin, by its name. */
  async park(workbin: string): Promise<void> {
    await this.#openMenu('Move to Workbin');
    await this.page.getByRole('menuitem', { name: workbin }).click();
  }

  async markDone(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Mark Done', exact: true });
    if (await button.isVisible()) return button.click();
    await this.#openMenu('Mark Done');
    await this.page.getByRole('menuitem', { name: 'Mark Done' }).click();
  }

  /** In narrow places, all that can be done is in one menu. */
  async #openMenu(name: string): Promise<void> {
    const own = this.page.getByRole('button', { name, exact: true });
    const menu = (await own.isVisible()) ? own : this.page.getByRole('button', { name: 'More actions' });
    await menu.click();
  }

  /** Loads the page again and waits until the desk is there. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.status.and(this.page.locator(':enabled')).waitFor();
  }

  /** Presses Tab until an element has the focus. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 120; presses++) {
      if (await target.evaluate((element) => element.matches(':focus'))) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${key} does not lead to ${String(target)}.`);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
