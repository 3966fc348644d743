import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SourceEvent } from './event-source.ts';
import { fetchEntity } from './fetch-entity.ts';
import { projectEvent } from './project-event.ts';
import type { SubscriptionRoot } from './subscription-root.ts';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

interface EventContext extends GatewayContext {
  readonly event: SourceEvent;
}

/** Stands in for the subgraph that owns a Subscription field while one of its events is executed. */
export interface OwnerDataSource {
  readonly dataSource: GraphQLDataSource;
  /** The context that carries the event of one execution to the data source. */
  readonly withEvent: (context: GatewayContext, event: SourceEvent) => GatewayContext;
}

/**
 * Answers the operation that the plan begins with from the event, and passes every other operation on: the rest of a
 * plan may come back to the same subgraph.
 */
export function createOwnerDataSource(root: SubscriptionRoot, services: ServiceMap): OwnerDataSource {
  const { primary, subgraph, document, name, field } = root;
  const service = services[primary.serviceName];
  if (service === undefined)
    throw new Error(`there is no data source for the subgraph "${primary.serviceName}"`);
  return {
    withEvent: (context, event): EventContext => ({ ...context, event }),
    dataSource: {
      process: async (options) => {
        if (options.request.query !== primary.operation) return await service.process(options);
        const context = options.context as EventContext;
        // What comes from the subgraph itself is its answer already; nobody else holds it, so it may be changed.
        if (field === null) return context.event.payload as Answer;
        const absent = new Set<unknown>();
        const result = await projectEvent({
          schema: subgraph.schema(),
          document,
          variables: options.request.variables ?? {},
          field: name,
          payload: context.event.payload,
          resolvesById: subgraph.resolvesById(),
          fetchMissing: async (missing) => {
            const fields = await fetchEntity(missing, { service, context });
            if (fields !== null) return fields;
            const message = 'There is no such object here, or none that you may see.';
            const error = new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
            absent.add(error);
            throw error;
          },
        });
        return withoutAbsent(result, absent) as Answer;
      },
    },
  };
}

// An object that an event only mentions is null without an error when it is not there for the viewer, as in a query. Without
// the one that it is about there is no event.
function withoutAbsent({ data, errors }: ExecutionResult, absent: ReadonlySet<unknown>): ExecutionResult {
  const isThere = Object.values(data ?? { none: null }).every((value) => value !== null);
  const kept = errors?.filter(({ originalError }) => !isThere || !absent.has(originalError)) ?? [];
  return { data: data ?? null, ...(kept.length === 0 ? {} : { errors: kept }) };
}
