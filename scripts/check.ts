/** `pnpm check`: everything that needs no server: format, types, lint, generated code, supergraph, unit tests. */
import { runStaticChecks } from './checks/static-checks.ts';
import { runVitest } from './checks/vitest.ts';

const counts = [await runStaticChecks(), await runVitest(['unit'])];
process.exitCode = counts.every(({ failed }) => failed === 0) ? 0 : 1;
