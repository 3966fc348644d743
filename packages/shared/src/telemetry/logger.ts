import { trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  /** Name of the process, on every line. */
  readonly service: string;
  /** pino level. */
  readonly level: string;
  /** Where the lines go. @default standard output */
  readonly destination?: DestinationStream;
}

// Nothing that a person said, and nothing that opens a door, belongs in a log.
const REDACTED = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'email',
  'text',
  'content',
  'quote',
  'cookie',
  // A failed query of TypeORM carries both: what was to be stored.
  'parameters',
  'detail',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** A JSON logger with redaction; each line names the service and, while a trace runs, its trace id. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
      mixin: () => {
        const traceId = trace.getActiveSpan()?.spanContext().traceId;
        return traceId === undefined ? {} : { traceId };
      },
    },
    options.destination ?? pino.destination({ sync: true }),
  );
}
