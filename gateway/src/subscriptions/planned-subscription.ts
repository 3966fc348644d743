import { createHash } from 'node:crypto';
import type { SubscriptionNode } from '@apollo/query-planner';
import { actorOf } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { type Logger, SpanKind, withSpan } from '@hoerok/shared/telemetry';
import { type FormattedExecutionResult, isObjectType } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import type { SubgraphSource, SubgraphSources } from '../datasources/subgraph-source.ts';
import { type ErrorScope, publicErrors } from '../execution/client-errors.ts';
import { createFetcher, type ExecutionAnswer, publicAnswer } from '../execution/executor.ts';
import { plannedOf } from '../execution/planned-operation.ts';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { watchAbsentEntities } from './absent-entities.ts';
import { directAnswerOf } from './direct-answer.ts';
import { answerFromEvent } from './event-answer.ts';
import type { EventSharing } from './event-sharing.ts';
import type { SourceEvent } from './event-source.ts';
import { fetchEntity, plainFields } from './fetch-entity.ts';
import { type GuardQuestion, guardQuestionOf } from './guard-question.ts';
import type { EventPayload } from './stored-event.ts';
import { readSubscriptionRoot, type SubscriptionRoot } from './subscription-root.ts';

/** A subscription planned against one supergraph. */
export interface PlannedSubscription {
  readonly schema: SupergraphSchema;
  readonly root: SubscriptionRoot;
  /** Asks the graph for the object that the stream is about; `null` when there is no single one. */
  readonly readObject: ((context: GatewayContext) => Promise<EventPayload | null>) | null;
  /** Asks the graph whether somebody may watch, when no message of the guard is left; `null` without such a guard. */
  readonly mayWatch: GuardQuestion | null;
  /** The result of an event that carries all of it; `null` when it has to be executed. */
  readonly answer: (event: SourceEvent) => Promise<FormattedExecutionResult> | null;
  /** The result of one event, for the subscriber of the context. */
  readonly execute: (event: SourceEvent, context: GatewayContext) => Promise<FormattedExecutionResult>;
}

/** The result of an event without what is each subscriber's own. */
export type EventAnswer = Pick<FormattedExecutionResult, 'data' | 'errors' | 'extensions'>;

/** What {@link planSubscription} needs. */
export interface PlanSubscriptionDeps {
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  readonly share: EventSharing<EventAnswer>;
  readonly logger: Logger;
}

/**
 * Plans a subscription: each event stands in for the answer of the subgraph that owns the Subscription field, and the
 * rest of the plan is fetched for it, as the subscriber.
 */
export function planSubscription(
  subscription: AcceptedSubscription,
  { sourcesOf, share, logger }: PlanSubscriptionDeps,
): PlannedSubscription {
  const { schema, variables, source: text, operationName } = subscription;
  const planned = plannedOf(subscription);
  const { plan, compiled } = planned;
  // The pipeline lets no subscription pass of which nothing may be watched; a new supergraph may have new rules.
  if (plan === null) throw new AppError('FORBIDDEN', 'Nothing of this subscription may be watched.');
  const { primary } = plan.node as SubscriptionNode;
  const root = readSubscriptionRoot(schema, primary, variables);
  const sources = sourcesOf(schema);
  const source = ownerOf(primary.serviceName, sources);
  const direct = directAnswerOf(schema, { root, planned });
  const operation = createHash('sha256')
    .update(JSON.stringify([schema.hash, text, operationName, variables]))
    .digest('base64url');

  async function execute(event: SourceEvent, context: GatewayContext): Promise<EventAnswer> {
    const absence = watchAbsentEntities(createFetcher(sources, context));
    const { fetcher } = absence;
    const span = { name: `subscription ${root.name}`, kind: SpanKind.CONSUMER, parent: event.trace };
    const answer = await withSpan(span, async () =>
      compiled.run(variables, answerFromEvent(root, { event, context, source, fetcher })),
    );
    const scope = { requestId: context.requestId, logger };
    return format(publicAnswer(answer, scope), { ...scope, explained: absence.met() });
  }

  return {
    schema,
    root,
    readObject: objectReader(root, source),
    mayWatch: guardQuestionOf(root.field?.guard ?? null, root.args, { schema, sources }),
    answer: (event) => direct?.(event)?.then((answer) => addressed(answer, event)) ?? null,
    execute: async (event, context) => {
      const { signal, viewer, headers } = context;
      const answer = await share({
        event: event.payload,
        // What subgraphs are told about who asks; they may answer everyone differently.
        scope: `${operation} ${JSON.stringify([viewer, headers])}`,
        signal,
        execute: async (shared) => await execute(event, { ...context, signal: shared }),
      });
      return addressed(answer, event);
    },
  };
}

function ownerOf(name: string, sources: SubgraphSources): SubgraphSource {
  const source = sources.get(name);
  if (source === undefined) throw new Error(`there is no subgraph "${name}"`);
  return source;
}

/**
 * The subject of an event stream, filled in for a viewer.
 * @throws AppError `UNAUTHENTICATED` or `BAD_INPUT` when it cannot be.
 */
export function subjectOf(
  field: EventStreamField,
  { args }: SubscriptionRoot,
  { viewer }: GatewayContext,
): string {
  return field.subject.render({
    workspaceId: viewer?.workspaceId ?? null,
    viewerId: viewer === null ? null : actorOf(viewer),
    args,
  });
}

function objectReader(
  { field, args, subgraph, typename }: SubscriptionRoot,
  source: SubgraphSource,
): PlannedSubscription['readObject'] {
  const { id } = args;
  const type = typename === null ? undefined : subgraph.schema().getType(typename);
  if (typeof id !== 'string' || !isObjectType(type)) return null;
  if (!subgraph.resolvesById().has(type.name)) return null;
  const scalars = [field?.end?.field, 'revision'].filter(
    (name) => name !== undefined && name in type.getFields(),
  );
  const fields = ['__typename', 'id', ...(scalars as string[])];
  return async (context) =>
    await fetchEntity(plainFields({ __typename: type.name, id }, fields), { source, context });
}

function format(answer: ExecutionAnswer, scope: ErrorScope & { readonly explained: boolean }): EventAnswer {
  // Apollo says only in an extension that a null went up because a subgraph broke its word; clients look at errors. What is
  // merely not there is null without an error, as in a query.
  const { valueCompletion, ...extensions } = answer.extensions ?? {};
  const broken =
    Array.isArray(valueCompletion) && !scope.explained ? publicErrors(valueCompletion, scope) : [];
  const errors = [...(answer.errors ?? []), ...broken].map((error) => error.toJSON());
  return { data: answer.data ?? null, ...(errors.length === 0 ? {} : { errors }), extensions };
}

function addressed(
  answer: EventAnswer,
  { eventId, delivery, resume }: SourceEvent,
): FormattedExecutionResult {
  const extensions = {
    ...answer.extensions,
    ...(eventId === null ? {} : { eventId }),
    delivery,
    ...(resume === undefined ? {} : { resume }),
  };
  return { ...answer, extensions };
}
