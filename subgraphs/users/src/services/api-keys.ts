import { randomUUIDv7 } from 'node:crypto';
import { hashApiKey, newApiKey, shownPrefixOf, type UserViewer } from '@hoerok/shared/auth';
import { acrossWorkspaces, type Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { DataSource } from 'typeorm';
import { API_KEY_SCOPES } from '../domain/api-key-scopes.ts';
import type { ApiKey } from '../entities/api-key.entity.ts';
import type { User } from '../entities/user.entity.ts';
import { apiKeyRepository } from '../repositories/api-key-repository.ts';
import { requireActor } from './actor.ts';
import { announceRevocation } from './user-events.ts';
import { apiKeyInput } from './user-input.ts';

const MAX_KEYS = 50;

/** Keys with which programs act as the person who made them. */
export interface ApiKeys {
  /**
   * Makes a key for the viewer; `secret` is the only copy of it.
   * @throws AppError `BAD_INPUT`; `FORBIDDEN` for a GUEST; `CONFLICT` when the viewer has 50 already.
   */
  readonly create: (
    viewer: UserViewer,
    input: unknown,
  ) => Promise<{ readonly apiKey: ApiKey; readonly secret: string }>;
  /** Ends a key of the viewer, everywhere at once. @throws AppError `NOT_FOUND`. */
  readonly revoke: (viewer: UserViewer, id: string) => Promise<ApiKey>;
  /** The viewer's own that are not revoked, newest first. */
  readonly listOf: (viewer: UserViewer) => Promise<ApiKey[]>;
  /** A key that counts, by its hash, and the person it stands for; notes the use. */
  readonly use: (secretHash: string) => Promise<{ readonly key: ApiKey; readonly owner: User } | null>;
}

/** Builds {@link ApiKeys}. */
export function createApiKeys(deps: {
  readonly transact: Transact;
  readonly dataSource: DataSource;
  readonly clock: () => Date;
}): ApiKeys {
  const { transact, dataSource, clock } = deps;
  return {
    create: async (viewer, input) => {
      const { name, scopes, expiresAt } = decodeInput(apiKeyInput, input);
      const createdAt = clock();
      if (expiresAt != null && expiresAt <= createdAt) throw wrongExpiry();
      const secret = newApiKey();
      const apiKey: ApiKey = {
        id: randomUUIDv7(),
        userId: viewer.userId,
        name,
        prefix: shownPrefixOf(secret),
        secretHash: hashApiKey(secret),
        scopes: API_KEY_SCOPES.filter((scope) => scope === 'read' || scopes.includes(scope)),
        createdAt,
        expiresAt: expiresAt ?? null,
        lastUsedAt: null,
        revokedAt: null,
      };
      await transact(async (tx) => {
        // A guest is let into single meetings by a person; no program of theirs is.
        await requireActor(tx, viewer, ['ADMIN', 'MANAGER', 'MEMBER']);
        const keys = apiKeyRepository(tx);
        if ((await keys.listOf(viewer.userId)).length >= MAX_KEYS) throw tooMany();
        await keys.insert(apiKey);
      });
      return { apiKey, secret };
    },
    revoke: async (viewer, id) =>
      await transact(async (tx) => {
        const now = clock();
        const revoked = await apiKeyRepository(tx).revoke({ id, userId: viewer.userId }, now);
        if (revoked === null) throw notFound();
        const access = { ...viewer, sessionId: id, revision: null };
        await announceRevocation(tx, access, now);
        return revoked;
      }),
    listOf: ({ userId }) => apiKeyRepository(dataSource.manager).listOf(userId),
    use: (secretHash) =>
      // The key alone says of which workspace its owner is.
      acrossWorkspaces(async () => {
        const keys = apiKeyRepository(dataSource.manager);
        const found = await keys.findCounting(secretHash, clock());
        if (found !== null) await keys.noteUse(found.key.id, clock());
        return found;
      }),
  };
}

function wrongExpiry(): AppError {
  return new AppError('BAD_INPUT', 'expiresAt: must be in the future.', {
    logLevel: 'debug',
    extensions: { path: ['expiresAt'] },
  });
}

function tooMany(): AppError {
  return new AppError('CONFLICT', `You have ${MAX_KEYS} API keys; revoke one first.`, { logLevel: 'debug' });
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'You have no such API key.', {
    logLevel: 'debug',
    extensions: { path: ['id'] },
  });
}
