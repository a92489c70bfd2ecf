import type { TransportAdapter } from '../../transport/adapter.js';

/** Where a workspace's transport comes from. */
export type TransportSource =
  | { readonly kind: 'given'; readonly transport: TransportAdapter }
  | { readonly kind: 'gateway'; readonly url: string }
  | { readonly kind: 'simulated'; readonly seed: string };

/** A transport, and how to renew its credentials where it has any. */
export interface OpenedTransport {
  readonly transport: TransportAdapter;
  setToken?(token: string): void;
}

interface Settings {
  readonly transport: TransportAdapter | null;
  readonly gateway: string | null;
  readonly token: string | null;
  readonly simulated: string | null;
}

/** What the settings ask for; null while they ask for nothing, or the token is still to come. */
export function sourceOf({ transport, gateway, token, simulated }: Settings): TransportSource | null {
  if (transport) return { kind: 'given', transport };
  if (gateway) return token ? { kind: 'gateway', url: gateway } : null;
  return simulated === null ? null : { kind: 'simulated', seed: simulated };
}

export function sameSource(a: TransportSource | null, b: TransportSource | null): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'given') return b.kind === 'given' && a.transport === b.transport;
  if (a.kind === 'gateway') return b.kind === 'gateway' && a.url === b.url;
  return b.kind === 'simulated' && a.seed === b.seed;
}

/** Makes the transport; the shipped adapters are loaded when one is asked for. Rejects when that fails. */
export async function openTransport(source: TransportSource, token: string): Promise<OpenedTransport> {
  switch (source.kind) {
    case 'given':
      return { transport: source.transport };
    case 'gateway': {
      const { gatewayTransport } = await import('../../transport/gateway/index.js');
      const transport = gatewayTransport({ url: source.url, token });
      return { transport, setToken: (renewed) => transport.setToken(renewed) };
    }
    case 'simulated': {
      const { simulatedTransport } = await import('../../transport/simulated/index.js');
      return { transport: simulatedTransport({ seed: source.seed || 1 }) };
    }
  }
}
