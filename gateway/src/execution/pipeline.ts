import { ApolloServer, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import { type Logger, operationLog } from '@hoerok/shared/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import { createGatewayInterface } from '../apollo/gateway-interface.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { landingPage } from '../landing/landing-page.ts';
import type { AdmittedOperation } from '../limits/admission.ts';
import { tellEstimate } from '../limits/tell-estimate.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { maskUnexpected } from './client-errors.ts';
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
 * The one way into the graph: parsing, validation, planning and execution are the same for HTTP, WebSocket and
 * server-sent events. What comes here has been admitted (limits/admission.ts).
 */
export interface Pipeline {
  /** GraphQL over HTTP as `@apollo/server` speaks it. Its operation has been admitted, or it holds none. */
  readonly answerHttp: (request: HTTPGraphQLRequest, context: GatewayContext) => Promise<HTTPGraphQLResponse>;
  /**
   * The short way for an operation that has come before: the body of a response with status 200, without anything that
   * has to be done only once. `null` when it has to go the whole way.
   */
  readonly answerKnown: (request: unknown, context: GatewayContext) => Promise<string | null>;
  /** The same for transports that can stream. */
  readonly run: (request: AdmittedOperation, context: GatewayContext) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

/** What {@link createPipeline} needs. */
export interface PipelineDeps {
  readonly supergraph: SupergraphSource;
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  readonly maxTokens: number;
  /** What a query or mutation may take; what has not come by then is left out of its answer. */
  readonly timeoutMs: number;
  /** No landing page. */
  readonly production: boolean;
  readonly logger: Logger;
}

/** Builds and starts the pipeline. */
export async function createPipeline(deps: PipelineDeps): Promise<Pipeline> {
  const { maxTokens, production, logger } = deps;
  const server = new ApolloServer<GatewayContext>({
    gateway: createGatewayInterface({
      open: async () => deps.supergraph,
      execute: createExecutor(deps),
      close: async () => undefined,
    }),
    // Admission decides who may, and knows texts by their id.
    introspection: true,
    persistedQueries: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    formatError: maskUnexpected,
    nodeEnv: production ? 'production' : 'development',
    plugins: [
      landingPage(production),
      operationLog<GatewayContext>({ service: 'gateway', logger }),
      tellEstimate,
    ],
    logger,
  });
  await server.start();
  return {
    answerHttp: async (httpGraphQLRequest, context) =>
      await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context }),
    answerKnown: createShortcut(deps),
    run: async (request, context) => {
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
