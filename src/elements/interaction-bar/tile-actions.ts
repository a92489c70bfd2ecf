import { nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { fromState } from '../../context/index.js';
import type { CommandOutcome, Workspace } from '../../context/index.js';
import { contactLabel, EMPTY_STATE } from '../../model/index.js';
import type { Interaction } from '../../model/index.js';
import {
  CommandRequests,
  icon,
  InteractionFinishEvent,
  InteractionParkEvent,
  Menu,
  moreIcon,
  workbinName,
} from '../base/index.js';
import type { MenuItem, PopoverHost, RowContext } from '../base/index.js';

export { tileActionsStyles } from './tile-actions.styles.js';

type Host = PopoverHost & { readonly workspace: Workspace | null };

interface TileActionsOptions {
  readonly direction: () => 'ltr' | 'rtl';
  readonly select: (interaction: Interaction) => void;
  /** What became of an action. */
  readonly ended: (interaction: Interaction, outcome: CommandOutcome) => void;
}

/**
 * What can be done with a tile without going to it: behind `…`, which lies over the end of the tile that the pointer is on or that has the focus, and behind the
 * context-menu key and the pointer's second button. One menu serves all tiles.
 */
export class TileActions {
  readonly #host: Host;
  readonly #options: TileActionsOptions;
  readonly #menu: Menu;
  readonly #workbins;
  readonly #agent;
  #at: string | null = null;
  readonly #requests: CommandRequests;

  constructor(host: Host, options: TileActionsOptions) {
    this.#host = host;
    this.#options = options;
    this.#requests = new CommandRequests(host);
    this.#menu = new Menu(host, 'tile-menu', options.direction);
    this.#workbins = fromState(host, ({ workbins }) => workbins, EMPTY_STATE.workbins);
    this.#agent = fromState(host, ({ agent }) => agent?.id ?? null, null);
    const root = host.shadowRoot;
    // By the one root, because tiles come and go.
    root?.addEventListener('pointerover', this.#onPointer);
    root?.addEventListener('focusin', this.#onFocus);
    root?.addEventListener('contextmenu', this.#onContextMenu);
    host.addEventListener('pointerleave', this.#onLeave);
  }

  /** Nothing for all tiles but one. */
  render(interaction: Interaction, selected: boolean, context: RowContext): TemplateResult | typeof nothing {
    if (interaction.id !== this.#at) return nothing;
    const label = context.localizer.t('bar.actions', { name: contactLabel(interaction.contact) });
    return this.#menu.render(
      { label, content: moreIcon('more', 16), look: 'button actions' },
      this.#items(interaction, selected, context),
    );
  }

  #items(interaction: Interaction, selected: boolean, { localizer: words }: RowContext): readonly MenuItem[] {
    const { workspace } = this.#host;
    const open: MenuItem = {
      key: ':open',
      text: words.t('workbins.open'),
      mark: icon('message', 16),
      run: () => this.#options.select(interaction),
    };
    const targets = [...this.#workbins.value.values()].filter(({ closed }) => !closed);
    return [
      ...(selected ? [] : [open]),
      ...targets.map((workbin): MenuItem => ({
        key: `:park ${workbin.id}`,
        text: words.t('interaction.park-to', { workbin: workbinName(workbin, this.#agent.value, words) }),
        mark: icon('inbox', 16),
        run: () =>
          void this.#request(interaction, new InteractionParkEvent(interaction, workbin.id), () =>
            workspace?.moveToWorkbin(interaction.id, workbin.id),
          ),
      })),
      {
        key: ':done',
        text: words.t('interaction.done'),
        mark: moreIcon('done', 16),
        run: () =>
          void this.#request(interaction, new InteractionFinishEvent(interaction), () =>
            workspace?.markDone(interaction.id),
          ),
      },
    ];
  }

  async #request(
    interaction: Interaction,
    event: Event,
    command: () => Promise<CommandOutcome> | undefined,
  ): Promise<void> {
    const outcome = await this.#requests.run(interaction.id, event, command);
    if (outcome) this.#options.ended(interaction, outcome);
  }

  #move(id: string | null): void {
    if (id === this.#at || this.#menu.isOpen || this.#hasFocus) return;
    this.#at = id;
    this.#host.requestUpdate();
  }

  /** Whether the button itself has the focus, which must not go with it. */
  get #hasFocus(): boolean {
    return this.#host.shadowRoot?.activeElement?.matches('.actions') ?? false;
  }

  readonly #onPointer = (event: Event): void => {
    if (event instanceof PointerEvent && event.pointerType === 'touch') return;
    const tile = tileOf(event);
    if (tile) this.#move(tile);
  };

  readonly #onLeave = (): void => this.#move(tileAround(this.#host.shadowRoot?.activeElement));

  readonly #onFocus = (event: Event): void => this.#move(tileOf(event) ?? this.#at);

  readonly #onContextMenu = (event: Event): void => {
    const tile = tileOf(event);
    if (!tile || this.#menu.isOpen) return;
    event.preventDefault();
    this.#at = tile;
    this.#host.requestUpdate();
    this.#host.renderNow();
    this.#host.shadowRoot?.querySelector<HTMLElement>('.actions')?.click();
  };
}

function tileOf({ target }: Event): string | null {
  return tileAround(target);
}

/** The interaction of the tile that something is in. */
function tileAround(target: EventTarget | null | undefined): string | null {
  const item = target instanceof Element ? target.closest('.item') : null;
  return item?.querySelector<HTMLElement>(':scope > [data-roving]')?.dataset['roving'] ?? null;
}
