import type { Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { argumentRequirements, type ArgumentRequirements } from './argument-requirements.ts';
import { askedOf, fetchedApart, groupsOf, requiredBy } from './fetches-apart.ts';
import type { MendPlan } from './mend-plan.ts';
import { collectFetches, type PlacedFetch, replaced } from './plan-fetches.ts';
import { applyEdits, type Demand, giveAliases } from './required-aliases.ts';

/**
 * The planner fetches a required field under its own name, whatever its arguments. Where another field requires it with
 * others, or the client asks for it with others, one value would stand for all. Here each gets what it asked for: a required
 * value that differs is fetched under an alias, and fields that require different ones are fetched apart. Supergraphs
 * where nothing with arguments is required are not looked at.
 */
export function createRequirementSeparator(supergraph: Supergraph): MendPlan {
  const subgraphs = supergraph.subgraphs();
  const requirements = argumentRequirements(subgraphs.values());
  if (requirements.size === 0) return (plan) => plan;
  return (plan, parts) => {
    const { node } = plan;
    if (node === undefined || node.kind === 'Subscription') return plan;
    const fetches = new Map<FetchNode, PlacedFetch>();
    if (!collectFetches(node, [], fetches)) return plan;
    const demands = [...fetches.values()].flatMap((fetch) => demandsOf(fetch, requirements));
    const aliased = giveAliases(demands, {
      fetches: [...fetches.values()],
      subgraphs,
      parts,
      supergraph: supergraph.schema,
    });
    if (aliased.edits.length === 0) return plan;
    const changed = new Map<FetchNode, PlanNode>();
    for (const fetch of fetches.values()) {
      const edited = applyEdits(fetch, aliased.edits);
      const groups = groupsOf(edited, aliased.aliasOf, requirements);
      if (edited === fetch && groups.every(({ aliases }) => aliases.size === 0)) continue;
      changed.set(fetch.node, fetchedApart(edited, groups, parts));
    }
    return { ...plan, node: replaced(node, changed) };
  };
}

function demandsOf(fetch: PlacedFetch, requirements: ArgumentRequirements): Demand[] {
  return askedOf(fetch).flatMap((asked) =>
    requiredBy(requirements, fetch.node.serviceName, asked).map((wanted) => ({
      fetch,
      type: asked.type,
      wanted,
    })),
  );
}
