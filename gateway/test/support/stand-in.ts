import { createServer, type AddressInfo } from 'node:net';
import type { StatusDelays } from '../../stand-in/contact-life.js';
import { startStandIn, type StandIn } from '../../stand-in/stand-in.js';
import { ACCESS_TOKEN, VERIFY_TOKEN } from './gateway.js';
import { APP_SECRET, CHANNEL } from './webhooks.js';

/** A port that nobody uses now: for a server whose address must be known before it starts. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The Cloud API and the contacts of a gateway that listens, or soon will, on a port of this machine. */
export async function startTestStandIn(
  gatewayPort: number,
  delays: Partial<StatusDelays> = {},
): Promise<StandIn> {
  return startStandIn({
    webhookUrl: `http://127.0.0.1:${gatewayPort}/webhooks/whatsapp`,
    appSecret: APP_SECRET,
    accessToken: ACCESS_TOKEN,
    phoneNumberId: CHANNEL,
    verifyToken: VERIFY_TOKEN,
    delays: { sent: 0, delivered: 0, read: 0, ...delays },
    retry: { base: 20, max: 200 },
  });
}
