import { AppError, type ErrorCode } from '@hoerok/shared/errors';

/** An expected refusal of a mutation: `path` names the argument that was wrong. */
export function refusal(code: ErrorCode, message: string, path: readonly string[]): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path } });
}
