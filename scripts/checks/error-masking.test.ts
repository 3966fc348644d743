import { randomUUID } from 'node:crypto';
import { signRequest } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { createSubgraphEndpoint } from '@hoerok/shared/graphql';
import { listen } from '@hoerok/shared/http';
import { createLogger } from '@hoerok/shared/telemetry';
import { TEST_SIGNING_KEY } from '@hoerok/shared/testing';
import { type FieldDefinitionNode, GraphQLError, Kind, parse, print, type TypeNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readSubgraphs } from '../supergraph/supergraph-config.ts';

/** What the inside looks like: none of it may be read outside. */
const SQL = 'SELECT secret_column FROM hidden_table WHERE owner = $1';
const PLACE = '10.1.2.3:5432';
const PAGE = '<html><body>nginx/1.25 upstream hidden-host</body></html>';
const FILE = '/srv/hoerok/subgraphs/hidden.ts:12:34';
const INSIDE =
  /secret_column|hidden|10\.1\.2\.3|5432|<html|\/srv\/|\.ts:\d|stack|serviceName|hunter2|postgres:|ECONN|ETIMEDOUT/i;

const withFacts = (message: string, facts: object): Error => Object.assign(new Error(message), facts);
const cause = withFacts(`connect ECONNREFUSED ${PLACE}`, {
  code: 'ECONNREFUSED',
  address: '10.1.2.3',
  port: 5432,
});

/** Each fails a resolver in its own way. */
const FAILURES: Readonly<Record<string, () => unknown>> = {
  'a failed query': () => {
    throw withFacts('relation "hidden_table" does not exist', {
      name: 'QueryFailedError',
      query: SQL,
      parameters: ['hunter2'],
    });
  },
  'SQL in the message': () => {
    throw new Error(`could not run ${SQL}`);
  },
  'a refused connection': () => {
    throw cause;
  },
  'a timeout': () => {
    throw withFacts(`connect ETIMEDOUT ${PLACE}`, { code: 'ETIMEDOUT' });
  },
  'an unknown host': () => {
    throw withFacts('getaddrinfo ENOTFOUND hidden-host', { code: 'ENOTFOUND', hostname: 'hidden-host' });
  },
  'a URL with a password': () => {
    throw new Error('cannot reach postgres://app:hunter2@hidden-host/app');
  },
  'an HTML page': () => {
    throw new Error(`Unexpected answer 502: ${PAGE}`);
  },
  'bad JSON': () => JSON.parse(PAGE) as unknown,
  'a file that is not there': () => {
    throw withFacts(`ENOENT: no such file or directory, open '${FILE}'`, { code: 'ENOENT', path: FILE });
  },
  'a stack in the message': () => {
    throw new Error(`boom\n    at hidden (${FILE})`);
  },
  'a TypeError': () => (undefined as unknown as { hidden: { secret_column: string } }).hidden.secret_column,
  'endless recursion': () => {
    const hidden = (depth: number): number => hidden(depth + 1) + 1;
    return hidden(0);
  },
  'a thrown text': () => {
    throw SQL as unknown as Error;
  },
  'a thrown object': () => {
    throw { message: SQL, serviceName: 'hidden' } as unknown as Error;
  },
  'nothing thrown': () => {
    throw undefined as unknown as Error;
  },
  'several errors': () => {
    throw new AggregateError([cause, new Error(SQL)], `2 attempts at ${PLACE}`);
  },
  'a GraphQL error of elsewhere': () => {
    throw new GraphQLError(`hidden said ${SQL}`, {
      extensions: {
        code: 'DOWNSTREAM',
        serviceName: 'hidden',
        stacktrace: [FILE],
        response: { body: PAGE, url: `http://${PLACE}` },
      },
    });
  },
  'our own error with its cause': () => {
    throw new AppError('UNAVAILABLE', 'This cannot be read at the moment.', { cause, logLevel: 'error' });
  },
  'a rejected promise': async () =>
    await Promise.reject(
      withFacts(`NOAUTH at ${PLACE}`, { name: 'ReplyError', command: { args: ['hunter2'] } }),
    ),
  'a deadline that passed': () => {
    throw new DOMException(`hidden-host at ${PLACE} did not answer`, 'TimeoutError');
  },
};

/** The first query that takes nothing but ids, if anything. */
function findQuery(sdl: string): { readonly name: string; readonly document: string } | undefined {
  const types = parse(sdl).definitions.filter(
    (one) => one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  const composite = new Set(types.map(({ name }) => name.value));
  const field = types.find(({ name }) => name.value === 'Query')?.fields?.find(takesIdsOnly);
  if (field === undefined) return undefined;
  const passed = (field.arguments ?? [])
    .filter(({ type }) => type.kind === Kind.NON_NULL_TYPE)
    .map(({ name, type }) => `${name.value}: ${print(type).startsWith('[') ? '["x"]' : '"x"'}`);
  const taken = passed.length === 0 ? '' : `(${passed.join(', ')})`;
  const selection = composite.has(innermost(field.type)) ? '{ __typename }' : '';
  return { name: field.name.value, document: `{ ${field.name.value}${taken} ${selection} }` };
}

const takesIdsOnly = (field: FieldDefinitionNode): boolean =>
  (field.arguments ?? []).every(
    ({ type }) => type.kind !== Kind.NON_NULL_TYPE || /^\[?(ID|String)!?\]?!$/.test(print(type)),
  );

const innermost = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);

describe.each(await readSubgraphs())('C25: a failure inside $name', ({ name, sdl }) => {
  const field = findQuery(sdl);

  it.each(Object.entries(FAILURES))(
    'tells a client a code and nothing of the inside: %s',
    async (_what, fail) => {
      if (field === undefined) throw new Error(`${name} has no query to fail.`);
      const lines: string[] = [];
      const logger = createLogger({
        service: name,
        level: 'info',
        destination: { write: (line) => void lines.push(line) },
      });
      await using opened = new AsyncDisposableStack();
      const endpoint = await createSubgraphEndpoint({
        service: name,
        typeDefs: sdl,
        resolvers: { Query: { [field.name]: fail } },
        createContext: () => ({}),
        signingKeys: [TEST_SIGNING_KEY],
        logger,
      });
      opened.defer(endpoint.stop);
      const http = await listen({ host: '127.0.0.1', port: 0 }, endpoint.handle);
      opened.defer(http.close);
      const body = JSON.stringify({ query: field.document });
      const viewer = { kind: 'user', userId: 'u', workspaceId: 'w', role: 'ADMIN', sessionId: 's' } as const;
      const signed = signRequest(
        { method: 'POST', path: '/graphql', body },
        { key: TEST_SIGNING_KEY, viewer, nowMs: Date.now(), nonce: randomUUID() },
      );
      const headers = { 'content-type': 'application/json', ...signed };
      const response = await fetch(new URL('/graphql', http.url), { method: 'POST', body, headers });
      const text = await response.text();
      expect(text).not.toMatch(INSIDE);
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ extensions: { code: expect.stringMatching(/^(INTERNAL|UNAVAILABLE)$/) } }],
      });
      // Whoever looks after the service finds it there.
      expect(lines.some((line) => /request (failed|refused)/.test(line))).toBe(true);
      expect(lines.join('')).not.toContain('hunter2');
    },
  );
});
