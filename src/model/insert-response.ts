import type { Draft, DraftAttachment } from './draft.js';
import type { FilledText } from './field-codes.js';
import type { ResponseAttachment } from './prepared-response.js';

/** A part of a text, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A draft with a prepared response in place of a part of its text, and the response's files behind its own.
 * @param range By default the end of the text, on a line of its own.
 * @returns The draft, and where the inserted text ends in it.
 */
export function insertResponse(
  draft: Draft,
  { text, unfilled }: FilledText,
  files: readonly DraftAttachment[],
  range?: TextRange,
): { readonly draft: Draft; readonly end: number } {
  const { start, end } = range ?? { start: draft.text.length, end: draft.text.length };
  const before = draft.text.slice(0, start);
  const isLineOfItsOwn = range !== undefined || before === '' || before.endsWith('\n');
  const inserted = before + (isLineOfItsOwn || text === '' ? '' : '\n') + text;
  return {
    draft: {
      ...draft,
      text: inserted + draft.text.slice(end),
      attachments: [...draft.attachments, ...files],
      unfilled: [...new Set([...draft.unfilled, ...unfilled])],
    },
    end: inserted.length,
  };
}

/** A file of a prepared response as it waits in a draft. @param id One of its own, for the draft. */
export function draftFile(
  { media, as, fileName, mimeType, bytes }: ResponseAttachment,
  id: string,
): DraftAttachment {
  return { id, media, name: fileName ?? '', as, mimeType, bytes, caption: '' };
}
