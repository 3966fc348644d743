import {
  type FetchDataRewrite,
  type FetchNode,
  type PlanNode,
  type QueryPlanSelectionNode,
  trimSelectionNodes,
} from '@apollo/query-planner';
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { ArgumentRequirements } from './argument-requirements.ts';
import { setOf } from './own-fields.ts';
import { type PlacedFetch, withOperation, withSelection } from './plan-fetches.ts';
import type { AliasOf } from './required-aliases.ts';
import { keyOf, type OperationParts } from './selected-fields.ts';

/** Fields of an entity fetch by the type they are asked of. */
export function askedOf({
  node,
  selection,
}: PlacedFetch): { readonly type: string; readonly node: FieldNode }[] {
  if (node.requires === undefined) return [];
  return selection.selections.flatMap((fragment) => {
    if (fragment.kind !== Kind.INLINE_FRAGMENT || fragment.typeCondition === undefined) return [];
    const type = fragment.typeCondition.name.value;
    return fragment.selectionSet.selections.flatMap((field) =>
      field.kind === Kind.FIELD ? [{ type, node: field }] : [],
    );
  });
}

/** What a field requires with arguments. */
export function requiredBy(
  requirements: ArgumentRequirements,
  subgraph: string,
  asked: { readonly type: string; readonly node: FieldNode },
): readonly FieldNode[] {
  return requirements.get(subgraph)?.get(`${asked.type}.${asked.node.name.value}`) ?? [];
}

/** Fields of an entity fetch that can be asked for with one representation. */
export interface Group {
  /** By the name of a required field: the alias that its value has. */
  readonly aliases: ReadonlyMap<string, { readonly alias: string; readonly wanted: FieldNode }>;
  readonly fields: Set<FieldNode>;
}

/** The groups of an entity fetch, one at least. */
export function groupsOf(
  fetch: PlacedFetch,
  aliasOf: AliasOf,
  requirements: ArgumentRequirements,
): readonly Group[] {
  const groups = new Map<string, Group>();
  const indifferent: FieldNode[] = [];
  for (const asked of askedOf(fetch)) {
    const required = requiredBy(requirements, fetch.node.serviceName, asked);
    if (required.length === 0) {
      indifferent.push(asked.node);
      continue;
    }
    const aliases = new Map(
      required.flatMap((wanted) => {
        const alias = aliasOf(fetch.node, wanted);
        return alias === undefined ? [] : [[keyOf(wanted), { alias, wanted }] as const];
      }),
    );
    const signature = [...aliases.values()]
      .map(({ alias }) => alias)
      .toSorted()
      .join();
    const group = groups.get(signature) ?? { aliases, fields: new Set() };
    groups.set(signature, group);
    group.fields.add(asked.node);
  }
  const [first = { aliases: new Map(), fields: new Set() }] = groups.values();
  for (const node of indifferent) first.fields.add(node);
  return groups.size === 0 ? [first] : [...groups.values()];
}

/** A fetch as one fetch for each group. */
export function fetchedApart(fetch: PlacedFetch, groups: readonly Group[], parts: OperationParts): PlanNode {
  const nodes = groups.map((group) => {
    const part = groups.length === 1 ? fetch : withSelection(fetch, onlyFields(fetch.selection, group));
    return representedWith(withOperation(fetch.node, part.operation, parts), group);
  });
  const [only] = nodes;
  return only !== undefined && nodes.length === 1 ? only : { kind: 'Parallel', nodes };
}

function onlyFields(selection: SelectionSetNode, { fields }: Group): SelectionSetNode {
  const fragments = selection.selections.flatMap((fragment): SelectionNode[] => {
    if (fragment.kind !== Kind.INLINE_FRAGMENT) return [fragment];
    const kept = fragment.selectionSet.selections.filter((one) => one.kind !== Kind.FIELD || fields.has(one));
    return kept.length === 0 ? [] : [{ ...fragment, selectionSet: setOf(kept) }];
  });
  return setOf(fragments);
}

function representedWith(node: FetchNode, { aliases }: Group): FetchNode {
  if (aliases.size === 0 || node.requires === undefined) return node;
  const types: string[] = [];
  const requires = node.requires.map((required): QueryPlanSelectionNode => {
    if (required.kind === 'Field' || required.typeCondition === undefined) return required;
    types.push(required.typeCondition);
    const selections = required.selections.map((one): QueryPlanSelectionNode => {
      const found = one.kind === 'Field' ? aliases.get(one.alias ?? one.name) : undefined;
      if (one.kind !== 'Field' || found === undefined) return one;
      const below = found.wanted.selectionSet;
      return {
        kind: 'Field',
        name: one.name,
        alias: found.alias,
        ...(below === undefined ? {} : { selections: trimSelectionNodes(below.selections) }),
      };
    });
    return { ...required, selections };
  });
  const renamed = types.flatMap((type) =>
    [...aliases].flatMap(([key, { alias }]): FetchDataRewrite[] => [
      // A null is not renamed.
      { kind: 'ValueSetter', path: [`... on ${type}`, key], setValueTo: null },
      { kind: 'KeyRenamer', path: [`... on ${type}`, alias], renameKeyTo: key },
    ]),
  );
  return { ...node, requires, inputRewrites: [...(node.inputRewrites ?? []), ...renamed] };
}
