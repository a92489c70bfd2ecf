import { ConfigError, readConfig } from './config.js';
import { createGateway, type Gateway } from './gateway.js';
import { errorFields, jsonLog } from './log.js';
import { afterRestore } from './restored.js';
import { stopper } from './stop.js';

/** The gateway as a process, or what its operator asks of it. */
async function main([order, ...rest]: readonly string[]): Promise<void> {
  if (order === undefined) return serve();
  if (order !== 'restored' || rest.length > 0)
    throw new Error('The only word that may follow is “restored”: after a backup was restored.');
  const given = await afterRestore(readConfig(process.env), jsonLog());
  process.stdout.write(
    `Desks will take a fresh snapshot. ${given === 1 ? '1 message is' : `${given} messages are`} of unknown outcome now.\n`,
  );
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

main(process.argv.slice(2)).catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof ConfigError ? '' : 'The gateway did not start: '}${words}\n`);
  process.exitCode = 1;
});
