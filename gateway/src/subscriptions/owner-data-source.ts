import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SourceEvent } from './event-source.ts';
import { fetchEntity } from './fetch-entity.ts';
import { projectEvent } from './project-event.ts';
import type { SubscriptionRoot } from './subscription-root.ts';

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
  const { primary, subgraph, document, field } = root;
  const service = services[primary.serviceName];
  if (service === undefined)
    throw new Error(`there is no data source for the subgraph "${primary.serviceName}"`);
  return {
    withEvent: (context, event): EventContext => ({ ...context, event }),
    dataSource: {
      process: async (options) => {
        if (options.request.query !== primary.operation) return await service.process(options);
        const context = options.context as EventContext;
        const result = await projectEvent({
          schema: subgraph.schema(),
          document,
          variables: options.request.variables ?? {},
          field: field.field,
          payload: context.event.payload,
          resolvesById: subgraph.resolvesById(),
          fetchMissing: async (missing) => {
            const fields = await fetchEntity(missing, { service, context });
            if (fields !== null) return fields;
            const message = 'There is no such object here, or none that you may see.';
            throw new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
          },
        });
        return { ...result } as Awaited<ReturnType<GraphQLDataSource['process']>>;
      },
    },
  };
}
