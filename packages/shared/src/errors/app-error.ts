import type { ErrorCode } from './codes.ts';

/** How a failure is logged where it ends: `debug` for what a user did, `error` for what we must look at. */
export type ErrorLogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Options of {@link AppError}. */
export interface AppErrorOptions {
  /** Whether the same call may succeed later without a change. @default false */
  readonly retryable?: boolean;
  /** What was caught, when this error adds knowledge to another. */
  readonly cause?: unknown;
  /** @default 'info' */
  readonly logLevel?: ErrorLogLevel;
  /** Facts that a client may read, for example `retryAfterSeconds`. Never internals. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A failure with a catalogued code whose message may be shown to the caller. Match on `code`, never on text. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  declare readonly code: ErrorCode;
  declare readonly retryable: boolean;
  declare readonly logLevel: ErrorLogLevel;
  declare readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.logLevel = options.logLevel ?? 'info';
    this.extensions = options.extensions ?? {};
  }
}

/** A job or message that no retry can save: it goes to the dead letters at once. */
export class PermanentError extends AppError {
  override readonly name = 'PermanentError';
}

/** A job or message that asks for its next attempt after `delayMs` milliseconds, as a provider's `Retry-After` does. */
export class RetryAfter extends AppError {
  override readonly name = 'RetryAfter';
  declare readonly delayMs: number;

  constructor(delayMs: number, message: string, options: AppErrorOptions = {}) {
    super('UNAVAILABLE', message, { ...options, retryable: true });
    this.delayMs = delayMs;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
