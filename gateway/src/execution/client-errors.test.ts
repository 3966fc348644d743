import { AppError } from '@hoerok/shared/errors';
import { createLogger } from '@hoerok/shared/telemetry';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicErrors } from './client-errors.ts';

function show(error: unknown): { shown: unknown; log: string } {
  let log = '';
  const destination = { write: (line: string) => void (log += line) };
  const logger = createLogger({ service: 'test', level: 'info', destination });
  const [shown] = publicErrors([error], { requestId: 'r1', logger });
  return { shown: shown?.toJSON(), log };
}

describe('errors of execution', () => {
  it('with a catalogued code keep message, path and extensions, less what is private', () => {
    const error = new GraphQLError('The queue is full.', {
      path: ['a', 0],
      extensions: {
        code: 'QUEUE_FULL',
        retryAfterSeconds: 9,
        serviceName: 'ai',
        stacktrace: ['at x'],
        exception: {},
      },
    });
    expect(show(error).shown).toEqual({
      message: 'The queue is full.',
      path: ['a', 0],
      extensions: { code: 'QUEUE_FULL', retryAfterSeconds: 9 },
    });
  });

  it.each([
    new GraphQLError('duplicate key violates "users_pkey"', {
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }),
    new GraphQLError('select * from users', { extensions: { code: '23505' } }),
    new GraphQLError('Cannot query field "x" on type "Y"', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    }),
    new Error('connect ECONNREFUSED 10.0.0.1:5432'),
    'a string',
  ])('of an unknown kind are told by request id only: %s', (error) => {
    const { shown, log } = show(error);
    expect(shown).toMatchObject({
      message: expect.stringContaining('request id') as string,
      extensions: { requestId: 'r1' },
    });
    expect(JSON.stringify(shown)).not.toContain(error instanceof Error ? error.message : 'a string');
    expect(log).toContain('r1');
  });

  it('that were thrown as an AppError keep their code through the wrapping of graphql-js', () => {
    const original = new AppError('TIMEOUT', 'Too late.');
    expect(show(new GraphQLError('Too late.', { originalError: original })).shown).toMatchObject({
      extensions: { code: 'TIMEOUT' },
    });
  });
});
