import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program and waits for its end. Its output goes to ours unless `capture` is set.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, capture?: boolean, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>} never rejects: a program that cannot be started ends with 127
 */
export function run(command, args, { env = {}, cwd = root, capture = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, stdio, shell, env: { ...process.env, ...env } });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a Node program: a script, or the `bin` of an installed package.
 * @param {string[]} args arguments of node
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (args, options) => run(process.execPath, args, options);

/**
 * Path of a package's executable script, found without going through a shell or `.bin` (which differ on Windows).
 * @param {string} packageName
 * @param {string} [binName]
 */
export function binOf(packageName, binName = packageName.replace(/^.*\//, '')) {
  const require = createRequire(join(root, 'package.json'));
  const manifestPath = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = require(manifestPath);
  return join(dirname(manifestPath), typeof bin === 'string' ? bin : bin[binName]);
}

/** Runs npm; on Windows it is a `.cmd` file, which only a shell can start. */
export const runNpm = (args, options) =>
  run('npm', args, { ...options, shell: process.platform === 'win32' });

/** Whether `command` can be found on the PATH. */
export function onPath(command) {
  return whichSync(command) !== undefined;
}

/**
 * Full path of a command on the PATH.
 * @param {string} command
 * @returns {string | undefined}
 */
export function whichSync(command) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  const { status, stdout } = spawnSync(finder, [command], { encoding: 'utf8' });
  return status === 0 ? stdout.split(/\r?\n/)[0].trim() : undefined;
}
