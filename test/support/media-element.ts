import { fixture, html } from '@open-wc/testing';
import type { WhatsAppMedia } from '../../src/elements/whatsapp-media/whatsapp-media.js';
import { mediaContent } from '../../src/model/index.js';
import type { MediaContent } from '../../src/model/index.js';
import type { FakeWorkspace } from './fake-workspace.js';
import { getByRole } from './queries.js';
import { waitUntil } from './wait-until.js';

/** A file that is at the contact centre. */
export const stored = (kind: MediaContent['kind'], known: Partial<MediaContent> = {}): MediaContent =>
  mediaContent(kind, { status: 'stored', media: { id: 'file-1' }, mimeType: 'image/png', ...known });

/** A file on the page. `whatsapp-media` must be registered. */
export async function mediaElement(
  workspace: FakeWorkspace,
  content: MediaContent,
  lang = 'en',
): Promise<WhatsAppMedia> {
  return fixture<WhatsAppMedia>(
    html`<whatsapp-media
      lang=${lang}
      style="inline-size: 300px; block-size: 200px"
      .workspace=${workspace}
      .content=${content}
      .at=${Date.UTC(2026, 10, 20, 12)}
    ></whatsapp-media>`,
  );
}

export const imageOf = (element: Element): HTMLImageElement | null =>
  element.shadowRoot?.querySelector('img') ?? null;

export const isShown = (element: Element): boolean => {
  const image = imageOf(element);
  return image !== null && getComputedStyle(image).visibility === 'visible' && image.naturalWidth > 0;
};

/** What there will be. */
export async function eventually<T>(find: () => T | null): Promise<T> {
  let found: T | null = null;
  await waitUntil(() => (found = find()) !== null);
  if (found === null) throw new Error('It is gone again.');
  return found;
}

/** What links that are pressed by script would do: nothing is saved or opened in a test. */
export async function pressed(act: () => void): Promise<HTMLAnchorElement> {
  const links: HTMLAnchorElement[] = [];
  Object.defineProperty(HTMLAnchorElement.prototype, 'click', {
    configurable: true,
    value(this: HTMLAnchorElement) {
      links.push(this);
    },
  });
  try {
    act();
    return await eventually(() => links[0] ?? null);
  } finally {
    Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
  }
}

export async function choose(element: WhatsAppMedia, item: string): Promise<void> {
  getByRole(element, 'button', /What to do with/).click();
  await element.updateComplete;
  getByRole(element, 'menuitem', item).click();
}
