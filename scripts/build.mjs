// Compiles the library and the gateway, and bundles the library.
import { buildAll } from './lib/build-steps.mjs';

process.exitCode = (await buildAll()) ? 0 : 1;
