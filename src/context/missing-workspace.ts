import { VERSION } from '../version.js';
import { warnOnce } from '../warn-once.js';
import { workspaceRegistry } from './workspace-context.js';

const TAG = 'whatsapp-workspace';
const VERSION_OF = Symbol.for('whatsapp-workspace.version');

/** What `<whatsapp-workspace>` may connect to. */
interface Settings {
  readonly gateway: string | null;
  readonly token: string | null;
}

/** Tells the page's developer why an element has no workspace, once for each cause. `id`: the one that it looks for; null where it looks around itself. */
export function warnOfMissingWorkspace(element: HTMLElement, id: string | null): void {
  // What stands inside one of our elements has what that has, and that one tells.
  const outer = shadowHost(element);
  if (outer && 'workspaceId' in outer) return;
  const provider =
    id === null ? providerAround(element) : providersNear(element).find((one) => one.id === id);
  if (provider) warnOfProvider(element, provider);
  else
    warnOnce(
      `<${element.localName}> ${
        id === null
          ? `stands in no <${TAG}>: put it into one, or name one in its attribute \`workspace\`.`
          : `looks for <${TAG} id="${id}">, and there is none.`
      } The page has ${idsNear(element)}.`,
    );
}

/** Tells the page's developer that a `<whatsapp-workspace>` has nothing to connect to. */
export function warnOfMissingSource(element: HTMLElement & Settings): void {
  const { id, gateway, token } = element;
  const lacks = gateway
    ? 'a `gateway`, but no `token`'
    : token
      ? 'a `token`, but no `gateway`'
      : 'nothing to connect to: set `gateway` and `token`, or `simulated`, or its property `transport`';
  warnOnce(`<${TAG}${id ? ` id="${id}"` : ''}> has ${lacks}.`);
}

/** Tells the page's developer that the token ends in so many milliseconds, and that no other is coming. */
export function warnOfTokenEnd(remaining: number): void {
  const seconds = Math.round(remaining / 1000);
  console.warn(
    `whatsapp-workspace: the token ends in ${seconds} s. Set the attribute \`token\` to a new one before; prevent \`token-expiring\` to say that it is coming.`,
  );
}

/** Where there is one, it says itself what it lacks, unless it cannot: it is of another version, or no script has brought it. */
function warnOfProvider(element: HTMLElement, provider: Element): void {
  const registered = customElements.get(TAG);
  if (!registered) {
    warnOnce(`<${TAG}> is not registered: import 'whatsapp-workspace/define/${TAG}' too.`);
    return;
  }
  const version: unknown = Reflect.get(registered, VERSION_OF);
  if (version === VERSION || !(provider instanceof registered)) return;
  warnOnce(
    `<${TAG}> is of version ${String(version)}, and <${element.localName}> of version ${VERSION}: they do not get together.`,
  );
}

function shadowHost(node: Node): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function providerAround(element: Element): Element | null {
  for (let place: Element | null = element; place; place = shadowHost(place)) {
    const provider = place.closest(TAG);
    if (provider) return provider;
  }
  return null;
}

/** Those of the page, and of the shadow tree in which the element stands. */
function providersNear(element: Element): readonly Element[] {
  const roots = [document, element.getRootNode() as Document | ShadowRoot];
  return roots.flatMap((root) => [...root.querySelectorAll(TAG)]);
}

function idsNear(element: Element): string {
  const found = providersNear(element).map(({ id }) => id);
  const ids = new Set([...found, ...workspaceRegistry.ids()].filter((id) => id !== ''));
  return ids.size === 0 ? 'none with an id' : [...ids].map((id) => `"${id}"`).join(', ');
}
