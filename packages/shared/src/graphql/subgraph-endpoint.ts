import { ApolloServer, type ApolloServerPlugin, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLError, parse } from 'graphql';
import type { AuditTrail } from '../audit/index.ts';
import { AppError } from '../errors/index.ts';
import { inWorkspace } from '../database/index.ts';
import { finishWhoeverLeaves, untilLeft } from '../departure/index.ts';
import { type HttpHandler, readBody } from '../http/index.ts';
import {
  createReplayMemory,
  mayWrite,
  type SharedNonces,
  SIGNATURE_HEADERS,
  verifyRequest,
  type Viewer,
} from '../auth/index.ts';
import { type Logger, operationLog } from '../telemetry/index.ts';
import { createErrorFormatter } from './graphql-errors.ts';
import { createSubgraphLimits, type RefuseBody } from './subgraph-limits.ts';

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
  /** Refuses mutations that another replica has served. @default each process remembers its own alone */
  readonly nonces?: SharedNonces;
  /** Records refusals and sensitive deeds. @default none are recorded */
  readonly audit?: AuditTrail;
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
  const schema = buildSubgraphSchema({
    typeDefs: parse(options.typeDefs),
    resolvers: options.resolvers as GraphQLResolverMap<unknown>,
  });
  const server = new ApolloServer<C>({
    schema,
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
      readOnlyKeys,
      finished,
      ...(options.nonces === undefined ? [] : [onceOnly(options.nonces)]),
      ...(options.audit === undefined ? [] : [options.audit.plugin]),
    ],
    parseOptions: { maxTokens: MAX_TOKENS },
    logger: options.logger,
  });
  await server.start();
  return { handle: handlerOf(server, createSubgraphLimits(schema), options), stop: () => server.stop() };
}

function handlerOf<C extends BaseContext>(
  server: ApolloServer<C>,
  refuse: RefuseBody,
  options: SubgraphEndpointOptions<C>,
): HttpHandler {
  const replays = createReplayMemory();
  return async (request, signal) => {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const body = await readBody(request, MAX_BODY_BYTES);
    const viewer = verifyRequest(
      { method, path: url, body },
      { keys: options.signingKeys, headers: request.headers, nowMs: Date.now(), replays },
    );
    const operation = parseBody(body);
    const error = refuse(operation);
    if (error !== undefined) return refused(error);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const ask = () =>
      server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method, headers, search: '', body: operation },
        context: async () => {
          const context = options.createContext({ viewer, signal });
          options.audit?.identify(context, viewer);
          Object.assign(context, { [SIGNATURE]: request.headers[SIGNATURE_HEADERS.signature] });
          return mayWrite(viewer) ? context : Object.assign(context, { [READ_ONLY]: true });
        },
      });
    const response = await inWorkspace(viewer?.workspaceId ?? null, () => untilLeft(signal, ask));
    if (response.body.kind !== 'complete')
      throw new AppError('INTERNAL', 'Incremental delivery is not used here.');
    return {
      status: response.status ?? 200,
      headers: Object.fromEntries(response.headers),
      body: response.body.string,
    };
  };
}

const READ_ONLY = Symbol('read only');

/** The gateway refuses it as well; this is the second line. */
const readOnlyKeys: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, contextValue }) => {
      if (operation?.operation === 'mutation' && READ_ONLY in contextValue)
        throw new AppError('FORBIDDEN', 'This API key may not change anything: it lacks the scope WRITE.');
    },
  }),
};

/** Of what changes something the client may have seen effects; it is done to its end. */
const finished: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === 'mutation') finishWhoeverLeaves();
    },
  }),
};

const SIGNATURE = Symbol('signature');

/**
 * A copy of a query tells whoever has it little more than the answer it was copied with; only what changes something is
 * worth asking Redis about.
 */
function onceOnly(nonces: SharedNonces): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, contextValue }) => {
        if (operation?.operation !== 'mutation') return;
        const signature = (contextValue as { readonly [SIGNATURE]?: unknown })[SIGNATURE];
        if (typeof signature === 'string' && (await nonces.admit(signature))) return;
        const message = 'The request has been served before; sign each one anew.';
        throw new AppError('UNAUTHENTICATED', message, { logLevel: 'warn' });
      },
    }),
  };
}

function refused({ message, extensions: { code } }: GraphQLError): Awaited<ReturnType<HttpHandler>> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 400, headers, body: JSON.stringify({ errors: [{ message, extensions: { code } }] }) };
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AppError('BAD_INPUT', 'The body is not JSON.', { cause: error });
  }
}
