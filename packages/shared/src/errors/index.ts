export {
  AppError,
  type AppErrorOptions,
  type ErrorLogLevel,
  messageOf,
  PermanentError,
  RetryAfter,
} from './app-error.ts';
export { ERROR_CODES, type ErrorCode } from './codes.ts';
