import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

/** One check that needs no server: a command that must end with 0. */
interface StaticCheck {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to do about it. */
  readonly hint: string;
}

const bin = (name: string): string => fileURLToPath(new URL(`node_modules/.bin/${name}`, REPOSITORY));

const CHECKS: readonly StaticCheck[] = [
  { name: 'format', command: [bin('biome'), 'format', '.'], hint: 'pnpm format' },
  { name: 'types', command: [bin('tsc'), '--noEmit'], hint: 'pnpm typecheck' },
  { name: 'lint and import boundaries', command: [bin('oxlint'), '--type-aware'], hint: 'pnpm lint' },
  {
    name: 'generated code is current',
    command: [bin('graphql-codegen'), '--config', 'codegen.ts', '--check'],
    hint: 'pnpm codegen',
  },
  {
    name: 'supergraph composes, breaks nobody, and is documented',
    command: [process.execPath, 'scripts/supergraph/check.ts'],
    hint: 'pnpm supergraph:check',
  },
  {
    name: 'manifest of persisted operations is current',
    command: [process.execPath, 'scripts/operations/manifest.ts', '--check'],
    hint: 'pnpm operations:manifest',
  },
  {
    name: 'event contracts are written and break nobody',
    command: [process.execPath, 'scripts/contracts/check.ts'],
    hint: 'pnpm contracts:check',
  },
];

/** How many checks passed and failed. */
export interface CheckCount {
  readonly passed: number;
  readonly failed: number;
}

/** Runs every static check one after the other, prints a line each, and the output of those that fail. */
export async function runStaticChecks(): Promise<CheckCount> {
  let passed = 0;
  for (const check of CHECKS) {
    const startedAt = performance.now();
    const { ok, output } = await run(check.command);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${ok ? '✓' : '✗'} ${check.name} (${seconds} s)`);
    if (ok) passed += 1;
    else console.log(`${output.trim()}\n  -> ${check.hint}`);
  }
  return { passed, failed: CHECKS.length - passed };
}

function run([program, ...args]: readonly [string, ...string[]]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const options = { cwd: fileURLToPath(REPOSITORY), maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}` });
    });
  });
}
