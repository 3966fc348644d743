import { ApolloServer, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import { countRefused, type Logger, operationLog } from '@hoerok/shared/telemetry';
import type { FormattedExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { landingPage } from '../landing/landing-page.ts';
import { LRUCache } from '../supergraph/lru-cache.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { maskUnexpected } from './client-errors.ts';
import { type DocumentLimits, refuseDocument } from './document-limits.ts';
import { createExecutor } from './executor.ts';
import { createShortcut } from './shortcut.ts';

/** One operation as GraphQL over any transport sends it. */
export interface OperationRequest {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly extensions?: Record<string, unknown>;
}

/** What the pipeline makes of an operation: an answer, or a subscription that may be opened now. */
export type Outcome =
  | { readonly kind: 'answer'; readonly result: FormattedExecutionResult }
  | { readonly kind: 'subscription'; readonly subscription: AcceptedSubscription };

/**
 * The one way into the graph: limits, parsing, persisted queries, validation, planning and execution are the same
 * for HTTP, WebSocket and server-sent events.
 */
export interface Pipeline {
  /** Errors for which a text is refused before anything else is done with it. */
  readonly refuse: (query: unknown) => readonly GraphQLError[];
  /** GraphQL over HTTP as `@apollo/server` speaks it. */
  readonly answerHttp: (request: HTTPGraphQLRequest, context: GatewayContext) => Promise<HTTPGraphQLResponse>;
  /**
   * The short way for an operation that has come before: the body of a response with status 200, without anything that
   * has to be done only once. `null` when it has to go the whole way.
   */
  readonly answerKnown: (request: unknown, context: GatewayContext) => Promise<string | null>;
  /** The same for transports that can stream. */
  readonly run: (request: OperationRequest, context: GatewayContext) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

/** What {@link createPipeline} needs. */
export interface PipelineDeps {
  readonly supergraph: SupergraphSource;
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  readonly limits: DocumentLimits;
  /** Hides the schema: no introspection, no landing page. */
  readonly production: boolean;
  readonly logger: Logger;
}

const MAX_CHECKED_DOCUMENTS = 1_000;

/** Builds and starts the pipeline. */
export async function createPipeline(deps: PipelineDeps): Promise<Pipeline> {
  const { limits, production, logger } = deps;
  const server = new ApolloServer<GatewayContext>({
    gateway: asApolloGateway(deps),
    introspection: !production,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.maxTokens },
    formatError: maskUnexpected,
    nodeEnv: production ? 'production' : 'development',
    plugins: [landingPage(production), operationLog<GatewayContext>({ service: 'gateway', logger })],
    logger,
  });
  await server.start();
  const checked = new LRUCache<readonly GraphQLError[]>(MAX_CHECKED_DOCUMENTS);
  const refuse = (query: unknown): readonly GraphQLError[] => {
    if (typeof query !== 'string') return [];
    const errors = checked.getOrBuild(query, () => refuseDocument(query, limits));
    if (errors.length > 0) countRefused('gateway');
    return errors;
  };
  return {
    refuse,
    answerHttp: async (httpGraphQLRequest, context) =>
      await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context }),
    answerKnown: createShortcut(deps),
    run: async (request, context) => {
      const errors = refuse(request.query);
      if (errors.length > 0) return { kind: 'answer', result: { errors: errors.map(withoutHttp) } };
      let subscription: AcceptedSubscription | undefined;
      const contextValue: GatewayContext = {
        ...context,
        acceptSubscription: (accepted) => {
          subscription = accepted;
        },
      };
      const { body } = await server.executeOperation(request, { contextValue });
      if (subscription !== undefined) return { kind: 'subscription', subscription };
      // The executor never defers, so there is always a single result.
      if (body.kind !== 'single') throw new Error('the executor answered in several parts');
      return { kind: 'answer', result: body.singleResult };
    },
    close: async () => await server.stop(),
  };
}

/** The error as a client reads it, without the status that it means to HTTP. */
export function withoutHttp(error: GraphQLError): ReturnType<GraphQLError['toJSON']> {
  const { http: _, ...extensions } = error.extensions;
  return { ...error.toJSON(), extensions };
}

type ApolloGateway = NonNullable<ConstructorParameters<typeof ApolloServer<GatewayContext>>[0]['gateway']>;

// What ApolloServer expects of a gateway; it keeps its validation schema in step with ours through it.
function asApolloGateway({ supergraph, sourcesOf, logger }: PipelineDeps): ApolloGateway {
  const byApi = new WeakMap<GraphQLSchema, SupergraphSchema>();
  const remember = (schema: SupergraphSchema): { apiSchema: GraphQLSchema; coreSupergraphSdl: string } => {
    byApi.set(schema.api, schema);
    return { apiSchema: schema.api, coreSupergraphSdl: schema.sdl };
  };
  const executor = createExecutor({
    // The schema that this very request was validated against, even when a new one has come since.
    schemaOf: (requestContext) => byApi.get(requestContext.schema) ?? supergraph.current(),
    sourcesOf,
    logger,
  });
  const unsubscribe: (() => void)[] = [];
  const gateway = {
    onSchemaLoadOrUpdate: (callback: (schema: ReturnType<typeof remember>) => void) => {
      const stop = supergraph.onChange((schema) => callback(remember(schema)));
      callback(remember(supergraph.current()));
      unsubscribe.push(stop);
      return stop;
    },
    load: async () => ({ executor }),
    stop: async () => {
      for (const stop of unsubscribe) stop();
    },
  };
  // @apollo/gateway and @apollo/server bring two versions of the same interface package.
  return gateway as unknown as ApolloGateway;
}
