import { TransportError } from '../adapter.js';
import { SOCKET_PATH } from './frames.js';

/** What is used of a WebSocket: the browser's fits, and so does the class of the `ws` package. */
export interface SocketLike {
  readonly readyState: number;
  readonly protocol: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

export type SocketConstructor = new (url: string, protocols: string) => SocketLike;

/** `readyState` of a socket that takes frames. */
export const OPEN = 1;

const SCHEMES: Readonly<Record<string, string>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
};

/**
 * Where the gateway's socket is.
 * @param gateway Address of the gateway with http(s) or ws(s), with a path if it lives below one; relative addresses start from the page,
 * so `/` is the page's own origin. An address that names the socket itself stays as it is.
 * @param page Address of the page; undefined outside of browsers.
 * @throws TransportError `refused` when this is no address of a gateway.
 */
export function socketUrl(gateway: string | URL, page: string | undefined): string {
  const url = parsed(String(gateway) || '/', page);
  const scheme = url && SCHEMES[url.protocol];
  if (!url || !scheme) {
    throw new TransportError(
      'refused',
      'The address of the gateway is not an http, https, ws or wss address.',
    );
  }
  url.hash = '';
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith(SOCKET_PATH) ? path : path + SOCKET_PATH;
  // The protocol setter of URL does not change http to ws in every engine.
  return scheme + url.href.slice(url.protocol.length);
}

/**
 * Where something else of the gateway is.
 * @param path From the gateway's own address on; may have a query.
 * @throws TransportError as `socketUrl`.
 */
export function gatewayUrl(gateway: string | URL, page: string | undefined, path: string): string {
  const url = new URL(socketUrl(gateway, page));
  const [pathname = '', query = ''] = path.split('?', 2);
  url.search = query;
  url.pathname = url.pathname.slice(0, -SOCKET_PATH.length) + pathname;
  return url.href.replace(/^ws/, 'http');
}

function parsed(address: string, base: string | undefined): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}
