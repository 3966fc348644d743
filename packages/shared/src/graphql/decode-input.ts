import type { z } from 'zod';
import { AppError } from '../errors/index.ts';

/**
 * Decodes the arguments of a field.
 * @throws AppError `BAD_INPUT` whose `path` extension names the first field that is wrong.
 */
export function decodeInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map(String);
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  throw new AppError('BAD_INPUT', `${where}${issue?.message ?? 'The input does not fit.'}`, {
    logLevel: 'debug',
    extensions: { path },
  });
}
