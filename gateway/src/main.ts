import { ConfigError, readConfig } from './config.js';
import { createGateway } from './gateway.js';
import { errorFields, jsonLog } from './log.js';

/** The gateway as a process: configured by the environment, stopped in order by SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const log = jsonLog();
  const config = readConfig(process.env);
  for (const warning of config.warnings) log.warn(warning);
  const starting = createGateway(config, { log });
  let stoppedBy: NodeJS.Signals | null = null;
  const stop = (signal: NodeJS.Signals) => {
    // Whoever asks twice does not want to wait. Ctrl+C reaches us and who started us, and that one then asks in its own way: that is not twice.
    if (stoppedBy === signal) process.exit(1);
    if (stoppedBy !== null) return;
    stoppedBy = signal;
    // What is about to start is waited for: half a database is worse than a moment's patience.
    starting
      .then((gateway) => gateway.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('The gateway did not stop in order', errorFields(error));
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await starting;
}

main().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof ConfigError ? '' : 'The gateway did not start: '}${words}\n`);
  process.exitCode = 1;
});
