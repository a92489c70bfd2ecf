import type { MediaRole } from 'whatsapp-workspace/model';
import { isNothing, type Checker, type Place } from '../checker.js';

/** A file that a response wants, as the library file names it. */
export interface WantedAttachment {
  /** Where it is named. */
  readonly at: string;
  /** Relative to the library file. */
  readonly file: string;
  readonly as: MediaRole;
  readonly fileName: string;
}

const LONGEST_NAME = 100;
const LONGEST_PATH = 1000;
const ROLES: readonly MediaRole[] = ['image', 'video', 'audio', 'voice', 'document', 'sticker'];

/** A file that a response names. @param roles What the contact may see it as. */
export function readAttachment(
  checker: Checker,
  entry: Place,
  roles: readonly MediaRole[] = ROLES,
): WantedAttachment {
  const part = checker.object(entry, ['file', 'as', 'fileName']);
  const file = checker.text(part('file'), LONGEST_PATH);
  const as = checker.oneOf(part('as'), roles);
  if (part('as').value === undefined) checker.misfit(part('as'), `one of ${roles.join(', ')}`);
  const fileName = isNothing(part('fileName'))
    ? (file.split(/[/\\]/).at(-1) ?? '')
    : checker.text(part('fileName'), LONGEST_NAME);
  return { at: part('file').at, file, as: as ?? 'document', fileName };
}
