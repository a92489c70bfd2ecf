import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/composer-menu.js';
import type { ComposerMenu } from '../../src/elements/composer-menu/composer-menu.js';
import { allByRole, byRole, deepActiveElement, getByRole, nameOf } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const ALL = ['send-location', 'send-contacts', 'send-interactive'];

async function menu(features: readonly string[] = ALL): Promise<ComposerMenu> {
  return fixture<ComposerMenu>(html`<composer-menu .features=${features}></composer-menu>`);
}

const items = (element: Element): string[] => allByRole(element, 'menuitem').map((item) => nameOf(item));

async function open(element: ComposerMenu, kind: string): Promise<HTMLElement> {
  getByRole(element, 'button', 'More to send').focus();
  await sendKeys({ press: 'ArrowDown' });
  getByRole(element, 'menuitem', kind).click();
  await waitUntil(() => byRole(element, 'dialog', kind), 'the form is there');
  await waitUntil(() => byRole(element, 'textbox'), 'its fields are there');
  return getByRole(element, 'dialog', kind);
}

describe('<composer-menu>', () => {
  it('offers what the contact centre takes, and is nothing where that is nothing', async () => {
    const element = await menu();
    getByRole(element, 'button', 'More to send').click();
    expect(items(element)).to.deep.equal(['Location', 'Contact card', 'Reply buttons', 'List']);
    element.features = ['send-text', 'send-location'];
    await element.updateComplete;
    expect(items(element)).to.deep.equal(['Location']);
    element.features = ['send-text'];
    await element.updateComplete;
    expect(byRole(element, 'button')).to.equal(null);
  });

  it('opens a form over the page, with the focus in it, and gives the focus back', async () => {
    const element = await menu();
    await open(element, 'Contact card');
    await waitUntil(() => nameOf(deepActiveElement() as Element) === 'Name', 'the focus is in the form');
    await sendKeys({ type: 'Amara' });
    await sendKeys({ press: 'Escape' });
    expect(nameOf(deepActiveElement() as Element)).to.equal('More to send');
    await open(element, 'Contact card');
    expect((getByRole(element, 'textbox', 'Name') as HTMLInputElement).value).to.equal('Amara');
    getByRole(element, 'button', 'Cancel').click();
    await open(element, 'Contact card');
    expect((getByRole(element, 'textbox', 'Name') as HTMLInputElement).value).to.equal('');
  });

  it('keeps one form apart from another', async () => {
    const element = await menu();
    await open(element, 'Reply buttons');
    expect(byRole(element, 'textbox', 'Button 1')).not.to.equal(null);
    await sendKeys({ press: 'Escape' });
    await open(element, 'List');
    expect(byRole(element, 'textbox', 'Row 1')).not.to.equal(null);
  });
});
