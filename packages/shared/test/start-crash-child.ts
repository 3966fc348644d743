import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testServers } from '../src/testing/index.ts';
import type { TestPlatform } from './test-platform.ts';

/** A process that is to die. */
export interface CrashChild {
  /** Exit code and signal of its end. */
  readonly died: Promise<unknown[]>;
  /** Ends it in any case. */
  readonly kill: () => void;
}

/**
 * Starts crash-child.ts over the database and namespace of `platform`; it dies at the fault point `crashAt`. With
 * `ENQUEUE_EAGERLY` it accepts a task of that name itself, once one would start at once.
 */
export function startCrashChild(
  platform: TestPlatform,
  crashAt: string,
  environment: { readonly ENQUEUE_EAGERLY?: string } = {},
): CrashChild {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./crash-child.ts', import.meta.url))], {
    env: {
      ...process.env,
      DATABASE_URL: platform.databaseUrl,
      NATS_URL: testServers().natsUrl,
      NAMESPACE: platform.namespace,
      CRASH_AT: crashAt,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { died: once(child, 'exit'), kill: () => void child.kill('SIGKILL') };
}
