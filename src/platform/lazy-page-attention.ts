import type { Call, PageAttention } from './page-attention.js';

/**
 * As `createPageAttention` of page-attention.ts, which is loaded with the first call: not part of the first load. Where it cannot be had, the next call
 * tries again.
 */
export function createPageAttention(document: Document): PageAttention {
  let latest: Call | null = null;
  let loading: Promise<PageAttention> | null = null;

  async function load(): Promise<PageAttention> {
    const { createPageAttention: create } = await import('./page-attention.js');
    return create(document);
  }

  async function apply(): Promise<void> {
    loading ??= load();
    try {
      const attention = await loading;
      // What was asked for last counts, however much was asked for meanwhile.
      if (latest) attention.show(latest);
      else attention.clear();
    } catch {
      loading = null;
    }
  }

  return {
    show(call) {
      latest = call;
      void apply();
    },
    clear() {
      latest = null;
      if (loading) void apply();
    },
  };
}
