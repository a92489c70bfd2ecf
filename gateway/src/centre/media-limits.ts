import {
  FILE_KINDS,
  LARGEST_FILE,
  WHATSAPP_FILE_LIMITS,
  type FileKind,
  type FileLimit,
  type FileLimits,
} from 'whatsapp-workspace/model';
import type { Checker, Place } from '../checker.js';

const MEGABYTE = 1_000_000;
const MOST_MEGABYTES = 99;
const MOST_TYPES = 50;
const LONGEST_TYPE = 200;

/** Limits of files as operators have written them, by direction. */
export interface MediaLimits {
  readonly send: Partial<FileLimits>;
  readonly receive: Partial<FileLimits>;
}

/** Reads `media`. */
export function readMedia(checker: Checker, place: Place): MediaLimits {
  const kinds = place.value === undefined ? () => place : checker.object(place, FILE_KINDS);
  const limits = FILE_KINDS.map((kind) => [kind, kinds(kind)] as const).filter(
    ([, { value }]) => value !== undefined,
  );
  const read = limits.map(([kind, entry]) => {
    const directions = checker.object(entry, ['send', 'receive']);
    return [
      kind,
      readSend(checker, directions('send'), kind),
      readReceive(checker, directions('receive')),
    ] as const;
  });
  return {
    send: collect(read.map(([kind, send]) => [kind, send])),
    receive: collect(read.map(([kind, , receive]) => [kind, receive])),
  };
}

/** More than WhatsApp takes cannot be allowed. */
function readSend(checker: Checker, place: Place, kind: FileKind): FileLimit | undefined {
  const widest = WHATSAPP_FILE_LIMITS[kind];
  const limit = readLimit(checker, place);
  for (const { at, value } of limit?.types ?? []) {
    if (!widest.types.includes(value))
      checker.problem(`${at} is "${value}"; allowed is what WhatsApp takes: ${widest.types.join(', ')}`);
  }
  return (
    limit && {
      types: limit.types?.map(({ value }) => value) ?? widest.types,
      bytes: Math.min(limit.bytes, widest.bytes),
    }
  );
}

function readReceive(checker: Checker, place: Place): FileLimit | undefined {
  const limit = readLimit(checker, place);
  if (!limit) return undefined;
  return { types: limit.types?.map(({ value }) => value) ?? [ANY_TYPE], bytes: limit.bytes };
}

/** Stands for all types. */
export const ANY_TYPE = '*/*';

function readLimit(
  checker: Checker,
  place: Place,
):
  | { readonly types: readonly { at: string; value: string }[] | undefined; readonly bytes: number }
  | undefined {
  if (place.value === undefined) return undefined;
  const limit = checker.object(place, ['types', 'megabytes']);
  const types = checker
    .list(limit('types'), MOST_TYPES)
    ?.map((type) => ({ at: type.at, value: checker.text(type, LONGEST_TYPE).toLowerCase() }));
  const megabytes = checker.integer(limit('megabytes'), 1, MOST_MEGABYTES);
  return { types, bytes: megabytes === undefined ? LARGEST_FILE : megabytes * MEGABYTE };
}

function collect(limits: readonly (readonly [FileKind, FileLimit | undefined])[]): Partial<FileLimits> {
  return Object.fromEntries(limits.filter(([, limit]) => limit !== undefined)) as Partial<FileLimits>;
}
