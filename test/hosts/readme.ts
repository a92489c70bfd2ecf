import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/support.js';

/** A block of code of the README. */
export interface CodeBlock {
  /** The heading above it. */
  readonly section: string;
  readonly language: string;
  readonly code: string;
}

/** All blocks of code, in their order. */
export function codeBlocks(): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let section = '';
  const parts = /^#+ (?<heading>.*)$|^```(?<language>\w*)\n(?<code>[\s\S]*?)^```$/gm;
  for (const { groups } of readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(parts)) {
    if (groups?.['heading'] !== undefined) section = groups['heading'];
    else blocks.push({ section, language: groups?.['language'] ?? '', code: groups?.['code'] ?? '' });
  }
  return blocks;
}

/** The one block of a section that is in a language. */
export function codeBlock(section: string, language: string): string {
  const found = codeBlocks().filter((block) => block.section === section && block.language === language);
  if (found.length !== 1)
    throw new Error(`README.md has ${found.length} blocks of ${language} under “${section}”.`);
  return found.map(({ code }) => code).join();
}
