import { once } from 'node:events';
import { startInfrastructure } from './infra/infrastructure.ts';
import { SetupError } from './infra/setup-error.ts';

// node scripts/servers.ts: PostgreSQL, NATS and Redis for development, until Ctrl-C.
// Steps go to stderr, the URLs to stdout in sh format.
const stopping = new AbortController();
const keepAlive = setInterval(() => undefined, 2 ** 30);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());

try {
  const log = (line: string): void => console.error(line);
  const infrastructure = await startInfrastructure({ log, signal: stopping.signal });
  console.log(`export DATABASE_URL=${infrastructure.databaseUrl}`);
  console.log(`export NATS_URL=${infrastructure.natsUrl}`);
  console.log(`export REDIS_URL=${infrastructure.redisUrl}`);
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
  await infrastructure.stop();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  clearInterval(keepAlive);
}
