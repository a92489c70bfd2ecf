import { fixture, html } from '@open-wc/testing';
import type { WhatsAppDesk } from '../../src/elements/whatsapp-desk/whatsapp-desk.js';
import type { FakeWorkspace } from './fake-workspace.js';
import { waitUntil } from './wait-until.js';

/** A desk on the page, once it has these sizes, in pixels. `whatsapp-desk` must be registered. */
export async function deskElement(
  workspace: FakeWorkspace,
  width: number,
  height = 640,
  lang = 'en',
): Promise<WhatsAppDesk> {
  const element = await fixture<WhatsAppDesk>(
    html`<whatsapp-desk lang=${lang} .workspace=${workspace}></whatsapp-desk>`,
  );
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = `${height}px`;
  await waitUntil(() => element.getBoundingClientRect().width === width);
  return element;
}

/** One of the elements in a desk. */
export function part(desk: WhatsAppDesk, tag: string): HTMLElement {
  const found = desk.shadowRoot?.querySelector<HTMLElement>(tag);
  if (!found) throw new Error(`The desk has no <${tag}>.`);
  return found;
}

export const box = (desk: WhatsAppDesk, tag: string): DOMRect => part(desk, tag).getBoundingClientRect();
