import { setImmediate as nextTurn } from 'node:timers/promises';
import { validate } from 'graphql';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { plannedOf, planWhole } from './planned-operation.ts';

/** Operations planned before a swap; the rest is planned when it comes. */
const MAX_PLANNED_AHEAD = 500;

/**
 * Plans what was asked last of the supergraph in service for the one that is to replace it: a swap under load is no time to plan
 * everything anew. One operation a turn, so that others are served meanwhile. What the new one does not know is left out.
 */
export async function planAhead(next: SupergraphSchema, previous: SupergraphSchema): Promise<void> {
  const planned = previous.operations.values().flatMap(({ byClass }) => byClass.values());
  for (const operation of planned.slice(0, MAX_PLANNED_AHEAD).reverse()) {
    const { document, source, operationName, viewer, unauthorized } = operation;
    await nextTurn();
    if (validate(next.api, document).length > 0) continue;
    try {
      const moved = { schema: next, document, source, operationName };
      if (unauthorized.length === 0) planWhole(moved);
      else plannedOf({ ...moved, viewer });
    } catch {
      // Its next client will hear why.
    }
  }
}
