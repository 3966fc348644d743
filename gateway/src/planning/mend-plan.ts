import type { Supergraph } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { createPlanCompleter } from './partial-members.ts';
import type { OperationParts } from './selected-fields.ts';
import { createRequirementSeparator } from './separate-requirements.ts';

/** Mends the plan of an operation where the planner is known to be wrong; the same plan where it is right. */
export type MendPlan = (plan: QueryPlan, parts: OperationParts) => QueryPlan;

/** What is known of the planner's mistakes, mended in the plans of one supergraph. */
export function createPlanMender(supergraph: Supergraph): MendPlan {
  const separate = createRequirementSeparator(supergraph);
  const complete = createPlanCompleter(supergraph);
  return (plan, parts) => complete(separate(plan, parts), parts);
}
