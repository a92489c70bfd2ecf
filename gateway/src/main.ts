import { ConfigError, readConfig } from './config.js';
import { createGateway, type Gateway } from './gateway.js';
import { importResponses, importSentences } from './import-responses.js';
import { errorFields, jsonLog } from './log.js';
import { afterRestore } from './restored.js';
import { stopper } from './stop.js';
import { syncAllTemplates } from './sync-templates.js';

const ORDERS =
  'The only words that may follow are “restored”, after a backup was restored, “import-responses” with the path of a library file, and “sync-templates”.';

/** The gateway as a process, or what its operator asks of it. */
async function main([order, ...rest]: readonly string[]): Promise<void> {
  if (order === undefined) return serve();
  const [file] = rest;
  if (order === 'restored' && rest.length === 0) return restored();
  if (order === 'import-responses' && file !== undefined && rest.length === 1) return imported(file);
  if (order === 'sync-templates' && rest.length === 0) return synchronised();
  throw new Error(ORDERS);
}

async function restored(): Promise<void> {
  const given = await afterRestore(readConfig(process.env), jsonLog());
  process.stdout.write(
    `Desks will take a fresh snapshot. ${given === 1 ? '1 message is' : `${given} messages are`} of unknown outcome now.\n`,
  );
}

async function imported(file: string): Promise<void> {
  const report = await importResponses(file, readConfig(process.env), jsonLog());
  process.stdout.write(`${importSentences(report)}\n`);
}

async function synchronised(): Promise<void> {
  const sentences = await syncAllTemplates(readConfig(process.env), jsonLog());
  process.stdout.write(`${sentences.join('\n')}\n`);
}

/** The gateway: configured by the environment, stopped in order by SIGTERM or SIGINT. */
async function serve(): Promise<void> {
  const log = jsonLog();
  const config = readConfig(process.env);
  for (const warning of config.warnings) log.warn(warning);
  const stopping = new AbortController();
  const starting = createGateway(config, { log, stopping: stopping.signal });
  let abandon: () => void = () => undefined;
  const stop = stopper({
    // What is about to start is waited for: half a database is worse than a moment's patience. The database is not.
    close: async () => {
      stopping.abort();
      await (await unlessStopped(starting))?.close();
    },
    leave: (code) => {
      if (code !== 0) abandon();
      process.exit(code);
    },
    log,
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => {
    starting
      .then((gateway) => gateway.reload())
      .catch((error: unknown) => log.error('The centre file could not be read again', errorFields(error)));
  });
  abandon = (await unlessStopped(starting))?.abandon ?? abandon;
}

/** null when a start was ended that waited for the database. */
async function unlessStopped(starting: Promise<Gateway>): Promise<Gateway | null> {
  try {
    return await starting;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return null;
    throw error;
  }
}

const orders = process.argv.slice(2);
main(orders).catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  const isPlain = error instanceof ConfigError || orders.length > 0;
  process.stderr.write(`${isPlain ? '' : 'The gateway did not start: '}${words}\n`);
  process.exitCode = 1;
});
