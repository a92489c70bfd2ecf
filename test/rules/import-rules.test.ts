// Plants imports that the architecture forbids, and sees that the project's lint configuration reports each one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The compiled test lies in .build/test/rules. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Planted {
  readonly file: string;
  readonly imports: string;
}

const forbidden: readonly Planted[] = [
  { file: 'src/model/a.ts', imports: "import 'rxjs'" },
  { file: 'src/model/b.ts', imports: "import '../streams/store.js'" },
  { file: 'src/model/c.ts', imports: "import '../index.js'" },
  { file: 'src/model/d.ts', imports: "export const later = import('lit')" },
  {
    file: 'src/model/e.ts',
    imports: "import type { Observable } from 'rxjs'; export type O = Observable<1>",
  },
  { file: 'src/i18n/a.ts', imports: "import 'lit'" },
  { file: 'src/i18n/b.ts', imports: "import '../elements/base/base.js'" },
  {
    file: 'src/transport/adapter.ts',
    imports: "import { Subject } from 'rxjs'; export const s = new Subject()",
  },
  { file: 'src/transport/simulated/a.ts', imports: "import '../gateway/index.js'" },
  { file: 'src/transport/simulated/b.ts', imports: "import '../../streams/store.js'" },
  { file: 'src/transport/gateway/a.ts', imports: "import 'lit'" },
  { file: 'src/streams/a.ts', imports: "import '../platform/storage.js'" },
  { file: 'src/streams/b.ts', imports: "import { x } from '../transport/adapter.js'; export const y = x" },
  { file: 'src/streams/c.ts', imports: "import '../transport/simulated/index.js'" },
  { file: 'src/streams/d.ts', imports: "import 'idb'" },
  { file: 'src/streams/drafts/a.ts', imports: "import '../storage/agent-scope.js'" },
  { file: 'src/streams/e.ts', imports: "import './storage/agent-scope.js'" },
  { file: 'src/platform/a.ts', imports: "import '../streams/store.js'" },
  { file: 'src/platform/b.ts', imports: "import { x } from '../model/index.js'; export const y = x" },
  { file: 'src/platform/c.ts', imports: "import 'lit'" },
  { file: 'src/context/a.ts', imports: "import '../elements/base/base.js'" },
  { file: 'src/context/b.ts', imports: "import '../transport/gateway/index.js'" },
  { file: 'src/elements/base/a.ts', imports: "import '../whatsapp-message/whatsapp-message.js'" },
  { file: 'src/elements/base/b.ts', imports: "import '../../context/workspace-context.js'" },
  { file: 'src/elements/base/c.ts', imports: "import 'rxjs'" },
  { file: 'src/elements/whatsapp-message/a.ts', imports: "import '../../context/workspace-context.js'" },
  { file: 'src/elements/whatsapp-message/b.ts', imports: "import '../whatsapp-desk/whatsapp-desk.js'" },
  { file: 'src/elements/whatsapp-message/c.ts', imports: "import 'lit/directives/unsafe-html.js'" },
  { file: 'src/elements/whatsapp-message/d.ts', imports: "import '../../define/whatsapp-message.js'" },
  { file: 'src/elements/whatsapp-message/e.ts', imports: "import '../../index.js'" },
  { file: 'src/elements/whatsapp-desk/a.ts', imports: "import '../../streams/workspace.js'" },
  { file: 'src/elements/whatsapp-desk/b.ts', imports: "import '../../platform/storage.js'" },
  {
    file: 'src/elements/whatsapp-desk/c.ts',
    imports: "import '../whatsapp-workspace/whatsapp-workspace.js'",
  },
  { file: 'src/elements/whatsapp-workspace/a.ts', imports: "import '../../define.js'" },
  { file: 'gateway/src/http/a.ts', imports: "import 'whatsapp-workspace'" },
  { file: 'gateway/src/http/b.ts', imports: "import '../../../src/model/index.js'" },
  { file: 'gateway/src/http/c.ts', imports: "import 'pg'" },
  { file: 'gateway/src/http/d.ts', imports: "import '../cloud-api/payload.js'" },
  { file: 'gateway/src/store/a.ts', imports: "import '../cloud-api/payload.js'" },
  { file: 'gateway/src/cloud-api/a.ts', imports: "import 'pg'" },
  { file: 'gateway/stand-in/a.ts', imports: "import 'whatsapp-workspace/testing'" },
  { file: 'demo/a.ts', imports: "import '../src/index.js'" },
  {
    file: 'test/elements/a.ts',
    imports: "import { waitUntil } from '@open-wc/testing'; export const y = waitUntil",
  },
  { file: 'test/e2e/a.ts', imports: "import '../../src/model/index.js'" },
  { file: 'test/hosts/react/a.ts', imports: "import '../../../src/index.js'" },
];

const allowed: readonly Planted[] = [
  { file: 'src/model/ok.ts', imports: "import './event.js'" },
  { file: 'src/i18n/ok.ts', imports: "import '../model/index.js'" },
  {
    file: 'src/transport/gateway/ok.ts',
    imports: "import 'rxjs'; import '../../model/index.js'; import '../adapter.js'; import './protocol.js'",
  },
  {
    file: 'src/streams/drafts/ok.ts',
    imports: "import '../storage/index.js'; import '../../model/index.js'; import './x.js'",
  },
  {
    file: 'src/streams/ok.ts',
    imports: "import 'rxjs'; import type { X } from '../transport/adapter.js'; export type Y = X",
  },
  {
    file: 'src/platform/ok.ts',
    imports: "import 'idb'; import type { X } from '../model/index.js'; export type Y = X",
  },
  {
    file: 'src/context/ok.ts',
    imports:
      "import '@lit/context'; import 'rxjs'; import '../streams/workspace.js'; import '../platform/storage.js'",
  },
  {
    file: 'src/elements/base/ok.ts',
    imports: "import 'lit/decorators.js'; import '../../model/index.js'; import './x.js'",
  },
  {
    file: 'src/elements/whatsapp-message/ok.ts',
    imports: "import '../base/base.js'; import '../whatsapp-attachment/x.js'; import '../../i18n/index.js'",
  },
  {
    file: 'src/elements/whatsapp-desk/ok.ts',
    imports: "import '../../context/x.js'; import '../interaction-bar/x.js'",
  },
  {
    file: 'src/elements/whatsapp-workspace/ok.ts',
    imports:
      "import '../../streams/workspace.js'; export const later = () => import('../../transport/gateway/index.js')",
  },
  { file: 'src/define/ok.ts', imports: "import '../elements/whatsapp-desk/whatsapp-desk.js'" },
  {
    file: 'gateway/src/http/ok.ts',
    imports: "import 'whatsapp-workspace/model'; import '../cloud-api/index.js'",
  },
  { file: 'gateway/src/store/ok.ts', imports: "import 'pg'" },
  {
    file: 'gateway/src/cloud-api/ok.ts',
    imports: "import './payload.js'; import 'whatsapp-workspace/protocol'",
  },
  { file: 'test/e2e/ok.ts', imports: "import 'whatsapp-workspace/model'" },
  { file: 'test/model/ok.ts', imports: "import '../../src/model/index.js'" },
];

const cycle: readonly Planted[] = [
  { file: 'src/model/ring-a.ts', imports: "import { b } from './ring-b.js'; export const a = () => b" },
  { file: 'src/model/ring-b.ts', imports: "import { a } from './ring-a.js'; export const b = () => a" },
];

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
}

/** Runs oxlint with the project's configuration over a temporary copy of the layout. */
function lint(folder: string): Diagnostic[] {
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const folders = ['src', 'gateway', 'demo', 'test'];
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format', 'json', ...folders], {
    cwd: folder,
    encoding: 'utf8',
  });
  try {
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
  } catch {
    throw new Error(`oxlint gave no JSON:\n${stdout}\n${stderr}`);
  }
}

describe('import rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  let reports: Diagnostic[] = [];

  const reported = (file: string, rule: string) =>
    reports.some(({ filename, code }) => filename.replaceAll('\\', '/') === file && code.includes(rule));

  before(() => {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    for (const { file, imports } of [...forbidden, ...allowed, ...cycle]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${imports};\n`);
    }
    reports = lint(folder);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { file, imports } of forbidden) {
    it(`reports ${file}: ${imports}`, () => assert.ok(reported(file, 'no-restricted-imports')));
  }

  for (const { file, imports } of allowed) {
    it(`allows ${file}: ${imports}`, () => assert.ok(!reported(file, 'no-restricted-imports')));
  }

  it('reports a cycle', () => assert.ok(cycle.some(({ file }) => reported(file, 'no-cycle'))));
});
