import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/whatsapp-interaction.js';
import type { WhatsAppInteraction } from '../../src/elements/whatsapp-interaction/whatsapp-interaction.js';
import type { ReadOutcome, TranscriptFinder } from '../../src/context/index.js';
import type { Message, TranscriptItem } from '../../src/model/index.js';
import { mediaContent, messageItem, NO_CONTEXT } from '../../src/model/index.js';
import { aContact, aMessage, anInteraction, NOON } from '../support/builders.js';
import { FakeWorkspace, NOWHERE } from '../support/fake-workspace.js';
import { pressed } from '../support/media-element.js';
import { byRole, deepActiveElement, getByRole, shadowText } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
const said = (id: string, text: string, more: Partial<Message> = {}): TranscriptItem =>
  messageItem(aMessage({ id, at: NOON, content: { kind: 'text', text }, ...more }));

/** The newest page first, as they are read. */
const PAGES: readonly (readonly TranscriptItem[])[] = [
  [
    said('m3', HOSTILE),
    said('m4', 'It is on its way.', {
      direction: 'outbound',
      author: { id: 'ana', name: 'Ana' },
      context: { ...NO_CONTEXT, reply: true, replyTo: 'm1' },
    }),
  ],
  [
    said('m1', 'Where is my parcel?', {
      at: NOON - 86_400_000,
      editedAt: NOON,
      former: [{ text: 'Where?', at: 0 }],
    }),
    messageItem(
      aMessage({
        id: 'm2',
        at: NOON - 86_400_000,
        content: mediaContent('document', { fileName: 'receipt.pdf', caption: 'See here' }),
      }),
    ),
  ],
];

const readPages: TranscriptFinder['readWhole'] = async (_interaction, heard) => {
  PAGES.forEach(heard);
  return { ok: true };
};

async function exporting(readWhole = readPages) {
  const workspace = new FakeWorkspace();
  const interaction = anInteraction({ contact: aContact({ name: 'Masha/../<b>' }) });
  workspace.setInteractions(interaction);
  workspace.finding = { ...NOWHERE, readWhole };
  workspace.selected$.next(interaction.id);
  const element = await fixture<WhatsAppInteraction>(
    html`<whatsapp-interaction
      style="inline-size: 700px; block-size: 500px"
      .workspace=${workspace}
    ></whatsapp-interaction>`,
  );
  const menu = getByRole(element, 'button', 'More actions');
  menu.focus();
  menu.click();
  await waitUntil(() => byRole(element, 'menuitem', 'Save or print…'));
  getByRole(element, 'menuitem', 'Save or print…').click();
  await waitUntil(() => byRole(element, 'dialog', 'Save conversation'));
  return { workspace, element };
}

/** What a press saves: the name and the text of the file. */
async function saved(act: () => void): Promise<{ readonly name: string; readonly text: string }> {
  const link = await pressed(act);
  return { name: link.download, text: await (await fetch(link.href)).text() };
}

/** Reads no further than a test lets it. */
function slowly() {
  let end: (outcome: ReadOutcome) => void = () => undefined;
  const calls: { heard: (page: readonly TranscriptItem[]) => void; signal: AbortSignal }[] = [];
  const readWhole: TranscriptFinder['readWhole'] = (_interaction, heard, signal) => {
    calls.push({ heard, signal });
    return new Promise((resolve) => (end = resolve));
  };
  return { readWhole, calls, end: (outcome: ReadOutcome) => end(outcome) };
}

describe('<transcript-export>', () => {
  it('saves the conversation as text, with what is said of each message', async () => {
    const { element } = await exporting();
    const { name, text } = await saved(() => getByRole(element, 'button', 'Save').click());
    expect(name).to.match(/^WhatsApp [^/\\<>]*_b_ \d{4}-\d\d-\d\d\.txt$/);
    const lines = text.split('\n').map((line) => line.replace(/\s/g, ' '));
    const at = (part: string): number => lines.findIndex((line) => line.includes(part));
    expect(at('Where is my parcel?')).to.be.greaterThan(0);
    expect(at('Before: Where?')).to.equal(at('Where is my parcel?') + 2);
    expect(lines[at('receipt.pdf') - 1]).to.contain('[Document]');
    expect(lines[at('receipt.pdf') + 1]).to.equal('See here');
    expect(at('Ana: It is on its way.')).to.be.greaterThan(at('receipt.pdf'));
    expect(lines[at('Ana: It is on its way.') + 1]).to.contain('Where is my parcel?');
    expect(byRole(element, 'dialog', 'Save conversation')).to.equal(null);
  });

  it('saves a page in which what people wrote is text, and which may load nothing', async () => {
    const { element } = await exporting();
    getByRole(element, 'radio', 'Web page (HTML)').click();
    const { name, text } = await saved(() => getByRole(element, 'button', 'Save').click());
    expect(name).to.match(/\.html$/);
    const page = new DOMParser().parseFromString(text, 'text/html');
    expect(page.querySelectorAll('img, script, b, iframe, link')).to.have.length(0);
    expect(page.body.textContent).to.contain(HOSTILE);
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).to.contain("default-src 'none'");
    expect(page.querySelectorAll('h2')).to.have.length(2);
    expect(page.querySelectorAll('article')).to.have.length(4);
    expect(page.querySelector('article.own bdi')?.textContent).to.equal('Ana');
  });

  it('saves data for programs, with everything that is known', async () => {
    const { element } = await exporting();
    getByRole(element, 'radio', 'Data for programs (JSON)').click();
    const { name, text } = await saved(() => getByRole(element, 'button', 'Save').click());
    expect(name).to.match(/\.json$/);
    const { format, items } = JSON.parse(text) as { format: string; items: TranscriptItem[] };
    expect(format).to.equal('whatsapp-workspace-transcript');
    expect(items).to.deep.equal(PAGES.toReversed().flat());
  });

  it('prints it from a page of its own', async () => {
    const { element } = await exporting();
    const dialog = element.shadowRoot?.querySelector('transcript-export');
    const view = dialog?.shadowRoot?.querySelector('iframe')?.contentWindow as Window;
    const printed: string[] = [];
    view.print = () => printed.push(view.document.body.textContent ?? '');
    getByRole(element, 'button', 'Print…').click();
    await waitUntil(() => printed.length > 0);
    expect(printed).to.have.length(1);
    expect(printed[0]).to.contain('Where is my parcel?');
    expect(view.document.querySelectorAll('img, script')).to.have.length(0);
  });

  it('says how far it has come, stops when it is not wanted, and gives the focus back', async () => {
    const { readWhole, calls } = slowly();
    const { element } = await exporting(readWhole);
    getByRole(element, 'button', 'Save').click();
    await waitUntil(() => calls.length > 0);
    calls[0]?.heard(PAGES[0] ?? []);
    await waitUntil(() => shadowText(element).includes('Reading… 2 messages'));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => calls[0]?.signal.aborted);
    await waitUntil(() => deepActiveElement() === byRole(element, 'button', 'More actions'));
  });

  it('says when it could not be read, and can be tried again', async () => {
    const { readWhole, calls, end } = slowly();
    const { element, workspace } = await exporting(readWhole);
    getByRole(element, 'button', 'Save').click();
    await waitUntil(() => calls.length > 0);
    end({ ok: false, why: 'offline' });
    await waitUntil(() => shadowText(element).includes('could not be read to its beginning'));
    workspace.finding = { ...NOWHERE, readWhole: readPages };
    const { text } = await saved(() => getByRole(element, 'button', 'Save').click());
    expect(text).to.contain('Where is my parcel?');
  });

  it('has no violations', async () => {
    const { element } = await exporting();
    await expect(element).to.be.accessible();
  });
});
