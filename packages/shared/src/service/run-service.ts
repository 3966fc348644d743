import type { BaseContext } from '@apollo/server';
import type { z } from 'zod';
import { loadConfig, migrationEnvironment, type ServiceConfig } from '../config/index.ts';
import { AppError, messageOf } from '../errors/index.ts';
import { runMigrations, type RunningService, type ServiceDefinition, startService } from './service.ts';

/** How long an ordered shutdown may take beyond the grace of its workers. */
const SHUTDOWN_MARGIN_MS = 10_000;

/**
 * The whole life of a service process: environment, start, signals, ordered shutdown, exit code. With the argument
 * `--migrate` it only runs the migrations and ends: a deployment whose processes hold no migration role does that first.
 * A start that fails prints one sentence and exits with 1.
 */
export async function runService<S extends z.ZodType<ServiceConfig>, C extends BaseContext>(
  environment: S,
  definition: ServiceDefinition<z.output<S>, C>,
): Promise<void> {
  try {
    if (process.argv.includes('--migrate')) {
      await runMigrations(loadConfig(migrationEnvironment, process.env), definition);
      return;
    }
    const config = loadConfig(environment, process.env);
    const service = await startService<z.output<S>, C>(config, definition);
    stopOnSignals(service, config.SHUTDOWN_GRACE_SECONDS * 1_000 + SHUTDOWN_MARGIN_MS);
  } catch (error) {
    const hint = error instanceof AppError ? error.message : (error as Error).stack;
    process.stderr.write(`${definition.name} cannot start: ${hint ?? messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function stopOnSignals(service: RunningService, limitMs: number): void {
  const stop = (): void => {
    // A step that hangs must not keep the process for ever: whoever started it would send SIGKILL anyway.
    setTimeout(() => process.exit(1), limitMs).unref();
    void service.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The starter is gone (its end of the channel closed): nobody will send a signal any more.
  process.once('disconnect', stop);
}
