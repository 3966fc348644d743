import type { ServiceMap } from '@apollo/gateway';
import type { SubscriptionNode } from '@apollo/query-planner';
import { actorOf } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { type Logger, meter, SpanKind, withSpan } from '@hoerok/shared/telemetry';
import { type FormattedExecutionResult, isObjectType } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { type ErrorScope, publicErrors } from '../execution/client-errors.ts';
import { type ExecutionAnswer, planOf, runPlan } from '../execution/executor.ts';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { watchAbsentEntities } from './absent-entities.ts';
import { type EventSourceDeps, openEventSource, type SourceEvent } from './event-source.ts';
import { fetchEntity, plainFields } from './fetch-entity.ts';
import { createOwnerDataSource } from './owner-data-source.ts';
import { createResultStream, type ResultStream } from './result-stream.ts';
import { readSubscriptionRoot, type SubscriptionRoot } from './subscription-root.ts';

const active = meter.createUpDownCounter('hoerok_gateway_subscriptions', {
  description: 'Subscriptions that are open',
});
const delivered = meter.createCounter('hoerok_gateway_events_delivered', {
  description: 'Events executed for subscribers, by delivery (snapshot, live)',
});

/** Opens subscriptions that have passed the pipeline. */
export interface Subscriptions {
  /**
   * Opens the event source of a subscription.
   * @throws AppError or GraphQLError, fit for clients, when it cannot be opened.
   */
  readonly open: (subscription: AcceptedSubscription, context: GatewayContext) => Promise<ResultStream>;
}

/** What {@link createSubscriptions} needs. */
export interface SubscriptionsDeps {
  /** `null` without NATS. */
  readonly events: EventSourceDeps | null;
  readonly servicesOf: (schema: SupergraphSchema) => ServiceMap;
  readonly logger: Logger;
}

/**
 * Federated subscriptions: the operation is planned once; each event stands in for the answer of the subgraph that owns
 * the Subscription field, and the rest of the plan is fetched for it, as the subscriber.
 */
export function createSubscriptions({ events, servicesOf, logger }: SubscriptionsDeps): Subscriptions {
  return {
    open: async (subscription, outer) => {
      const { schema, variables } = subscription;
      const { primary, rest } = planOf(subscription).node as SubscriptionNode;
      const root = readSubscriptionRoot(schema, primary, variables);
      if (events === null)
        throw new AppError('UNAVAILABLE', 'This gateway has no event source; NATS_URL is not set.');
      const services = servicesOf(schema);
      const left = new AbortController();
      const context = { ...outer, signal: left.signal };
      const source = await openEventSource(
        {
          field: root.field,
          subject: root.field.subject.render({
            workspaceId: outer.viewer?.workspaceId ?? null,
            viewerId: outer.viewer === null ? null : actorOf(outer.viewer),
            args: root.args,
          }),
          viewer: outer.viewer,
          readObject: objectReader(root, { services, context }),
        },
        events,
      );
      const absent = watchAbsentEntities(services);
      const owner = createOwnerDataSource(root, absent.services);
      const eventServices = { ...absent.services, [primary.serviceName]: owner.dataSource };
      const node = rest === undefined ? primary : { kind: 'Sequence' as const, nodes: [primary, rest] };
      const scope = { requestId: outer.requestId, logger };
      active.add(1);
      return createResultStream({
        source,
        signal: outer.signal,
        leave: () => {
          active.add(-1);
          left.abort();
        },
        execute: async (event) => {
          const eventContext = owner.withEvent(context, event);
          const answer = await inSpan(event, root.field, async () => {
            const run = { operation: subscription, node, services: eventServices };
            return await runPlan({ ...run, context: eventContext }, logger);
          });
          delivered.add(1, { delivery: event.delivery });
          return format(answer, event, { ...scope, explained: absent.met(eventContext) });
        },
        explain: (error) => ({ errors: publicErrors([error], scope).map((shown) => shown.toJSON()) }),
      });
    },
  };
}

function objectReader(
  { field, args, subgraph, primary, typename }: SubscriptionRoot,
  { services, context }: { readonly services: ServiceMap; readonly context: GatewayContext },
): (() => Promise<Readonly<Record<string, unknown>> | null>) | null {
  const { id } = args;
  const service = services[primary.serviceName];
  const type = typename === null ? undefined : subgraph.schema().getType(typename);
  if (typeof id !== 'string' || service === undefined || !isObjectType(type)) return null;
  if (!subgraph.resolvesById().has(type.name)) return null;
  const scalars = [field.end?.field, 'revision'].filter(
    (name) => name !== undefined && name in type.getFields(),
  );
  const fields = ['__typename', 'id', ...(scalars as string[])];
  return async () =>
    await fetchEntity(plainFields({ __typename: type.name, id }, fields), { service, context });
}

async function inSpan<T>(event: SourceEvent, field: EventStreamField, work: () => Promise<T>): Promise<T> {
  const name = `subscription ${field.field}`;
  return await withSpan({ name, kind: SpanKind.CONSUMER, parent: event.trace }, work);
}

function format(
  answer: ExecutionAnswer,
  event: SourceEvent,
  scope: ErrorScope & { readonly explained: boolean },
): FormattedExecutionResult {
  // Apollo says only in an extension that a null went up because a subgraph broke its word; clients look at errors. What is
  // merely not there is null without an error, as in a query.
  const { valueCompletion, ...extensions } = answer.extensions ?? {};
  const broken =
    Array.isArray(valueCompletion) && !scope.explained ? publicErrors(valueCompletion, scope) : [];
  const errors = [...(answer.errors ?? []), ...broken].map((error) => error.toJSON());
  return {
    data: answer.data ?? null,
    ...(errors.length === 0 ? {} : { errors }),
    extensions: { ...extensions, eventId: event.eventId, delivery: event.delivery },
  };
}
