import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { Logger } from '@hoerok/shared/telemetry';
import { type DocumentNode, GraphQLError, getVariableValues } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { publicErrors } from './client-errors.ts';

/** Apollo's own context of one execution. */
export type ApolloRequestContext = Parameters<typeof executeQueryPlan>[2];
/** `data`, `errors` and `extensions` of one execution. */
export type ExecutionAnswer = Awaited<ReturnType<typeof executeQueryPlan>>;

/** An operation ready to be planned: it is valid against `schema` and its variables fit. */
export interface ExecutableOperation {
  readonly schema: SupergraphSchema;
  readonly document: DocumentNode;
  /** Text of the document; with the name it is the key of the plan. */
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The plan of an operation, from the schema's cache when it is there. */
export function planOf({ schema, document, source, operationName }: ExecutableOperation): QueryPlan {
  return schema.plans.getOrBuild(`${operationName ?? ''}\n${source}`, () =>
    schema.planner.buildQueryPlan(
      operationFromDocument(schema.apiSchema, document, operationName === undefined ? {} : { operationName }),
    ),
  );
}

/** One run of a plan. */
export interface PlanRun {
  readonly operation: ExecutableOperation;
  readonly node: PlanNode | undefined;
  readonly services: ServiceMap;
  readonly context: GatewayContext;
}

/**
 * Runs a plan, or a part of one, and shapes the answer to the operation. Queries, mutations and events of
 * subscriptions alike come through here. Errors in the answer may be shown to clients.
 */
export async function runPlan(
  { operation, node, services, context }: PlanRun,
  logger: Logger,
): Promise<ExecutionAnswer> {
  const { schema, document, operationName, source, variables } = operation;
  const requestContext = {
    request: { query: source, operationName, variables },
    context,
    // Without it every error of a subgraph gains a bogus one.
    metrics: {},
    logger,
    schema: schema.api,
  } as unknown as ApolloRequestContext;
  const operationContext = buildOperationContext({
    schema: schema.api,
    operationDocument: document,
    ...(operationName === undefined ? {} : { operationName }),
  });
  const plan: QueryPlan = node === undefined ? { kind: 'QueryPlan' } : { kind: 'QueryPlan', node };
  const answer = await executeQueryPlan(
    plan,
    services,
    requestContext,
    operationContext,
    schema.supergraph,
    schema.apiSchema,
  );
  if (answer.errors === undefined) return answer;
  return { ...answer, errors: publicErrors(answer.errors, { requestId: context.requestId, logger }) };
}

/** Errors of variables that do not fit the operation's definitions. */
export function variableErrors(operation: ExecutableOperation): readonly GraphQLError[] {
  const { schema, document, operationName, variables } = operation;
  const { definitions } = document;
  const node = definitions.find(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      (operationName === undefined || definition.name?.value === operationName),
  );
  if (node?.kind !== 'OperationDefinition') return [];
  return getVariableValues(schema.api, node.variableDefinitions ?? [], variables).errors ?? [];
}

/** What {@link createExecutor} needs. */
export interface ExecutorDeps {
  readonly schemaOf: (requestContext: ApolloRequestContext) => SupergraphSchema;
  readonly servicesOf: (schema: SupergraphSchema) => ServiceMap;
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
    const { document, source, operation: node, request } = requestContext;
    const context = requestContext.context as GatewayContext;
    const schema = deps.schemaOf(requestContext);
    const operation: ExecutableOperation = {
      schema,
      document: document as DocumentNode,
      source: source as string,
      operationName: request.operationName ?? undefined,
      variables: request.variables ?? {},
    };
    const errors = variableErrors(operation);
    if (errors.length > 0) return { errors };
    if (node?.operation === 'subscription') {
      if (context.acceptSubscription === undefined) return { errors: [NO_STREAM] };
      context.acceptSubscription(operation);
      return { data: null };
    }
    const plan = planOf(operation);
    // A query has no subscription node; the check above has dealt with those.
    return await runPlan(
      { operation, node: plan.node as PlanNode | undefined, services: deps.servicesOf(schema), context },
      deps.logger,
    );
  };
}
