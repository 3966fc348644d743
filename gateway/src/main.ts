#!/usr/bin/env node
import { loadConfig } from '@hoerok/shared/config';
import { messageOf } from '@hoerok/shared/errors';
import { createLogger } from '@hoerok/shared/telemetry';
import { gatewayEnvironment } from './config.ts';
import { startGateway } from './server.ts';

/** What an ordered shutdown may take beyond the grace of running requests. */
const SHUTDOWN_MARGIN_MS = 4_000;

try {
  const config = loadConfig(gatewayEnvironment, process.env);
  const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const gateway = await startGateway(config, { logger });
  const stop = (): void => {
    logger.info('The gateway stops.');
    const patienceMs = (config.SHUTDOWN_DELAY_SECONDS + config.SHUTDOWN_GRACE_SECONDS) * 1_000;
    setTimeout(() => process.exit(1), patienceMs + SHUTDOWN_MARGIN_MS).unref();
    gateway.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ reason: messageOf(error) }, 'The gateway could not stop in order.');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The starter is gone (its end of the channel closed): nobody will send a signal any more.
  process.once('disconnect', stop);
} catch (error) {
  process.stderr.write(`gateway cannot start: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
