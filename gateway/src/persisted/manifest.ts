import { readFileSync } from 'node:fs';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { z } from 'zod';

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
      /** Only clients of this name may send it. */
      clientName: z.string().min(1).optional(),
    }),
  ),
});

/** One operation of a manifest. */
export type PersistedOperation = Readonly<z.output<typeof manifest>['operations'][number]>;

/**
 * Reads a manifest of persisted operations in Apollo's format, version 1.
 * @throws AppError `BAD_CONFIGURATION` when the file cannot be read, is none, or has two operations of one id and client.
 * @see https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format
 */
export function readManifest(path: string): readonly PersistedOperation[] {
  const { operations } = decode(path);
  const seen = new Set<string>();
  for (const { id, clientName = '' } of operations) {
    const key = `${clientName}\0${id}`;
    if (seen.has(key)) throw unusable(path, `it has the operation ${id} twice`);
    seen.add(key);
  }
  return operations;
}

function decode(path: string): z.output<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const reason = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`;
    throw unusable(path, reason, error);
  }
}

function unusable(path: string, reason: string, cause?: unknown): AppError {
  const message = `The manifest of persisted operations ${path} cannot be used: ${reason}.`;
  return new AppError('BAD_CONFIGURATION', message, { cause });
}
