import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './cleanup.js';

/** An empty folder, gone when the file's tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whatsapp-workspace-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
