import { ContextProvider } from '@lit/context';
import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { defer, filter, retry, switchMap, take } from 'rxjs';
import type { Subscription } from 'rxjs';
import { Patience, workspaceContext, workspaceRegistry } from '../../context/index.js';
import { contactLabel } from '../../model/index.js';
import { browserPlatform, createPageAttention } from '../../platform/index.js';
import type { PageAttention } from '../../platform/index.js';
import { createWorkspace } from '../../streams/index.js';
import type { Attention, Connection, TokenExpiry, Workspace } from '../../streams/index.js';
import type { TransportAdapter } from '../../transport/adapter.js';
import {
  coerce,
  asFlag,
  asObject,
  asOneOf,
  asText,
  densityStyles,
  LocalizeController,
  themeStyles,
} from '../base/index.js';
import { notices, announcingSent } from './notices.js';
import { openTransport, sameSource, sourceOf } from './transport-source.js';
import type { OpenedTransport, TransportSource } from './transport-source.js';
import { TokenExpiringEvent } from './whatsapp-workspace.events.js';

/** How long a workspace outlives its element: frameworks take elements out and put them back. */
const GRACE = 2_000;
/** How long it outlives what it connects to: pages renew a token by taking the old one away first. */
const LAPSE = 1_000;
/** After how long a part is loaded again that could not be loaded. */
const LOAD_AGAIN = 5_000;

const NOBODY: Attention = { interactions: [] };

/** A workspace and what belongs to it. */
interface Session {
  readonly workspace: Workspace;
  readonly opened: OpenedTransport;
  readonly subscription: Subscription;
}

/**
 * Connects the elements inside it, and those elsewhere that name its `id` in their `workspace` attribute, to a contact centre. Draws nothing.
 * Connects to a gateway (`gateway` and `token`), to a contact centre simulated in the browser (`simulated`), or over an adapter of your own
 * (`.transport`). Moving it on the page does not disconnect; two seconds after it was removed it closes, and a second after token or transport was
 * taken away. What comes back before that goes on with the same workspace.
 *
 * Events of what the agent did fire once, on the page where it was done; those of the state of things fire in every tab.
 *
 * @fires {InteractionAcceptedEvent} interaction-accepted - The agent accepted an invitation on this page: the moment for a screen pop.
 * @fires {InteractionSelectedEvent} interaction-selected - Another interaction is in front on this page, or none.
 * @fires {InteractionDoneEvent} interaction-done - The agent marked an interaction done on this page.
 * @fires {InteractionParkedEvent} interaction-parked - The agent moved an interaction to a workbin on this page.
 * @fires {MessageSentEvent} message-sent - The agent sent a message on this page. It is being stored in this browser, and goes out in its turn.
 * @fires {UnreadChangeEvent} unread-change - The sums of unread messages and of interactions that wait for an answer changed. In every tab; what comes
 * while the agent looks at its conversation, in whichever tab, is never unread.
 * @fires {AttentionChangeEvent} attention-change - Other interactions than before wait while the agent looks at them in no tab. In every tab.
 * @fires {FailuresChangeEvent} failures-change - Other messages than before have failed, or are in doubt, after their conversations had left the desk. In every tab.
 * @fires {TokenExpiringEvent} token-expiring - The token ends soon: set `token` to a new one. Once for each token; prevent it to say that one is coming.
 * @fires {ConnectionChangeEvent} connection-change - This page's link came up, was lost, or was refused.
 * @slot - The elements to connect, and anything else.
 */
export class WhatsAppWorkspace extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none !important;
    }
    ${themeStyles}
    ${densityStyles}
  `;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'id'];
  }

  /** `light`, `dark` or `auto` (as the system has it) for all that is in it; unset, it follows the `color-scheme` around it. */
  @coerce(asOneOf(['light', 'dark', 'auto'], null))
  @property({ reflect: true })
  theme: 'light' | 'dark' | 'auto' | null = null;

  /** `comfortable` or `compact` rows in all that is in it. Without style queries in the browser, rows are only lower. */
  @coerce(asOneOf(['comfortable', 'compact'], null))
  @property({ reflect: true })
  density: 'comfortable' | 'compact' | null = null;

  /** Address of the gateway: absolute, or relative to the page (`/` for the page's own origin). */
  @coerce(asText(null))
  @property()
  gateway: string | null = null;

  /** The agent's token for the gateway. A new one renews the sign-in of the connection that there is. */
  @coerce(asText(null))
  @property()
  token: string | null = null;

  /** Connects to a contact centre in the browser, no server needed. The value is the seed of its chance: the same seed, the same day. */
  @coerce(asText(null))
  @property()
  simulated: string | null = null;

  /** An adapter of your own; goes before `gateway` and `simulated`. */
  @coerce(asObject('an adapter', { connect: 'function', send: 'function', query: 'function' }))
  @property({
    attribute: false,
  })
  transport: TransportAdapter | null = null;

  /** Leaves the page's title, icon and badge alone; `attention-change` still says who waits. */
  @coerce(asFlag)
  @property({ type: Boolean })
  quiet = false;

  /**
   * Keeps no copy of the desk in this browser. Without this, a reload without a link shows the desk as it was, for at most a day and only to the agent
   * whom the token names; what the agent writes is stored either way. Set before the workspace connects.
   */
  @coerce(asFlag)
  @property({ type: Boolean, attribute: 'no-offline-copy' })
  noOfflineCopy = false;

  readonly #localize = new LocalizeController(this);
  readonly #provider = new ContextProvider(this, { context: workspaceContext, initialValue: null });
  readonly #patience = new Patience();
  #source: TransportSource | null = null;
  #session: Session | null = null;
  #connection: Connection | null = null;
  #attention: Attention = NOBODY;
  #page: PageAttention | null = null;
  #registered: string | null = null;
  #token: string | null = null;
  #closing: ReturnType<typeof setTimeout> | undefined;
  #loading: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    clearTimeout(this.#closing);
    this.#register();
    this.#patience.begin(
      () => !sourceOf(this),
      ({ warnOfMissingSource }) => warnOfMissingSource(this),
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#patience.end();
    this.#closeIn(GRACE);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'id') this.#register();
  }

  /** The workspace, for scripts of the page; null before there is one. */
  get workspace(): Workspace | null {
    return this.#session?.workspace ?? null;
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const source = sourceOf(this);
    clearTimeout(this.#closing);
    if (source) this.#follow(source);
    else this.#closeIn(LAPSE);
    this.#renew();
    this.#callAttention();
  }

  #closeIn(wait: number): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.#follow(null), wait);
  }

  #follow(source: TransportSource | null): void {
    if (sameSource(source, this.#source)) return;
    this.#close();
    this.#source = source;
    if (source) void this.#open(source);
  }

  async #open(source: TransportSource): Promise<void> {
    this.#token = this.token;
    try {
      const opened = await openTransport(source, this.#token ?? '');
      // Something else may have been asked for while the adapter was on its way.
      if (this.#source === source) this.#start(opened);
    } catch (error) {
      if (this.#source !== source) return;
      console.warn('whatsapp-workspace: the transport could not be opened; it is tried again.', error);
      this.#loading = setTimeout(() => void this.#open(source), LOAD_AGAIN);
    }
  }

  #start(opened: OpenedTransport): void {
    const made = createWorkspace({
      transport: opened.transport,
      platform: browserPlatform(),
      offlineCopy: !this.noOfflineCopy,
    });
    const subscription = notices(made).subscribe((event) => this.dispatchEvent(event));
    subscription.add(made.connection$.subscribe((connection) => (this.#connection = connection)));
    subscription.add(
      made.attention$.subscribe((attention) => {
        this.#attention = attention;
        this.#callAttention();
      }),
    );
    subscription.add(made.settings$.subscribe(({ language }) => this.#localize.choose(language)));
    subscription.add(this.#alert(made));
    subscription.add(made.tokenExpiring$.subscribe((expiry) => this.#askForToken(expiry)));
    const workspace = announcingSent(made, (event) => this.dispatchEvent(event));
    this.#session = { workspace, opened, subscription };
    this.#renew();
    this.#provide();
  }

  #alert(workspace: Workspace): Subscription {
    return workspace.settings$
      .pipe(
        filter(({ sound, notifications }) => !!sound || !!notifications),
        take(1),
        switchMap(() => defer(() => import('./alerts.js')).pipe(retry({ delay: LOAD_AGAIN }))),
        switchMap(({ alertAgent }) => alertAgent(this, workspace, this.#localize)),
      )
      .subscribe();
  }

  #askForToken(expiry: TokenExpiry): void {
    if (!this.dispatchEvent(new TokenExpiringEvent(expiry))) return;
    void import('../../context/missing-workspace.js').then(
      ({ warnOfTokenEnd }) => warnOfTokenEnd(expiry.remaining),
      () => undefined,
    );
  }

  /** Hands over a token that is not the one that the transport has. */
  #renew(): void {
    const session = this.#session;
    const { token } = this;
    if (!session || !token || token === this.#token) return;
    this.#token = token;
    session.opened.setToken?.(token);
    if (this.#connection?.at === 'refused') session.workspace.retryNow();
  }

  #close(): void {
    clearTimeout(this.#loading);
    const session = this.#session;
    this.#session = null;
    this.#connection = null;
    this.#source = null;
    this.#attention = NOBODY;
    this.#page?.clear();
    if (!session) return;
    this.#provide();
    session.subscription.unsubscribe();
    session.workspace.close();
  }

  /** Title, icon and badge of the page call while somebody waits whom the agent does not see. */
  #callAttention(): void {
    const { interactions } = this.#attention;
    const [first] = interactions;
    if (!first || this.quiet) {
      this.#page?.clear();
      return;
    }
    const count = interactions.length;
    const text =
      count === 1
        ? this.#localize.t('attention.waiting', { name: contactLabel(first.contact) })
        : this.#localize.t('attention.several', { count });
    this.#page ??= createPageAttention(document);
    this.#page.show({ count, text });
  }

  #provide(): void {
    this.#provider.setValue(this.workspace);
    this.#register();
  }

  /** Makes the workspace known by the element's id, while the element is on the page or about to come back. */
  #register(): void {
    const { id } = this;
    if (this.#registered !== null && this.#registered !== id)
      workspaceRegistry.set(this.#registered, this, null);
    this.#registered = id || null;
    if (id) workspaceRegistry.set(id, this, this.workspace);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'whatsapp-workspace': WhatsAppWorkspace;
  }
}
