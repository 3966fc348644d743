/**
 * `npm test`: every check and every test, on real servers beside whatever `npm start` runs. The last line says
 * "N passed, N failed"; the exit code is 1 when something failed.
 */
import { type CheckCount, runStaticChecks } from './checks/static-checks.ts';
import { runVitest } from './checks/vitest.ts';
import { startInfrastructure } from './infra/infrastructure.ts';
import { SetupError } from './infra/setup-error.ts';
import { onOrphaned } from './parent-watch.mjs';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
onOrphaned(() => stopping.abort());

try {
  const counts = [await runStaticChecks(), await test('unit'), ...(await testOnServers())];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function testOnServers(): Promise<CheckCount[]> {
  const servers = await startInfrastructure({ log: (line) => console.log(line), signal: stopping.signal });
  try {
    const environment = {
      DATABASE_URL: servers.databaseUrl,
      NATS_URL: servers.natsUrl,
      REDIS_URL: servers.redisUrl,
    };
    return [await test('integration', environment), await test('e2e', environment)];
  } finally {
    await servers.stop();
  }
}

async function test(
  project: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<CheckCount> {
  const counted = await runVitest([project], { environment, signal: stopping.signal });
  if (stopping.signal.aborted) throw new SetupError('Stopped.');
  return counted;
}
