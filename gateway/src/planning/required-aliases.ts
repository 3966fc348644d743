import type { Schema, Subgraphs } from '@apollo/federation-internals';
import type { FetchNode } from '@apollo/query-planner';
import { type FieldNode, Kind, print, type SelectionNode, type SelectionSetNode } from 'graphql';
import { covers, haveSameArguments } from './argument-requirements.ts';
import { isMember, ownField, setOf, typeNamed } from './own-fields.ts';
import { type PlacedFetch, withSelection } from './plan-fetches.ts';
import { fieldsOf, keyOf, type OperationParts, selectionsAt } from './selected-fields.ts';

type Applies = (typeCondition: string) => boolean;

/** A fetch needs a field of its objects with these arguments. */
export interface Demand {
  readonly fetch: PlacedFetch;
  readonly type: string;
  readonly wanted: FieldNode;
}

/** What a fetch gets in addition, and what takes the place of a field that it has. */
export interface Edit {
  readonly fetch: PlacedFetch;
  /** Response keys from the objects of the fetch to those of the field. */
  readonly way: readonly string[];
  readonly key: string;
  /** Whether a type condition lets the objects in. */
  readonly applies: Applies;
  readonly added: readonly FieldNode[];
  /** `null` when the field stays. */
  readonly instead: readonly FieldNode[] | null;
}

/** The alias under which a fetch finds what it wants; `undefined` when it is under its own name. */
export type AliasOf = (fetch: FetchNode, wanted: FieldNode) => string | undefined;

/** What aliases depend on beside the demand. */
export interface Surroundings {
  readonly fetches: readonly PlacedFetch[];
  readonly subgraphs: Subgraphs;
  readonly parts: OperationParts;
  readonly supergraph: Schema;
}

const idOf = (place: readonly string[], wanted: FieldNode): string => `${place.join('.')} ${print(wanted)}`;

/** Works out which demanded values need an alias, and what brings them. */
export function giveAliases(
  demands: readonly Demand[],
  around: Surroundings,
): { readonly edits: readonly Edit[]; readonly aliasOf: AliasOf } {
  const edits: Edit[] = [];
  const aliases = new Map<string, string>();
  const given = new Map<FetchNode, Set<string>>();
  for (const demand of demands) {
    const { fetch, wanted } = demand;
    const id = idOf(fetch.place, wanted);
    if (!aliases.has(id)) {
      const alias = `${wanted.name.value}__required_${aliases.size}`;
      const edit = editFor(demand, alias, around);
      if (edit === null) continue;
      edits.push(edit);
      aliases.set(id, alias);
    }
    given.set(fetch.node, (given.get(fetch.node) ?? new Set()).add(print(wanted)));
  }
  const places = new Map(around.fetches.map(({ node, place }) => [node, place]));
  return {
    edits,
    aliasOf: (node, wanted) =>
      given.get(node)?.has(print(wanted)) === true
        ? aliases.get(idOf(places.get(node) ?? [], wanted))
        : undefined,
  };
}

/** What brings a demanded value under an alias; `null` when it is there already, or there is no saying where it is from. */
function editFor({ fetch, type, wanted }: Demand, alias: string, around: Surroundings): Edit | null {
  const { place } = fetch;
  const key = keyOf(wanted);
  const applies: Applies = (condition) => isMember(type, condition, around.supergraph);
  const sources = around.fetches.flatMap((other) => {
    const nodes = other === fetch ? [] : fieldsAt(other, place, { key, applies });
    return nodes.length === 0 ? [] : [{ other, nodes }];
  });
  const [source] = sources;
  if (source === undefined || sources.length > 1) return null;
  const [first] = source.nodes;
  const isMixed = first !== undefined && source.nodes.some((node) => !haveSameArguments(node, first));
  const asked = askedByClient(place, { key, applies }, around);
  const instead =
    asked !== null && (isMixed || isLost(asked, place, { key, applies, fetches: around.fetches }))
      ? asked
      : null;
  if ((instead ?? source.nodes).some((node) => covers(node, wanted))) return null;
  const subgraph = around.subgraphs.get(source.other.node.serviceName);
  const owner = subgraph === undefined ? undefined : typeNamed(type, subgraph);
  if (subgraph === undefined || owner === undefined) return null;
  const own = ownField(wanted, owner, subgraph);
  if (own === undefined || instead?.some((node) => ownField(node, owner, subgraph) === undefined))
    return null;
  const added = [{ ...own, alias: { kind: Kind.NAME, value: alias } as const }];
  return { fetch: source.other, way: place.slice(source.other.place.length), key, applies, added, instead };
}

const NO_FRAGMENTS: OperationParts['fragments'] = new Map();

interface Sought {
  readonly key: string;
  readonly applies: Applies;
}

function fieldsAt(
  { place, selection }: PlacedFetch,
  at: readonly string[],
  { key, applies }: Sought,
): FieldNode[] {
  if (place.some((part, index) => at[index] !== part)) return [];
  const sets = selectionsAt(selection, at.slice(place.length), NO_FRAGMENTS);
  return fieldsOf(sets, NO_FRAGMENTS, applies).flatMap(({ node }) => (keyOf(node) === key ? [node] : []));
}

/** What the client asks for under a key; `null` when nothing, or what has fields of its own: that is left to the planner. */
function askedByClient(
  place: readonly string[],
  { key, applies }: Sought,
  { parts: { operation, fragments } }: Surroundings,
): readonly FieldNode[] | null {
  const asked = fieldsOf(selectionsAt(operation.selectionSet, place, fragments), fragments, applies)
    .filter(({ node }) => keyOf(node) === key)
    .map(({ node, directives }) => ({ ...node, directives: [...directives, ...(node.directives ?? [])] }));
  return asked.length === 0 || asked.some(({ selectionSet }) => selectionSet !== undefined) ? null : asked;
}

/** Whether some of it is brought by no fetch. */
function isLost(
  asked: readonly FieldNode[],
  place: readonly string[],
  sought: Sought & { readonly fetches: Surroundings['fetches'] },
): boolean {
  const fetched = sought.fetches.flatMap((fetch) => fieldsAt(fetch, place, sought)).map(unconditional);
  return !asked.map(unconditional).every((node) => fetched.some((one) => covers(one, node)));
}

const unconditional = (node: FieldNode): FieldNode => ({ ...node, directives: [] });
/** A fetch with what the edits want of it. */
export function applyEdits(fetch: PlacedFetch, edits: readonly Edit[]): PlacedFetch {
  let { selection } = fetch;
  for (const edit of edits) if (edit.fetch === fetch) selection = edited(selection, edit.way, edit);
  return selection === fetch.selection ? fetch : withSelection(fetch, selection);
}

function edited(set: SelectionSetNode, way: readonly string[], edit: Edit): SelectionSetNode {
  const [first, ...rest] = way;
  const isIt = (one: SelectionNode): boolean => one.kind === Kind.FIELD && keyOf(one) === edit.key;
  const selections = set.selections.map((one): SelectionNode => {
    if (one.kind === Kind.FRAGMENT_SPREAD || one.selectionSet === undefined) return one;
    if (one.kind === Kind.INLINE_FRAGMENT) {
      const condition = one.typeCondition?.name.value;
      if (way.length === 0 && condition !== undefined && !edit.applies(condition)) return one;
      return { ...one, selectionSet: edited(one.selectionSet, way, edit) };
    }
    if (keyOf(one) !== first) return one;
    return { ...one, selectionSet: edited(one.selectionSet, rest, edit) };
  });
  if (first !== undefined || !selections.some(isIt)) return setOf(selections);
  const { instead, added } = edit;
  const kept = instead === null ? selections : [...selections.filter((one) => !isIt(one)), ...instead];
  return setOf([...kept, ...added]);
}
