import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { buildSchema, graphql, GraphQLError, type GraphQLFormattedError } from 'graphql';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/index.ts';
import { createLogger } from '../telemetry/index.ts';
import { createErrorFormatter, payloadOf } from './graphql-errors.ts';

const schema = buildSchema('enum Color { RED } type Query { color(count: Int! = 1): Color  text: String! }');

/** Executes with the given root and answers the first error as a client would see it, and what was logged. */
async function errorOf(
  source: string,
  rootValue: object,
): Promise<{ error: GraphQLFormattedError; log: string }> {
  let log = '';
  const destination = { write: (line: string) => void (log += line) };
  const format = createErrorFormatter(createLogger({ service: 'test', level: 'debug', destination }));
  const [first] = (await graphql({ schema, source, rootValue, variableValues: { n: null } })).errors ?? [];
  if (first === undefined) throw new Error('There was no error.');
  return { error: format(first.toJSON(), first), log };
}

describe('an error in an answer', () => {
  it('keeps code, message and facts of a catalogued error', async () => {
    const thrown = new AppError('QUEUE_FULL', 'Too many wait.', {
      retryable: true,
      cause: new Error('password=hidden'),
      extensions: { retryAfterSeconds: 30 },
    });
    const { error } = await errorOf('{ text }', { text: () => Promise.reject(thrown) });
    expect(error).toMatchObject({ message: 'Too many wait.', path: ['text'] });
    expect(error.extensions).toEqual({ code: 'QUEUE_FULL', retryable: true, retryAfterSeconds: 30 });
    expect(JSON.stringify(error)).not.toContain('hidden');
  });

  it('says nothing of an unknown failure, which the log holds', async () => {
    const thrown = new Error('relation "secret_table" does not exist at 10.0.0.7:5432');
    const { error, log } = await errorOf('{ text }', { text: () => Promise.reject(thrown) });
    expect(error.extensions).toEqual({ code: 'INTERNAL' });
    expect(JSON.stringify(error)).not.toMatch(/secret_table|5432|stack/);
    expect(log).toContain('secret_table');
  });

  it('says that it may be tried again when there was no connection to the database', async () => {
    const silent = createServer((socket) => void socket.on('end', () => socket.destroy()));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const asking = (): object => {
      const pool = new pg.Pool({ host: '127.0.0.1', port, max: 1, connectionTimeoutMillis: 50 });
      return { text: async () => await pool.query('SELECT 1') };
    };
    const busy = asking();
    const waited = await Promise.all([errorOf('{ text }', busy), errorOf('{ text }', busy)]);
    silent.close();
    const refused = await errorOf('{ text }', asking());
    for (const { error } of [...waited, refused])
      expect(error.extensions).toEqual({ code: 'UNAVAILABLE', retryable: true });
    expect(refused.log).toContain('ECONNREFUSED');
  });

  it.each([
    ['a value that its enum does not know', '{ color }', { color: 'secret-blue' }],
    ['null where the schema promises a value', '{ text }', { text: null }],
  ])('treats %s as our own mistake', async (_what, source, root) => {
    const { error, log } = await errorOf(source, root);
    expect(error.extensions).toEqual({ code: 'INTERNAL' });
    expect(error.message).not.toContain('secret');
    expect(log).toContain('request failed');
  });

  it('tells a client what is wrong with its argument', async () => {
    const { error } = await errorOf('query ($n: Int) { color(count: $n) }', {});
    expect(error.extensions?.['code']).toBe('BAD_INPUT');
    const format = createErrorFormatter(createLogger({ service: 'test', level: 'silent' }));
    const invalid = new GraphQLError('Cannot query field', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(format(invalid.toJSON(), invalid).extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });
});

describe('the payload of a mutation', () => {
  it('carries an expected failure as a user error with its path', async () => {
    const refuse = () =>
      Promise.reject(new AppError('NOT_FOUND', 'No such task.', { extensions: { path: ['id'] } }));
    expect(await payloadOf({ task: null }, refuse)).toEqual({
      task: null,
      userErrors: [{ code: 'NOT_FOUND', message: 'No such task.', path: ['id'] }],
    });
    expect(await payloadOf({ task: null }, async () => ({ task: { id: 't' } }))).toEqual({
      task: { id: 't' },
      userErrors: [],
    });
  });

  it.each([new AppError('QUEUE_FULL', 'Full.'), new AppError('UNAUTHENTICATED', 'Who?'), new Error('bug')])(
    'lets %s pass as an error of the request',
    async (error) => {
      await expect(payloadOf({ task: null }, () => Promise.reject(error))).rejects.toBe(error);
    },
  );
});
