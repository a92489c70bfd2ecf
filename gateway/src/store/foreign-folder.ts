import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';

/** Makes a file in a folder that belongs to another account: as root, a link that lies there must not be followed. */
export async function openAnew(path: string, flags: 'ax' | 'wx' = 'wx'): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, flags, 0o644);
}

/**
 * Opens a file that is there already, in such a folder.
 * @throws When there is none, or a link.
 */
export async function openThere(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_NOFOLLOW);
}
