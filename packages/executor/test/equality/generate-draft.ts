import type { Random } from './random.ts';
import { type AbstractModel, namedOf, type ObjectModel, type TypeRef } from './world.ts';

/** A world while it is being drawn. */
export interface Draft {
  readonly random: Random;
  readonly wild: boolean;
  /** Grows by one when an interface object gets a subgraph of its own. */
  readonly subgraphs: string[];
  readonly objects: ObjectModel[];
  readonly abstracts: AbstractModel[];
  /** Per entity, the subgraph that knows all its keys. */
  readonly homes: Map<string, string>;
}

/** Names of ordinary fields. */
export const WORDS = [
  'title',
  'price',
  'tags',
  'status',
  'parent',
  'items',
  'note',
  'matrix',
  'extra',
  'best',
  'weight',
  'link',
] as const;

const LEAVES = [
  'String',
  'String',
  'Int',
  'Float',
  'Boolean',
  'ID',
  'Color',
  'Fit',
  'Json',
  'Stamp',
] as const;

/** What the named type at the bottom is. */
export type Shape = 'leaf' | 'entity' | 'value' | 'abstract';

/** Draws a type, of one of `shapes`, that every one of `owners` can declare. */
export function pickType(draft: Draft, shapes: readonly Shape[], owners: readonly string[] = []): TypeRef {
  const { random } = draft;
  const shape = random.pick(shapes);
  const candidates = candidatesOf(draft, shape, owners);
  const name = candidates.length === 0 ? random.pick(LEAVES) : random.pick(candidates);
  const wrap = random.next();
  const bottom: TypeRef = { name, nonNull: random.chance(0.35) };
  if (wrap < 0.6) return bottom;
  const list: TypeRef = { of: bottom, nonNull: random.chance(0.35) };
  const isFlat = candidates.length > 0 && shape !== 'leaf' && !draft.wild;
  return wrap < 0.92 || isFlat ? list : { of: list, nonNull: random.chance(0.35) };
}

function candidatesOf(draft: Draft, shape: Shape, owners: readonly string[]): readonly string[] {
  const { objects, abstracts } = draft;
  if (shape === 'leaf') return LEAVES;
  if (shape === 'entity') return objects.filter(({ kind }) => kind === 'entity').map(({ name }) => name);
  if (shape === 'value') {
    return objects
      .filter(({ kind, name }) => kind === 'value' && !name.endsWith('Ref'))
      .map(({ name }) => name);
  }
  return abstracts
    .filter(({ keyed }) => keyed === undefined || owners.every((owner) => owner === keyed.home))
    .map(({ name }) => name);
}

/** Makes a subgraph declare the type that a field of it names, and whatever that type names in turn. */
export function declareType(draft: Draft, type: TypeRef, subgraph: string): void {
  const name = namedOf(type);
  const model = draft.abstracts.find((candidate) => candidate.name === name);
  if (model !== undefined) declareAbstract(draft, model, subgraph);
  const object = draft.objects.find((candidate) => candidate.name === name);
  if (object !== undefined) declareObject(draft, object, subgraph);
}

function declareAbstract(draft: Draft, model: AbstractModel, subgraph: string): void {
  // An interface with a key is at home where all its members are, and an object anywhere else.
  if (model.membersIn.has(subgraph) || model.keyed !== undefined) return;
  model.membersIn.set(subgraph, new Set());
  const count = draft.random.between(1, model.members.length);
  // The first is everywhere, so that there is something to return that each subgraph knows.
  model.members.slice(0, count).forEach((member) => declareObject(draft, member, subgraph));
}

function declareObject(draft: Draft, object: ObjectModel, subgraph: string): void {
  if (object.declaredIn.has(subgraph)) return;
  object.declaredIn.add(subgraph);
  if (object.kind === 'value') {
    for (const field of object.fields) {
      field.owners.add(subgraph);
      declareType(draft, field.type, subgraph);
    }
    return;
  }
  const home = draft.homes.get(object.name);
  const options = object.keys.get(home ?? '') ?? [];
  const fields = draft.random.pick(options).fields;
  const resolvable = !draft.random.chance(0.4);
  object.keys.set(subgraph, [{ fields, resolvable }]);
  for (const field of object.fields) {
    if (!fields.split(/\W+/).includes(field.name)) continue;
    field.owners.add(subgraph);
    declareType(draft, field.type, subgraph);
  }
}
