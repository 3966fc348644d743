import type { executeQueryPlan } from '@apollo/gateway';
import type { Answer, Fetcher } from '@hoerok/executor';
import { AppError } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { type ErrorScope, publicErrors } from './client-errors.ts';
import { type PlannableOperation, plannedOf } from './planned-operation.ts';

/** Apollo's own context of one execution. */
type ApolloRequestContext = Parameters<typeof executeQueryPlan>[2];

/** What Apollo's server wants of an executor. */
export interface ExecutionAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: Record<string, unknown>;
}

/** An operation that may be run: it is valid against its schema and its variables fit. */
export interface ExecutableOperation extends PlannableOperation {
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fetches what a plan asks for, as the viewer of the context. */
export function createFetcher(sources: SubgraphSources, context: GatewayContext): Fetcher {
  return (fetch) => {
    const source = sources.get(fetch.subgraph);
    if (source !== undefined) return source(fetch, context);
    return Promise.reject(new AppError('INTERNAL', `there is no subgraph "${fetch.subgraph}"`));
  };
}

/** An answer as clients may read it. */
export function publicAnswer(answer: Answer, scope: ErrorScope): ExecutionAnswer {
  return { ...besideData(answer, scope), data: JSON.parse(answer.json) as Record<string, unknown> | null };
}

/** The same as the body of a response. */
export function publicText(
  answer: Answer,
  scope: ErrorScope,
): { readonly text: string; readonly errors: readonly GraphQLError[] | undefined } {
  const { errors, extensions } = besideData(answer, scope);
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return { text: `{${before}"data":${answer.json}${after}}\n`, errors };
}

// Stock tells of violations only when there is no other error, and only in an extension.
function besideData({ errors, violations }: Answer, scope: ErrorScope): Omit<ExecutionAnswer, 'data'> {
  if (errors.length > 0) return { errors: publicErrors(errors, scope) };
  return violations.length === 0 ? {} : { extensions: { valueCompletion: violations } };
}

/** What {@link createExecutor} needs. */
export interface ExecutorDeps {
  readonly schemaOf: (requestContext: ApolloRequestContext) => SupergraphSchema;
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  readonly logger: Logger;
}

const NO_STREAM = new GraphQLError(
  'A subscription needs a stream: use graphql-transport-ws on this address, or send "accept: text/event-stream".',
  { extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: { status: 406 } } },
);

/**
 * The executor that `@apollo/server` hands validated operations to. A subscription is handed on to the transport, when
 * that can stream, and refused otherwise.
 */
export function createExecutor(
  deps: ExecutorDeps,
): (requestContext: ApolloRequestContext) => Promise<ExecutionAnswer> {
  return async (requestContext) => {
    const { document, source, request } = requestContext;
    const context = requestContext.context as GatewayContext;
    const schema = deps.schemaOf(requestContext);
    const operation: ExecutableOperation = {
      schema,
      document: document as DocumentNode,
      source: source as string,
      operationName: request.operationName ?? undefined,
      variables: request.variables ?? {},
    };
    const planned = plannedOf(operation);
    const errors = planned.variableErrors(operation.variables);
    if (errors.length > 0) return { errors };
    if (planned.type === 'subscription') {
      if (context.acceptSubscription === undefined) return { errors: [NO_STREAM] };
      context.acceptSubscription(operation);
      return { data: null };
    }
    const fetcher = createFetcher(deps.sourcesOf(schema), { ...context, mayShare: true });
    const answer = await planned.compiled.run(operation.variables, fetcher);
    return publicAnswer(answer, { requestId: context.requestId, logger: deps.logger });
  };
}
