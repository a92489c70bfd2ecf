import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { compileScript, parse } from 'vue/compiler-sfc';
import { ROOT } from '../e2e/support.js';
import { HostProject } from './installed-package.js';
import { codeBlocks } from './readme.js';

/** What the README's scripts take from the page around them. */
const PAGE = `
declare const workspace: HTMLElementTagNameMap['whatsapp-workspace'];
declare function openRecord(id: string | null): void;
declare function caseIsFiled(): boolean;
declare function fetchToken(): Promise<string>;
declare function myTransport(options: { url: string }): import('whatsapp-workspace').TransportAdapter;
declare function harnessOfMyTransport(): ReturnType<import('whatsapp-workspace/testing').ContractOptions['create']>;
declare module 'words/pt.js' {
  const words: import('whatsapp-workspace').Words;
  export default words;
}
`;

describe('types', () => {
  let project: HostProject;
  before(async () => (project = await HostProject.create()));
  after(() => project?.remove());

  it('fit what the README writes', async () => {
    project.write('readme/page.d.ts', PAGE);
    const files = codeBlocks().flatMap(({ language, code }, i) => {
      const name = `readme/${i}.${language === 'tsx' ? 'tsx' : 'ts'}`;
      const script = scriptOf(language, code);
      if (script !== null) project.write(name, `${script}\nexport {};\n`);
      return script === null ? [] : [name];
    });
    assert.ok(files.length >= 8, files.join());
    await compiles('readme', ['readme/page.d.ts', ...files], 'react', ['node']);
  });

  it('know our elements in React', () => check('react', 'react', JSX_PAGE('react', 'on')));
  it('know our elements in Preact', () => check('preact', 'preact', JSX_PAGE('preact', 'on')));
  it('know our elements in Solid', () => check('solid', 'solid-js', JSX_PAGE('solid', 'on:')));
  it('know our elements in Vue', () => check('vue', null, VUE_PAGE));

  async function check(name: string, jsx: string | null, code: string): Promise<void> {
    const file = `${name}/page.tsx`;
    project.write(file, code);
    await compiles(name, [file], jsx);
  }

  /** Fails with what the compiler says. */
  async function compiles(
    name: string,
    files: readonly string[],
    jsx: string | null,
    types: readonly string[] = [],
  ): Promise<void> {
    const config = project.write(
      `${name}.json`,
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          module: 'ESNext',
          moduleResolution: 'bundler',
          lib: ['ES2023', 'DOM', 'DOM.Iterable'],
          types,
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          ...(jsx && { jsx: 'react-jsx', jsxImportSource: jsx }),
        },
        files,
      }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [tsc, '-p', config], { cwd: project.folder }).catch(
      (error: unknown) => assert.fail((error as { stdout: string }).stdout),
    );
  }
});

/** The TypeScript of a block; null where it has none. What is JavaScript need not say that an element is there, and names modules by their addresses. */
function scriptOf(language: string, code: string): string | null {
  switch (language) {
    case 'js':
      return code
        .replaceAll("'/words/", "'words/")
        .replaceAll(/querySelector\('[\w-]+'\)/g, '$&!')
        .replaceAll(/'\/[\w-]+\/whatsapp-workspace\.js'/g, "'whatsapp-workspace/define'");
    case 'ts':
    case 'tsx':
      return code;
    case 'vue':
      return compileScript(parse(code).descriptor, { id: 'readme' }).content;
    default:
      return null;
  }
}

const JSX_PAGE = (types: string, prefix: string): string => `
import type {} from 'whatsapp-workspace/${types}';
export const good = (
  <whatsapp-workspace
    gateway="/"
    token="t"
    quiet
    no-offline-copy
    ${prefix}interaction-accepted={(event) => event.detail.interaction.contact.id.length}
    ${prefix}interaction-finish={(event) => event.preventDefault()}
  >
    <whatsapp-desk density="compact" workspace="desk" not-ready-reasons="Break" />
    <interaction-bar sort="urgency" blinkDuration={3} />
  </whatsapp-workspace>
);
// @ts-expect-error no such density
export const density = <whatsapp-desk density="huge" />;
// @ts-expect-error the detail has no such thing
export const detail = <whatsapp-workspace ${prefix}interaction-accepted={(event) => event.detail.nothing} />;
// @ts-expect-error no such setting
export const setting = <whatsapp-workspace gatway="/" />;
`;

const VUE_PAGE = `
import type { GlobalComponents } from 'vue';
import type {} from 'whatsapp-workspace/vue';
declare const workspace: InstanceType<GlobalComponents['whatsapp-workspace']>;
declare const desk: InstanceType<GlobalComponents['whatsapp-desk']>;
export const token: string | null | undefined = workspace.$props.token;
export const density: 'compact' | 'comfortable' | null | undefined = desk.$props.density;
workspace.$emit('interaction-accepted', {} as import('whatsapp-workspace').InteractionAcceptedEvent);
// @ts-expect-error no such event
workspace.$emit('interaction-eaten', {} as import('whatsapp-workspace').InteractionAcceptedEvent);
// @ts-expect-error no such setting
export const wrong = workspace.$props.gatway;
`;
