import { ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { parse } from 'graphql';
import { AppError } from '../errors/index.ts';
import { type HttpHandler, readBody } from '../http/index.ts';
import { verifyRequest, type Viewer } from '../auth/index.ts';
import { type Logger, operationLog } from '../telemetry/index.ts';
import { createErrorFormatter } from './graphql-errors.ts';

/** The largest body that a subgraph takes: an imported transcript with its JSON escapes fits. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_TOKENS = 20_000;

/** What a subgraph knows about one request before it builds its own context. */
export interface SubgraphRequest {
  /** As the gateway verified it; null for an anonymous request. */
  readonly viewer: Viewer | null;
  /** Aborts when the gateway no longer waits for the answer. */
  readonly signal: AbortSignal;
}

/** What {@link createSubgraphEndpoint} needs. */
export interface SubgraphEndpointOptions<C extends BaseContext> {
  /** Name of the service, for metrics. */
  readonly service: string;
  /** The text of schema.graphql. */
  readonly typeDefs: string;
  /** Resolvers by type, as code generation types them. */
  readonly resolvers: object;
  readonly createContext: (request: SubgraphRequest) => C;
  /** HMAC keys that verify; see `@hoerok/shared/auth`. */
  readonly signingKeys: readonly string[];
  readonly logger: Logger;
}

/** A GraphQL endpoint that answers signed requests only. */
export interface SubgraphEndpoint {
  readonly handle: HttpHandler;
  readonly stop: () => Promise<void>;
}

/** Builds and starts the Apollo Server of a subgraph. Requests without a valid signature get 401 and reach nothing. */
export async function createSubgraphEndpoint<C extends BaseContext>(
  options: SubgraphEndpointOptions<C>,
): Promise<SubgraphEndpoint> {
  const server = new ApolloServer<C>({
    schema: buildSubgraphSchema({
      typeDefs: parse(options.typeDefs),
      resolvers: options.resolvers as GraphQLResolverMap<unknown>,
    }),
    formatError: createErrorFormatter(options.logger),
    includeStacktraceInErrorResponses: false,
    // Only the gateway comes here, and it is no browser.
    csrfPrevention: false,
    introspection: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // Cache control would wrap every field of every answer for hints that nobody reads.
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      operationLog<C>(options),
    ],
    parseOptions: { maxTokens: MAX_TOKENS },
    logger: options.logger,
  });
  await server.start();
  return { handle: handlerOf(server, options), stop: () => server.stop() };
}

function handlerOf<C extends BaseContext>(
  server: ApolloServer<C>,
  options: SubgraphEndpointOptions<C>,
): HttpHandler {
  return async (request, signal) => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const body = await readBody(request, MAX_BODY_BYTES);
    const viewer = verifyRequest(
      { method, path: url, body },
      { keys: options.signingKeys, headers: request.headers, nowMs: Date.now() },
    );
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const response = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers, search: '', body: parseBody(body) },
      context: async () => options.createContext({ viewer, signal }),
    });
    if (response.body.kind !== 'complete')
      throw new AppError('INTERNAL', 'Incremental delivery is not used here.');
    return {
      status: response.status ?? 200,
      headers: Object.fromEntries(response.headers),
      body: response.body.string,
    };
  };
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AppError('BAD_INPUT', 'The body is not JSON.', { cause: error });
  }
}
