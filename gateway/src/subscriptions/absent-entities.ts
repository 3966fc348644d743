import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';

/** Tells whether an execution has come upon something that is not there for its viewer. */
export interface AbsentEntities {
  /** The same data sources, watched. */
  readonly services: ServiceMap;
  /** True when an entity that the execution with this context asked for is not there; asked once, then forgotten. */
  readonly met: (context: object) => boolean;
}

const watched = new WeakMap<ServiceMap, AbsentEntities>();

/**
 * Watches data sources for entities that they answer with null: what was deleted, or may not be seen. The nulls that follow
 * from that break no promise of a subgraph.
 */
export function watchAbsentEntities(services: ServiceMap): AbsentEntities {
  // Whom an entity was absent for, its context says; so one watch serves all who use the same data sources.
  const known = watched.get(services) ?? watch(services);
  watched.set(services, known);
  return known;
}

function watch(services: ServiceMap): AbsentEntities {
  const met = new WeakSet<object>();
  const watchOne = (service: GraphQLDataSource): GraphQLDataSource => ({
    process: async (options) => {
      const answer = await service.process(options);
      const entities: unknown = (answer.data as { _entities?: unknown } | null | undefined)?._entities;
      if (answer.errors === undefined && Array.isArray(entities) && entities.includes(null))
        met.add(options.context);
      return answer;
    },
  });
  return {
    services: Object.fromEntries(Object.entries(services).map(([name, one]) => [name, watchOne(one)])),
    met: (context) => met.delete(context),
  };
}
