import type { FetchNode } from '@apollo/query-planner';
import type { SubscribePayload } from 'graphql-ws';

/** What is sent to the subgraph that owns a Subscription field: the first fetch of the plan, as the executor sends it. */
export function upstreamOperation(
  { operation, operationName, variableUsages }: FetchNode,
  variables: Readonly<Record<string, unknown>>,
): SubscribePayload {
  const used = Object.entries(variables).filter(
    ([name, value]) => value !== undefined && variableUsages?.includes(name) === true,
  );
  return {
    query: operation,
    variables: Object.fromEntries(used),
    ...(operationName === undefined ? {} : { operationName }),
  };
}
