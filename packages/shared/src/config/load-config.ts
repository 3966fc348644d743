import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError, messageOf } from '../errors/index.ts';

/** Environment variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Decodes the environment into a complete, frozen configuration.
 *
 * Every variable `X` may also be given as `X_FILE`, the path of a file that holds its value (secrets).
 * @throws AppError `BAD_CONFIGURATION` naming each variable that is missing or wrong; nothing has been opened then.
 */
export function loadConfig<T extends z.ZodType>(schema: T, environment: Environment): z.output<T> {
  const result = schema.safeParse(readFiles(environment));
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('BAD_CONFIGURATION', `The environment is not usable. ${lines.join('; ')}`);
  }
  Object.freeze(result.data);
  return result.data;
}

function readFiles(environment: Environment): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = { ...environment };
  for (const [name, path] of Object.entries(environment)) {
    const target = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : undefined;
    if (target === undefined || target === '' || path === undefined || values[target] !== undefined) continue;
    try {
      values[target] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      // Unrelated variables of the system may end in _FILE too; only a variable that the schema misses matters.
      values[target] = undefined;
      values[`${target}_FILE_ERROR`] = messageOf(error);
    }
  }
  return values;
}
