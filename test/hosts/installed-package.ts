import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../e2e/support.js';

const run = promisify(execFile);

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What a host page's own project may have besides our package. */
const FRAMEWORKS = [
  'react',
  'react-dom',
  'vue',
  'preact',
  'solid-js',
  'csstype',
  '@types/node',
  '@types/react',
  '@types/react-dom',
];

/** A project into which our package is installed as anybody gets it: from a tarball, with the packages that it depends on and no others of ours. */
export class HostProject {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<HostProject> {
    const project = new HostProject(mkdtempSync(join(tmpdir(), 'whatsapp-workspace-host-')));
    await project.#install();
    return project;
  }

  get packageFolder(): string {
    return join(this.folder, 'node_modules', 'whatsapp-workspace');
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What `npm install` does with a tarball, without a registry: what it depends on is taken from here. */
  async #install(): Promise<void> {
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', this.folder],
      {
        cwd: ROOT,
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    mkdirSync(this.packageFolder, { recursive: true });
    await run('tar', ['xzf', join(this.folder, filename), '--strip-components=1', '-C', this.packageFolder]);
    const { dependencies } = JSON.parse(
      readFileSync(join(this.packageFolder, 'package.json'), 'utf8'),
    ) as Manifest;
    for (const name of [...Object.keys(dependencies), ...FRAMEWORKS]) this.#link(name);
  }

  #link(name: string): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), path);
  }
}
