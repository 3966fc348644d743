import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { AuthorizationMode } from '../authorization/authorization.ts';
import { planAhead } from '../execution/plan-ahead.ts';
import { buildSupergraphSchema, type SupergraphSchema } from './supergraph-schema.ts';

const SETTLE_MS = 100;

/** The supergraph that is being served, and news of the next one. */
export interface SupergraphSource {
  readonly current: () => SupergraphSchema;
  /** Calls back with each supergraph that replaces the current one; returns what stops it. */
  readonly onChange: (listener: (schema: SupergraphSchema) => void) => () => void;
  readonly close: () => void;
}

/** Options of {@link openSupergraphFile}. */
export interface SupergraphFileOptions {
  /** @default 'filter' */
  readonly mode?: AuthorizationMode;
  /** Is waited for before a supergraph goes live. @default nothing */
  readonly prepare?: (schema: SupergraphSchema) => Promise<void>;
}

/**
 * Serves the supergraph in a file and follows its changes. A change that cannot be served is refused with a log line
 * and the old one stays. The swap is one assignment, so every operation runs on one schema from start to end, and what clients
 * ask most recently is planned before it.
 * @throws AppError `BAD_CONFIGURATION` when the file cannot be read or served at the start.
 */
export async function openSupergraphFile(
  path: string,
  logger: Logger,
  { mode, prepare = async () => undefined }: SupergraphFileOptions = {},
): Promise<SupergraphSource> {
  let current = buildSupergraphSchema(await read(path), mode);
  await prepare(current);
  let refused = '';
  const listeners = new Set<(schema: SupergraphSchema) => void>();

  async function reload(): Promise<void> {
    let text = '';
    try {
      text = await read(path);
      if (text === current.sdl || text === refused) return;
      const next = buildSupergraphSchema(text, mode);
      await prepare(next);
      await planAhead(next, current);
      current = next;
      logger.info({ supergraph: current.hash }, 'A new supergraph is being served.');
      for (const listener of listeners) listener(current);
    } catch (error) {
      refused = text;
      logger.error(
        { reason: messageOf(error) },
        'The new supergraph is refused; the one before stays in service.',
      );
    }
  }

  let settling: NodeJS.Timeout | undefined;
  // One at a time, so that an older content never overtakes a newer one.
  let reloading = Promise.resolve();
  // The directory, not the file: editors and Kubernetes replace a file by renaming another one over it.
  const watcher = watch(dirname(path), { persistent: false }, () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      reloading = reloading.then(reload);
    }, SETTLE_MS);
  });
  return {
    current: () => current,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      clearTimeout(settling);
      watcher.close();
    },
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError('BAD_CONFIGURATION', `The supergraph file cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
