import { ContextProvider } from '@lit/context';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ReplaySubject } from 'rxjs';
import '../../src/define/whatsapp-media.js';
import '../../src/define/whatsapp-transcript.js';
import { workspaceContext } from '../../src/context/index.js';
import type { WhatsAppTranscript } from '../../src/elements/whatsapp-transcript/whatsapp-transcript.js';
import { joinPage, mediaContent, messageItem, openTranscript } from '../../src/model/index.js';
import type { MediaContent, Transcript, TranscriptItem } from '../../src/model/index.js';
import type { MediaSource } from '../../src/transport/adapter.js';
import { NOON, aMessage } from '../support/builders.js';
import { FakeWorkspace } from '../support/fake-workspace.js';
import { aPicture } from '../support/sample-files.js';
import { everyElement } from '../support/queries.js';
import { waitUntil } from '../support/wait-until.js';

const COUNT = 60;

let workspace: FakeWorkspace;
/** Where all photos are, as soon as the test says so. */
let source$: ReplaySubject<MediaSource>;
let url: string;

/** Every second message is a photo: of a known size, of an unknown one, and one that is still on its way, by turns. */
function photo(n: number, arrived: boolean): MediaContent {
  const media = { id: `file-${n}` };
  if (n % 6 === 0) return mediaContent('image', { status: 'stored', media, width: 300, height: 200 + n });
  if (n % 6 === 2) return mediaContent('image', { status: 'stored', media });
  return arrived
    ? mediaContent('image', { status: 'stored', media, width: 400, height: 900 })
    : mediaContent('image', { status: 'fetching' });
}

const items = (arrived: boolean): readonly TranscriptItem[] =>
  Array.from({ length: COUNT }, (_, n) => {
    const text = { kind: 'text', text: `${n} The boards are here. `.repeat(1 + (n % 5)) } as const;
    const content = n % 2 === 0 ? photo(n, arrived) : text;
    return messageItem(aMessage({ id: `m${n}`, at: NOON + n * 60_000, content }));
  });

function transcript(arrived = false): Transcript {
  const page = { items: items(arrived), next: null, cursor: { epoch: 'e', seq: 1 } };
  return joinPage(openTranscript('i1'), 'i1', page);
}

async function shown(): Promise<WhatsAppTranscript> {
  const around = await fixture(html`<div></div>`);
  new ContextProvider(around as HTMLElement, { context: workspaceContext, initialValue: workspace });
  const element = document.createElement('whatsapp-transcript');
  element.style.cssText = 'block-size: 500px; inline-size: 420px';
  element.transcript = transcript();
  around.append(element);
  await still(element);
  return element;
}

async function still(element: WhatsAppTranscript): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await element.updateComplete;
    await nextFrame();
    if (element.isUpdatePending) quiet = -1;
  }
}

const scroller = (element: Element): HTMLElement =>
  element.shadowRoot?.querySelector('.scroller') as HTMLElement;
const pictures = (element: Element): HTMLImageElement[] =>
  [...everyElement(element)].filter((one): one is HTMLImageElement => one instanceof HTMLImageElement);
const areLoaded = (element: Element): boolean => {
  const all = pictures(element);
  return all.length > 0 && all.every((one) => getComputedStyle(one).visibility === 'visible');
};

/** The first row that begins in view, by its key, and where it is; null when none does. */
function read(element: Element): [string, number] | null {
  const edge = scroller(element).getBoundingClientRect().top;
  const rows = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? [])];
  for (const row of rows) {
    const top = (row.querySelector('.body') ?? row).getBoundingClientRect().top - edge;
    if (top >= 0 && top < scroller(element).clientHeight) return [row.dataset['key'] ?? '', top];
  }
  return null;
}

async function toMiddle(element: WhatsAppTranscript): Promise<void> {
  scroller(element).scrollTop = scroller(element).scrollHeight / 2;
  await waitUntil(() => read(element) !== null);
  await still(element);
}

/** How far what is read has been from its place, at most, in any frame while something happens. */
async function moved(element: Element, act: () => void, isOver: () => boolean): Promise<number> {
  const [key = '', top = NaN] = read(element) ?? [];
  let most = 0;
  let over = false;
  act();
  void waitUntil(isOver).then(() => (over = true));
  for (let after = 0; after < 4; after += over ? 1 : 0) {
    await nextFrame();
    const row = element.shadowRoot?.querySelector<HTMLElement>(`[data-key="${key}"]`);
    const body = row?.querySelector('.body') ?? row;
    const now = (body?.getBoundingClientRect().top ?? NaN) - scroller(element).getBoundingClientRect().top;
    most = Math.max(most, Math.abs(now - top));
  }
  return most;
}

describe('photos in a transcript', () => {
  before(async () => (url = URL.createObjectURL(await aPicture(90, 160))));
  after(() => URL.revokeObjectURL(url));

  beforeEach(() => {
    workspace = new FakeWorkspace();
    workspace.patch({ features: ['media'] });
    source$ = new ReplaySubject(1);
    workspace.sourceOf = () => source$;
  });

  const come = (): void => {
    source$.next({ url, until: null });
    source$.complete();
  };

  for (const place of ['in the middle', 'at the end'] as const) {
    it(`move nothing that is read ${place} when they are loaded`, async () => {
      const element = await shown();
      if (place === 'in the middle') {
        await toMiddle(element);
      }
      expect(await moved(element, come, () => areLoaded(element))).to.equal(0);
    });
  }

  it('move nothing that is read when they arrive and have another size', async () => {
    come();
    const element = await shown();
    await toMiddle(element);
    await waitUntil(() => areLoaded(element));
    const before = pictures(element).length;
    const arrive = (): void => void (element.transcript = transcript(true));
    expect(
      await moved(element, arrive, () => pictures(element).length > before && areLoaded(element)),
    ).to.equal(0);
  });

  it('are opened large with all that are loaded around them', async () => {
    come();
    const element = await shown();
    await waitUntil(() => areLoaded(element));
    const last = pictures(element).at(-1);
    last?.closest('button')?.click();
    const dialog = (): HTMLDialogElement | undefined =>
      [...everyElement(element)].find((one): one is HTMLDialogElement => one instanceof HTMLDialogElement);
    await waitUntil(() => dialog()?.open === true);
    const count = items(false).filter(
      (item) => item.kind === 'message' && 'media' in item.message.content && item.message.content.media,
    ).length;
    await waitUntil(() => dialog()?.textContent?.includes(`of ${count}`) === true);
    const at = scroller(element).scrollTop;
    await sendKeys({ press: 'Home' });
    await waitUntil(() => dialog()?.textContent?.includes(`Photo 1 of ${count}`) === true);
    await still(element);
    expect(scroller(element).scrollTop, 'the keys of the dialog are its own').to.equal(at);
  });
});
