import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import type { CheckCount } from './static-checks.ts';

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
});

/** Runs vitest projects with their output shown, and counts. A file that could not even load counts as a failure. */
export async function runVitest(
  projects: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    /** Ends the run early. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<CheckCount> {
  const file = fileURLToPath(
    new URL(`.hoerok/run/vitest-${process.pid}-${projects.join('-')}.json`, REPOSITORY),
  );
  const vitest = fileURLToPath(new URL('node_modules/.bin/vitest', REPOSITORY));
  const args = [
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
  ];
  const child = spawn(vitest, [...args, `--outputFile.json=${file}`], {
    cwd: fileURLToPath(REPOSITORY),
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = (): void => void child.kill('SIGTERM');
  options.signal?.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  options.signal?.removeEventListener('abort', stop);
  try {
    const counted = report.parse(JSON.parse(await readFile(file, 'utf8')));
    // An unhandled error or a leaked handle fails the run without failing a test.
    const failed = counted.numFailedTests === 0 && code !== 0 ? 1 : counted.numFailedTests;
    return { passed: counted.numPassedTests, failed };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    await rm(file, { force: true });
  }
}
