import {
  type CompositeType,
  isAbstractType,
  possibleRuntimeTypes,
  type Schema,
  type Subgraph,
  type Supergraph,
} from '@apollo/federation-internals';
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isMember, ownField, setOf, typeNamed, typeOf } from './own-fields.ts';
import type { MendPlan } from './mend-plan.ts';
import { collectFetches, type PlacedFetch, replaced, withOperation, withSelection } from './plan-fetches.ts';
import { fieldsOf, keyOf, type OperationParts, selectionsAt } from './selected-fields.ts';

/**
 * The planner takes it that an object type which one subgraph knows as no member of a union or interface is a member in none,
 * when the field could also be fetched there, and leaves `... on` that type out. Its fields would be null although they
 * are there. Here they come back into the fetches that bring the objects, as far as the same subgraph has them and nothing
 * else in the plan fetches them. Without types whose members differ between subgraphs, nothing is looked at.
 */
export function createPlanCompleter(supergraph: Supergraph): MendPlan {
  const subgraphs = supergraph.subgraphs();
  const partial = partialTypes(subgraphs.values(), supergraph.schema);
  if (partial.size === 0) return (plan) => plan;
  return (plan, parts) => {
    const { node } = plan;
    if (node === undefined || node.kind === 'Subscription') return plan;
    const fetches = new Map<FetchNode, PlacedFetch>();
    if (!collectFetches(node, [], fetches)) return plan;
    const completed = new Map<FetchNode, PlanNode>();
    for (const placed of fetches.values()) {
      const subgraph = subgraphs.get(placed.node.serviceName);
      if (subgraph === undefined) continue;
      const scope = {
        subgraph,
        supergraph: supergraph.schema,
        partial,
        parts,
        fetches: [...fetches.values()],
      };
      const operation = completeFetch(placed, scope);
      if (operation !== null) completed.set(placed.node, withOperation(placed.node, operation, parts));
    }
    return completed.size === 0 ? plan : { ...plan, node: replaced(node, completed) };
  };
}

/** Names of unions and interfaces that have other members in one subgraph than in another. */
function partialTypes(subgraphs: readonly Subgraph[], supergraph: Schema): ReadonlySet<string> {
  const names = [...supergraph.unionTypes(), ...supergraph.interfaceTypes()].map(({ name }) => name);
  return new Set(
    names.filter((name) => {
      const members = subgraphs.flatMap(({ schema }) => {
        const type = schema.type(name);
        if (type === undefined || !isAbstractType(type)) return [];
        const own = possibleRuntimeTypes(type).map((member) => member.name);
        return own.toSorted().join();
      });
      return new Set(members).size > 1;
    }),
  );
}

interface Scope {
  readonly subgraph: Subgraph;
  readonly supergraph: Schema;
  readonly partial: ReadonlySet<string>;
  /** What the client asks. */
  readonly parts: OperationParts;
  readonly fetches: readonly PlacedFetch[];
}

/** The operation of a fetch with what it lacks; `null` when it lacks nothing. */
function completeFetch(fetch: PlacedFetch, scope: Scope): OperationDefinitionNode | null {
  const { selection, place, node } = fetch;
  const root = scope.subgraph.schema.schemaDefinition.rootType(node.operationKind);
  const type = node.requires === undefined ? root : undefined;
  const whole = completeSelection(selection, type, place, scope);
  if (whole === selection) return null;
  return withSelection(fetch, whole).operation;
}

/** The same set when nothing is missing below. `type` is undefined where only fragments stand. */
function completeSelection(
  set: SelectionSetNode,
  type: CompositeType | undefined,
  place: readonly string[],
  scope: Scope,
): SelectionSetNode {
  let isWhole = true;
  const selections = set.selections.map((selection): SelectionNode => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || selection.selectionSet === undefined) return selection;
    const { selectionSet } = selection;
    let whole: SelectionSetNode;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition } = selection;
      const inner = typeCondition === undefined ? type : typeNamed(typeCondition.name.value, scope.subgraph);
      whole = completeSelection(selectionSet, inner, place, scope);
    } else {
      const inner = typeOf(selection, type);
      const at = [...place, keyOf(selection)];
      whole = completeSelection(selectionSet, inner, at, scope);
      const missing = inner === undefined ? [] : missingMembers(inner, at, scope);
      if (missing.length > 0) whole = setOf([...whole.selections, ...missing]);
    }
    if (whole !== selectionSet) isWhole = false;
    return { ...selection, selectionSet: whole };
  });
  return isWhole ? set : setOf(selections);
}

/** What the client asks of members of a type and no fetch of the plan brings, as fragments on them. */
function missingMembers(type: CompositeType, place: readonly string[], scope: Scope): InlineFragmentNode[] {
  if (!scope.partial.has(type.name)) return [];
  const asked = selectionsAt(scope.parts.operation.selectionSet, place, scope.parts.fragments);
  return possibleRuntimeTypes(type).flatMap((member) => {
    const applies = (condition: string): boolean => isMember(member.name, condition, scope.supergraph);
    return fieldsOf(asked, scope.parts.fragments, applies).flatMap(({ node, directives }) => {
      if (isFetched(node, member.name, place, scope)) return [];
      const own = ownField(node, member, scope.subgraph);
      return own === undefined ? [] : [fragmentOn(member.name, [own], directives)];
    });
  });
}

function fragmentOn(
  name: string,
  selections: readonly SelectionNode[],
  directives: InlineFragmentNode['directives'] = [],
): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    directives,
    selectionSet: setOf(selections),
  };
}

const NO_FRAGMENTS: OperationParts['fragments'] = new Map();

/** Whether some fetch brings a field for a member; when in doubt, it does. */
function isFetched(node: FieldNode, member: string, place: readonly string[], scope: Scope): boolean {
  const applies = (condition: string): boolean => isMember(member, condition, scope.supergraph);
  return scope.fetches.some((fetch) => {
    if (fetch.place.some((key, index) => place[index] !== key)) return false;
    const sets = selectionsAt(fetch.selection, place.slice(fetch.place.length), NO_FRAGMENTS);
    return fieldsOf(sets, NO_FRAGMENTS, applies).some(
      (fetched) => keyOf(fetched.node) === keyOf(node) || fetched.node.name.value === node.name.value,
    );
  });
}
