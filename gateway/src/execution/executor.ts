import type { Answer, Fetcher } from '@hoerok/executor';
import { mayWrite, type Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import { GraphQLError } from 'graphql';
import type { ApolloRequest } from '../apollo/gateway-interface.ts';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { type ErrorScope, publicErrors } from './client-errors.ts';
import { type PlannableOperation, type PlannedOperation, plannedOf } from './planned-operation.ts';

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

/** A planned query or mutation, about to begin. */
export interface PlannedRun {
  readonly planned: PlannedOperation;
  readonly schema: SupergraphSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** Runs a query or mutation within its deadline. */
export async function runPlanned(
  { planned, schema, variables, context }: PlannedRun,
  { sourcesOf, timeoutMs }: Pick<ExecutorDeps, 'sourcesOf' | 'timeoutMs'>,
): Promise<Answer> {
  const begun = { ...context, mayShare: true, dueAt: performance.now() + timeoutMs };
  return await planned.compiled.run(variables, createFetcher(sourcesOf(schema), begun));
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
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  /** What an operation may take; what has not come by then is left out of its answer. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** The operation that Apollo Server has found valid against a schema. */
export function operationOf(
  { document, source, request }: ApolloRequest,
  schema: SupergraphSchema,
  viewer: Viewer | null,
): ExecutableOperation {
  const operationName = request.operationName ?? undefined;
  return { schema, document, source, operationName, viewer, variables: request.variables ?? {} };
}

const NO_STREAM = new GraphQLError(
  'A subscription needs a stream: use graphql-transport-ws on this address, or send "accept: text/event-stream".',
  { extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: { status: 406 } } },
);

const READ_ONLY = new GraphQLError('This API key may not change anything: it lacks the scope WRITE.', {
  extensions: { code: 'FORBIDDEN', http: { status: 403 } },
});

/**
 * The executor that `@apollo/server` hands validated operations to. A subscription is handed on to the transport, when
 * that can stream, and refused otherwise.
 */
export function createExecutor(
  deps: ExecutorDeps,
): (request: ApolloRequest, schema: SupergraphSchema) => Promise<ExecutionAnswer> {
  return async (request, schema) => {
    const context = request.context as GatewayContext;
    const operation = operationOf(request, schema, context.viewer);
    const planned = plannedOf(operation);
    const errors = planned.variableErrors(operation.variables);
    if (errors.length > 0) return { errors };
    if (planned.type === 'subscription') {
      if (context.acceptSubscription === undefined) return { errors: [NO_STREAM] };
      if (planned.plan === null) return { data: null, errors: planned.unauthorized };
      context.acceptSubscription(operation);
      return { data: null };
    }
    if (planned.type === 'mutation' && !mayWrite(context.viewer)) return { errors: [READ_ONLY] };
    const answer = await runPlanned({ planned, schema, variables: operation.variables, context }, deps);
    return publicAnswer(answer, { requestId: context.requestId, logger: deps.logger });
  };
}
