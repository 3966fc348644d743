import { AppError, messageOf } from '@hoerok/shared/errors';

const UNAVAILABLE = 'A part of the answer is not available at the moment.';

/** There is no answer to be had; what was caught goes into the log only, for it names addresses. */
export function unavailable(caught: unknown): AppError {
  const cause = new Error(messageOf(caught), { cause: caught });
  return new AppError('UNAVAILABLE', UNAVAILABLE, { retryable: true, logLevel: 'error', cause });
}

/** The fetch was not even tried, because of what went before it. There may be thousands, so they are no log lines. */
export function refused(why: string): AppError {
  const cause = new Error(why);
  return new AppError('UNAVAILABLE', UNAVAILABLE, { retryable: true, logLevel: 'debug', cause });
}

/** The deadline has passed. */
export function timedOut(): AppError {
  const message = 'A part of the answer did not come in time.';
  return new AppError('TIMEOUT', message, { retryable: true, logLevel: 'error' });
}

/** The client is gone. */
export function cancelled(): AppError {
  return new AppError('CANCELLED', 'The request was cancelled.', { logLevel: 'debug' });
}

/** The answer exceeds the cap, as it came or decompressed. */
export function tooLarge(): AppError {
  return new AppError('TOO_LARGE', 'A part of the answer is larger than allowed.', { logLevel: 'error' });
}

const RESET = new Set<unknown>(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether the connection went away under a request. */
export function isReset(error: Error): boolean {
  return RESET.has((error as NodeJS.ErrnoException).code);
}

/** Whether an error of the exchange is the subgraph's and not one of what we sent. */
export function isSubgraphFault(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code !== 'UND_ERR_INVALID_ARG';
}
