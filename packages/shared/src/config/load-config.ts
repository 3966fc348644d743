import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError, messageOf } from '../errors/index.ts';
import { findWeakSecrets } from './weak-secrets.ts';

/** Environment variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Decodes the environment into a complete, frozen configuration.
 *
 * Every variable `X` may also be given as `X_FILE`, the path of a file that holds its value (secrets); `X` itself goes
 * first. An empty variable counts as one that is not there. With NODE_ENV=production weak secrets are refused, see
 * {@link findWeakSecrets}.
 * @throws AppError `BAD_CONFIGURATION` naming each variable that is missing or wrong; nothing has been opened then.
 */
export function loadConfig<T extends z.ZodType>(schema: T, environment: Environment): z.output<T> {
  const { values, unreadable } = readFiles(environment);
  const result = schema.safeParse(values);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${name}: ${unreadable.get(name) ?? message}`;
    });
    throw unusable(lines);
  }
  if (values['NODE_ENV'] === 'production') {
    const weak = [...findWeakSecrets(values)].map(([name, reason]) => `${name}: ${reason}`);
    if (weak.length > 0) throw unusable(weak);
  }
  Object.freeze(result.data);
  return result.data;
}

function unusable(problems: readonly string[]): AppError {
  return new AppError('BAD_CONFIGURATION', `The environment is not usable. ${problems.join('; ')}`);
}

/** The variables with those of files filled in, and why a file could not be read, by the variable it was to fill. */
function readFiles(environment: Environment): {
  readonly values: Readonly<Record<string, string>>;
  readonly unreadable: ReadonlyMap<string, string>;
} {
  const given = Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]);
  const values: Record<string, string> = Object.fromEntries(given);
  const unreadable = new Map<string, string>();
  for (const [name, path] of given) {
    const target = name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : '';
    if (target === '' || values[target] !== undefined) continue;
    try {
      values[target] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      // Unrelated variables of the system may end in _FILE too; only one that the schema misses is told of.
      unreadable.set(target, `${name} cannot be read: ${messageOf(error)}`);
    }
  }
  return { values, unreadable };
}
