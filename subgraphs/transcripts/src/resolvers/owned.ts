import { AppError } from '@hoerok/shared/errors';

/** What a row belongs to: it is there as long as the row is, and as visible. */
export function owned<T>(owner: T | null | undefined): T {
  if (owner != null) return owner;
  throw new AppError('NOT_FOUND', 'It was deleted while it was being read.', { logLevel: 'warn' });
}
