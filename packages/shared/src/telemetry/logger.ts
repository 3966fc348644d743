import { type DestinationStream, type Logger, pino } from 'pino';
import { safeMessage } from './safe-message.ts';
import { activeTraceId } from './tracing.ts';

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
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** A JSON logger with redaction; each line names the service and, while a trace runs, its trace id. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { err: (error: unknown) => describeError(error) },
      mixin: () => {
        const traceId = activeTraceId();
        return traceId === undefined ? {} : { traceId };
      },
    },
    options.destination ?? pino.destination({ sync: true }),
  );
}

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: readonly string[];
  readonly cause?: ErrorDescription;
}

/**
 * What a log may hold of an error: a fixed set of fields. Libraries hang whatever they worked on onto their errors: a
 * failed query, for example, all that was to be stored.
 */
function describeError(error: unknown): ErrorDescription {
  const message = safeMessage(error);
  if (!(error instanceof Error)) return { type: typeof error, message, stack: [] };
  const { code } = error as { readonly code?: unknown };
  return {
    type: error.constructor.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}
