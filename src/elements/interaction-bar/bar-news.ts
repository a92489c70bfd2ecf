import { nextPendencyChange, pendencyLevel } from '../../model/index.js';
import type { Interaction, PendencyLevel, PendencyThresholds } from '../../model/index.js';

const RANK: Readonly<Record<PendencyLevel, number>> = { ok: 0, warning: 1, critical: 2 };

interface Scene {
  readonly open: readonly Interaction[];
  readonly unread: ReadonlyMap<string, number>;
  readonly selected: string | null;
  readonly thresholds: PendencyThresholds;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How long a tile blinks, in milliseconds. */
  readonly blinkFor: number;
}

/** Remembers what the bar showed, to know what is new in it: tiles that blink, and pendencies that have become more urgent. */
export class BarNews {
  #unread: ReadonlyMap<string, number> = new Map();
  #levels = new Map<string, PendencyLevel>();
  readonly #blinkUntil = new Map<string, number>();

  /** Takes in what is about to be shown. Returns the interactions whose pendency has become a warning or critical, the one in front aside. */
  take(scene: Scene): readonly Interaction[] {
    this.#noteBlinking(scene);
    const levels = new Map<string, PendencyLevel>();
    const worse: Interaction[] = [];
    for (const one of scene.open) {
      const level = one.pendency ? pendencyLevel(one.pendency.since, scene.now, scene.thresholds) : 'ok';
      const before = this.#levels.get(one.id);
      if (before && RANK[level] > RANK[before] && one.id !== scene.selected) worse.push(one);
      levels.set(one.id, level);
    }
    this.#levels = levels;
    return worse;
  }

  isBlinking(id: string, now: number): boolean {
    return (this.#blinkUntil.get(id) ?? 0) > now;
  }

  /** When the bar next looks or sounds different by the passing of time; null for never. */
  nextChange({ open, thresholds, now }: Pick<Scene, 'open' | 'thresholds' | 'now'>): number | null {
    const levels = open.map(
      ({ pendency }) => pendency && nextPendencyChange(pendency.since, now, thresholds),
    );
    const changes = [...levels, ...this.#blinkUntil.values()].filter((at) => at !== null && at > now);
    return changes.length > 0 ? Math.min(...(changes as number[])) : null;
  }

  #noteBlinking({ open, unread, selected, now, blinkFor }: Scene): void {
    for (const { id } of open) {
      const more = (unread.get(id) ?? 0) > (this.#unread.get(id) ?? 0);
      // What was unread when the tile came is not news.
      if (more && this.#levels.has(id) && id !== selected) this.#blinkUntil.set(id, now + blinkFor);
    }
    for (const [id, until] of this.#blinkUntil) {
      if (until <= now || id === selected) this.#blinkUntil.delete(id);
    }
    this.#unread = unread;
  }
}
