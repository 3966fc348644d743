import type { BaseContext } from '@apollo/server';
import type { Answer, Fetcher } from '@hoerok/executor';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { createLogger, type Logger } from '@hoerok/shared/telemetry';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { createSourcesOf } from '../datasources/sources-of.ts';
import { createSubgraphClient } from '../datasources/subgraph-client.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import { type ErrorScope, publicErrors } from '../execution/client-errors.ts';
import { createFetcher, type ExecutionAnswer, operationOf } from '../execution/executor.ts';
import { plannedOf } from '../execution/planned-operation.ts';
import { requestIdOf } from '../http/client-context.ts';
import { openSupergraphFile, type SupergraphSource } from '../supergraph/supergraph-file.ts';
import { buildSupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { type ApolloGateway, type ApolloRequest, createGatewayInterface } from './gateway-interface.ts';
import { prepareData } from './prepared-data.ts';

/** Takes log lines; `console` and pino do. */
export interface GatewayLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where the supergraph is: its SDL, or the path of a file with it, which is watched. */
export type SupergraphLocation =
  | { readonly supergraphSdl: string; readonly supergraphFile?: undefined }
  | { readonly supergraphFile: string; readonly supergraphSdl?: undefined };

/** Options of {@link createApolloGateway}. */
export type ApolloGatewayOptions<Context extends BaseContext = BaseContext> = SupergraphLocation & {
  /**
   * Headers that a subgraph gets to see, from the context of the request; `undefined` leaves one out. Called once per
   * request and subgraph. @default none
   */
  readonly headers?: (context: Context, subgraph: string) => Readonly<Record<string, string | undefined>>;
  /** Aborts when the client is gone; its fetches are given up then. @default they run to their end */
  readonly signal?: (context: Context) => AbortSignal;
  /** Deadline of one fetch, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Largest answer of a subgraph, in bytes. @default 32 MiB */
  readonly maxResponseBytes?: number;
  /** Connections to one origin at most. @default 256 */
  readonly connections?: number;
  /**
   * Errors without a code, and those whose code says that a server did not expect them, keep path and code and lose
   * message and extensions; the log has the rest. @default false: clients see what subgraphs said, as with stock
   */
  readonly maskErrors?: boolean;
  /**
   * Answers go out as the JSON that they were made as, without being parsed and written again; saves about a fifth of the CPU
   * of a large answer. Give the server `stringifyResult` of this package too. Plugins see data in a Proxy then.
   * @default false
   */
  readonly prepareJson?: boolean;
  /** @default JSON lines on standard output, from `info` up */
  readonly logger?: GatewayLogger;
};

const TIMEOUT_MS = 10_000;
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

const NO_SUBSCRIPTIONS = new GraphQLError('Subscriptions are not served here.', {
  extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: { status: 406 } },
});

/**
 * A gateway for `new ApolloServer({ gateway })`, in place of one of `@apollo/gateway`. The server's start fails with
 * AppError `BAD_CONFIGURATION` when the supergraph cannot be served; a later file that cannot be served is refused with
 * a log line, and the one before stays. `server.stop()` closes everything.
 */
export function createApolloGateway<Context extends BaseContext = BaseContext>(
  options: ApolloGatewayOptions<Context>,
): ApolloGateway {
  const { timeoutMs = TIMEOUT_MS, maxResponseBytes = MAX_RESPONSE_BYTES, connections } = options;
  const { maskErrors = false, prepareJson = false } = options;
  // Only the four methods are ever called.
  const logger = (options.logger ?? createLogger({ service: 'gateway', level: 'info' })) as Logger;
  const limits = { timeoutMs, maxResponseBytes, ...(connections === undefined ? {} : { connections }) };
  const client = createSubgraphClient(limits);
  const sourcesOf = createSourcesOf({ client, signingKey: undefined, logger });
  const contextsOf = createContexts(options);
  let supergraph: SupergraphSource | undefined;
  return createGatewayInterface({
    open: async () => (supergraph = await openSupergraph(options, logger)),
    execute: async (request, schema) => {
      const operation = operationOf(request, schema, null);
      const planned = plannedOf(operation);
      const errors = planned.variableErrors(operation.variables);
      if (errors.length > 0) return { errors };
      if (planned.type === 'subscription') return { errors: [NO_SUBSCRIPTIONS] };
      const requestId = requestIdOfApollo(request);
      const fetcher = fetcherOf(sourcesOf(schema), contextsOf(request.context as Context, requestId));
      const answer = await planned.compiled.run(operation.variables, fetcher);
      const told = toldBesideData(answer, maskErrors ? { requestId, logger } : null);
      return { ...told, data: prepareJson ? prepareData(answer.json) : (JSON.parse(answer.json) as Data) };
    },
    close: async () => {
      supergraph?.close();
      await client.close();
    },
  });
}

async function openSupergraph(location: SupergraphLocation, logger: Logger): Promise<SupergraphSource> {
  // Nobody is known here, so what has a rule is refused to everybody.
  if (location.supergraphSdl === undefined) return await openSupergraphFile(location.supergraphFile, logger);
  const schema = buildSupergraphSchema(location.supergraphSdl);
  return { current: () => schema, onChange: () => () => undefined, close: () => undefined };
}

type ContextOf = (subgraph: string) => GatewayContext;

/** As whom each subgraph is asked; one object per request and subgraph, for what hangs on it is computed once. */
function createContexts<Context extends BaseContext>({
  headers,
  signal,
}: Pick<ApolloGatewayOptions<Context>, 'headers' | 'signal'>): (
  context: Context,
  requestId: string,
) => ContextOf {
  const never = new AbortController().signal;
  return (context, requestId) => {
    const common = { requestId, viewer: null, signal: signal?.(context) ?? never, mayShare: true };
    const bySubgraph = new Map<string, GatewayContext>();
    return (subgraph) => {
      const known = bySubgraph.get(subgraph);
      if (known !== undefined) return known;
      const made = { ...common, headers: inLowerCase(headers?.(context, subgraph) ?? {}) };
      bySubgraph.set(subgraph, made);
      return made;
    };
  };
}

function inLowerCase(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), value] as const],
  );
  return Object.fromEntries(entries);
}

function fetcherOf(sources: SubgraphSources, contextOf: ContextOf): Fetcher {
  return async (fetch) => await createFetcher(sources, contextOf(fetch.subgraph))(fetch);
}

function requestIdOfApollo({ request }: ApolloRequest): string {
  return requestIdOf({ 'x-request-id': request.http?.headers.get('x-request-id') ?? undefined });
}

type Data = Record<string, unknown> | null;

function toldBesideData({ errors, violations }: Answer, masking: ErrorScope | null): ExecutionAnswer {
  if (errors.length > 0)
    return { errors: masking === null ? errors.map(openError) : publicErrors(errors, masking) };
  return violations.length === 0 ? {} : { extensions: { valueCompletion: violations } };
}

function openError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const extensions = error instanceof AppError ? { ...error.extensions, code: error.code } : {};
  return new GraphQLError(messageOf(error), {
    extensions,
    originalError: error instanceof Error ? error : null,
  });
}
