import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstValueFrom, from, toArray } from 'rxjs';
import WebSocket from 'ws';
import { gatewayTransport } from 'whatsapp-workspace/transport/gateway';
import { atEnd } from './support/cleanup.js';
import { NOTHING_FOUND, startClamd } from './support/clamd.js';
import { useDatabase } from './support/database.js';
import { pdf } from './support/files.js';
import { temporaryFolder } from './support/folder.js';
import { startGateway, tokenFor } from './support/gateway.js';

const database = await useDatabase();
const mediaDir = temporaryFolder();
const scanned: Buffer[] = [];
/** Whoever brings the file writes to it once more, as a second gateway with the same folder would, while the scanner has it. */
const clamdUrl = await startClamd(async (content) => {
  scanned.push(content);
  for (const name of await readdir(join(mediaDir, 'uploads'))) {
    const file = await open(join(mediaDir, 'uploads', name), 'r+');
    await file.write(Buffer.from('something else'), 0, 14, 100);
    await file.close();
  }
  return NOTHING_FOUND;
});
const gateway = await startGateway({ databaseUrl: database.url, mediaDir, clamdUrl });
atEnd(() => gateway.close());

test('a file that changes after it was judged is kept as it was judged', async () => {
  const bytes = pdf(5000);
  const adapter = gatewayTransport({ url: gateway.url, token: () => tokenFor('ana'), WebSocket });
  const upload = adapter.upload?.(randomUUID(), new Blob([new Uint8Array(bytes)]), {
    mimeType: 'application/pdf',
    fileName: 'a.pdf',
  });
  const steps = await firstValueFrom(from(upload ?? []).pipe(toArray()));
  assert.equal(steps.at(-1)?.at, 'stored');
  assert.deepEqual(scanned, [bytes]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual(await readFile(join(mediaDir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)), bytes);
  assert.deepEqual(await readdir(join(mediaDir, 'coming')), []);
});
