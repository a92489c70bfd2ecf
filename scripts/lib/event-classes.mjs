import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** `class NAME extends ActionEvent<DETAIL> {`, over several lines where the detail is long. */
const EVENT_CLASS = /class (\w+) extends (\w+)<([^]*?)> \{\n {2}(?:constructor|readonly|\/\*\*|static)/g;

/**
 * What the manifest does not say of our events.
 * @returns {Map<string, { bubbles: boolean, detail: string | null }>} by their classes; the detail as a type, null where there is none
 */
export function eventClasses() {
  const sources = readdirSync(join(root, 'src/elements'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('events.ts'))
    .map((name) => readFileSync(join(root, 'src/elements', name), 'utf8'));
  const found = sources.flatMap((text) => [...text.matchAll(EVENT_CLASS)]);
  return new Map(
    found.map(([, name, base, detail]) => [
      name,
      { bubbles: base === 'ActionEvent', detail: inOneLine(detail) },
    ]),
  );
}

function inOneLine(detail) {
  const text = detail
    .replaceAll(/\/\*\*[^]*?\*\//g, '')
    .replaceAll('InteractionDetail & {', '{ interaction: Interaction;')
    .replaceAll('InteractionDetail', '{ interaction: Interaction }')
    .replaceAll(/readonly (?=\w+\??:)/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('; }', ' }')
    .trim();
  return text === 'null' ? null : text;
}
