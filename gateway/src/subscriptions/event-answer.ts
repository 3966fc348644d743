import type { Fetcher, JsonObject, SubgraphAnswer } from '@hoerok/executor';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSource } from '../datasources/subgraph-source.ts';
import type { SourceEvent } from './event-source.ts';
import { fetchEntity } from './fetch-entity.ts';
import { plainProjectionOf } from './plain-projection.ts';
import { projectEvent } from './project-event.ts';
import type { SubscriptionRoot } from './subscription-root.ts';

/** What {@link answerFromEvent} needs beside the event. */
export interface EventExecution {
  readonly event: SourceEvent;
  readonly context: GatewayContext;
  /** Of the subgraph that owns the Subscription field. */
  readonly source: SubgraphSource;
  /** Fetches everything else; the rest of a plan may come back to the same subgraph. */
  readonly fetcher: Fetcher;
}

/** A fetcher that answers the fetch which a plan begins with from an event, and passes every other on. */
export function answerFromEvent(root: SubscriptionRoot, execution: EventExecution): Fetcher {
  return async (fetch) =>
    fetch.node === root.primary ? await answer(root, execution) : await execution.fetcher(fetch);
}

async function answer(
  { subgraph, document, name, field, variables }: SubscriptionRoot,
  { event, context, source }: EventExecution,
): Promise<SubgraphAnswer> {
  // What comes from the subgraph itself is its answer already. The execution adds to it, so each has its own.
  if (field === null) return structuredClone(event.payload) as SubgraphAnswer;
  const plain = plainProjectionOf(subgraph, document)?.(event.payload) ?? null;
  if (plain !== null) return { data: plain as JsonObject };
  const absent = new Set<unknown>();
  const result = await projectEvent({
    schema: subgraph.schema(),
    document,
    variables,
    field: name,
    payload: event.payload,
    resolvesById: subgraph.resolvesById(),
    fetchMissing: async (missing) => {
      const fields = await fetchEntity(missing, { source, context });
      if (fields !== null) return fields;
      const message = 'There is no such object here, or none that you may see.';
      const error = new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
      absent.add(error);
      throw error;
    },
  });
  return withoutAbsent(result, absent);
}

// An object that an event only mentions is null without an error when it is not there for the viewer, as in a query. Without
// the one that it is about there is no event.
function withoutAbsent({ data, errors }: ExecutionResult, absent: ReadonlySet<unknown>): SubgraphAnswer {
  const isThere = Object.values(data ?? { none: null }).every((value) => value !== null);
  const kept = errors?.filter(({ originalError }) => !isThere || !absent.has(originalError)) ?? [];
  return { data: (data as JsonObject | undefined) ?? null, ...(kept.length === 0 ? {} : { errors: kept }) };
}
