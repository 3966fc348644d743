import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { Viewer } from '../src/auth/index.ts';
import type { ServiceConfig } from '../src/config/index.ts';
import { transcriptCreated } from '../src/contracts/index.ts';
import { createDataSource } from '../src/database/index.ts';
import { PermanentError } from '../src/errors/index.ts';
import { onEvent } from '../src/events/index.ts';
import type { Platform, ServiceDefinition } from '../src/service/index.ts';
import { defineTask, enqueueTask } from '../src/tasks/index.ts';
import { QUICK } from './test-tasks.ts';

class CreateAccounts1800000000000 implements MigrationInterface {
  readonly name = 'CreateAccounts1800000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE account (email text PRIMARY KEY, born_at timestamptz)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

interface Context {
  readonly viewer: Viewer | null;
}

const names = { name: 'name.v1', ttlSeconds: 60, schema: z.string() };
const task = defineTask({
  kind: 'MINUTES',
  payload: z.object({ text: z.string() }),
  policy: QUICK,
  run: async ({ payload: { text } }) => {
    if (text === 'works') return async () => ({});
    throw new PermanentError('BAD_INPUT', 'The text cannot be read.', { cause: brokenJson(text) });
  },
});

/**
 * A service on the real platform that fails with its inputs in every place where errors carry what was worked on.
 * @param through rewrites the URL of its database, for example to one of a proxy.
 */
export function clumsyService(
  through: (url: string) => string = (url) => url,
): ServiceDefinition<ServiceConfig, Context> {
  return {
    name: 'clumsy',
    schema: new URL('./clumsy-service.graphql', import.meta.url),
    createDataSource: (url) =>
      createDataSource({ url: through(url), entities: [], migrations: [CreateAccounts1800000000000] }),
    build: (platform) => ({
      resolvers: { Query: queries(platform), Mutation: mutations(platform) },
      createContext: ({ viewer }) => ({ viewer }),
      tasks: [task],
      subscriptions: [{ purpose: 'test', handlers: [onEvent(transcriptCreated, async () => undefined)] }],
    }),
  };
}

const REST = 'SELECT pg_sleep($1)';

function queries({ cache, dataSource }: Platform): object {
  return {
    rest: async (_: unknown, { seconds }: { seconds: number }) => {
      await dataSource.query(REST, [seconds]);
      return true;
    },
    restInTransaction: async (_: unknown, { seconds }: { seconds: number }) =>
      await dataSource.transaction(async (tx) => {
        await tx.query(REST, [seconds]);
        return true;
      }),
    slowName: async (_: unknown, { id, seconds }: { id: string; seconds: number }) => {
      const found = await cache.readThrough(names, [id], async () => {
        await dataSource.query(REST, [seconds]);
        return new Map([[id, 'a slow name']]);
      });
      return found.get(id);
    },
    name: async (_: unknown, { id }: { id: string }) => {
      const found = await cache.readThrough(names, [id], async () => new Map([[id, 'a name']]));
      return found.get(id);
    },
  };
}

function mutations({ dataSource, transact, service }: Platform): object {
  return {
    storeLate: async (_: unknown, { email, seconds }: { email: string; seconds: number }) => {
      await dataSource.query(REST, [seconds]);
      await dataSource.query('INSERT INTO account (email) VALUES ($1)', [email]);
      return true;
    },
    store: async (_: unknown, { email }: { email: string }) => {
      await dataSource.query('INSERT INTO account (email) VALUES ($1)', [email]);
      return true;
    },
    storeDate: async (_: unknown, { text }: { text: string }) => {
      await dataSource.query('INSERT INTO account (email, born_at) VALUES (1, $1)', [text]);
      return true;
    },
    fail: (_: unknown, { text, password, token }: Record<'text' | 'password' | 'token', string>) => {
      const details = { input: { text, password }, request: { headers: { authorization: token } } };
      throw Object.assign(new Error('unexpected', { cause: brokenJson(text) }), details);
    },
    begin: async (_: unknown, { text }: { text: string }, { viewer }: Context) =>
      await transact(async (tx) => {
        const workspaceId = viewer?.workspaceId ?? '';
        const owner = { service, workspaceId, requestedBy: null, meetingId: null };
        return (await enqueueTask(tx, task, { ...owner, payload: { text } })).id;
      }),
  };
}

function brokenJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
