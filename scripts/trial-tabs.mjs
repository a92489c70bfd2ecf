// Trial of the outbox in a real browser: an agent with two tabs writes, and the tab is closed, reloaded or crashed some milliseconds after Enter, over and over, on the real gateway.
// Usage: npm run trial:tabs -- [--exits 100] [--seed 1] [--freeze] [--kill] [--clock] [--faults]
//        npm run trial:tabs -- --schedules 2000 [--seed 1]   many seeded schedules in virtual time instead, of test/streams/tab-schedules.test.ts and outbox-schedules.test.ts
//   --freeze  tabs are frozen by the browser for some seconds, and thawed
//   --kill    the gateway is killed (SIGKILL) and started again
//   --clock   the clock of a tab is an hour ahead, or 20 minutes behind, and jumps
//   --faults  all three
// Prints how many replies were late (neither with the contact centre nor back as a draft five seconds after the exit, thirty after a fault was over), lost,
// doubled, overtaken, stuck and unknown, also when it is stopped before its end.
import { parseArgs } from 'node:util';
import { buildAll, compileTests } from './lib/build-steps.mjs';
import { ensureBrowsers } from './lib/browsers.mjs';
import { runNode } from './lib/run.mjs';

const { values } = parseArgs({
  options: {
    exits: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    schedules: { type: 'string' },
    freeze: { type: 'boolean', default: false },
    kill: { type: 'boolean', default: false },
    clock: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

if (!values['no-build'] && !((await buildAll()) && (await compileTests()))) process.exit(1);
if (values.schedules) {
  const env = { TAB_SCHEDULES: values.schedules, TAB_SCHEDULES_FROM: values.seed };
  const files = ['tab-schedules', 'outbox-schedules'].map((name) => `.build/test/streams/${name}.test.js`);
  process.exit((await runNode(['--test', ...files], { env })).code);
}
const { chromium } = await ensureBrowsers(['chromium']);
process.env.CHROME_PATH = chromium;
const { TabTrial } = await import('./lib/tab-trial.mjs');
const faults = ['freeze', 'kill', 'clock'].filter((name) => values.faults || values[name]);
const trial = await TabTrial.start({ seed: Number(values.seed), faults });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => trial.cancel());
try {
  await trial.run(Number(values.exits));
} catch (error) {
  await trial.complain('the trial', error);
} finally {
  await trial.stop();
}
console.log(trial.sums());
process.exitCode = trial.isClean() ? 0 : 1;
