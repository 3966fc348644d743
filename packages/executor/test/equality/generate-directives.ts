import { declareType, type Draft } from './generate-draft.ts';
import { type AbstractModel, type FieldModel, type FieldTree, namedOf, type ObjectModel } from './world.ts';

/** Adds what crosses subgraphs: `@requires`, `@provides`, `@override` and `@inaccessible`. */
export function generateDirectives(
  draft: Draft,
  entities: readonly ObjectModel[],
  keyed: AbstractModel | undefined,
): void {
  for (const entity of entities) {
    const own = entity.fields.filter((field) => isOrdinary(entity, field));
    own.forEach((field, index) => {
      // Only what stands before it, so that nothing requires itself in a circle.
      if (draft.random.chance(0.3)) addRequires(draft, entity, field, own.slice(0, index));
    });
    for (const field of own) {
      if (draft.random.chance(0.5)) addProvides(draft, field, entities);
    }
    for (const field of own) {
      if (draft.random.chance(0.08)) addOverride(draft, entity, field);
      else if (draft.random.chance(0.06)) field.inaccessible = true;
    }
  }
  if (keyed?.keyed !== undefined && keyed.shared.length > 0 && draft.random.chance(0.5)) {
    const field = keyed.keyed.fields[0];
    if (field !== undefined && field.args.length === 0) field.requires = { label: {} };
  }
}

/** Whether a field is neither part of a key nor of an interface. */
function isOrdinary(entity: ObjectModel, field: FieldModel): boolean {
  if (['id', 'label', 'code', 'region', 'sku', 'ref'].includes(field.name)) return false;
  return entity.fields.includes(field);
}

function addRequires(
  draft: Draft,
  entity: ObjectModel,
  field: FieldModel,
  earlier: readonly FieldModel[],
): void {
  const { random } = draft;
  const [owner] = field.owners;
  if (owner === undefined || field.owners.size > 1) return;
  if (entity.keys.get(owner)?.every(({ resolvable }) => !resolvable) ?? true) return;
  const elsewhere = earlier.filter((other) => !other.owners.has(owner));
  const tree: Record<string, FieldTree> = {};
  for (const other of random.sample(elsewhere, random.between(1, 2))) {
    const below = belowRequired(draft, other, owner);
    if (below === undefined) continue;
    const withArgument = other.args.length > 0 && random.chance(0.7);
    tree[withArgument ? `${other.name}(size: L)` : other.name] = below;
    other.external.add(owner);
  }
  if (Object.keys(tree).length > 0) field.requires = tree;
}

/** What to require below a field; undefined when nothing can be. */
function belowRequired(draft: Draft, field: FieldModel, owner: string): FieldTree | undefined {
  const { random, objects, abstracts } = draft;
  const target = objects.find(({ name }) => name === namedOf(field.type));
  const abstract = abstracts.find(({ name }) => name === namedOf(field.type));
  if (target === undefined && abstract === undefined) return {};
  if (abstract?.keyed !== undefined) return undefined;
  declareType(draft, field.type, owner);
  if (target !== undefined) return { id: {}, ...leafOf(target, owner, random.chance(0.5)) };
  const members = abstract?.members.filter((member) => member.declaredIn.has(owner)) ?? [];
  const fragments = members.map((member) => {
    const leaf = leafOf(member, owner, random.chance(0.5));
    return [`... on ${member.name}`, { id: {}, ...leaf }] as const;
  });
  return fragments.length === 0 ? undefined : Object.fromEntries(fragments);
}

/** A leaf below a required object that its requirer does not own either. */
function leafOf(target: ObjectModel, owner: string, wanted: boolean): FieldTree {
  if (!wanted) return {};
  const leaf = target.fields.find(
    ({ name, type, args, owners, requires }) =>
      !['id', 'ref'].includes(name) &&
      args.length === 0 &&
      requires === undefined &&
      ['String', 'Int', 'Json', 'Fit'].includes(namedOf(type)) &&
      (target.kind === 'value' || !owners.has(owner)),
  );
  if (leaf === undefined) return {};
  if (target.kind === 'entity') leaf.external.add(owner);
  return { [leaf.name]: {} };
}

function addProvides(draft: Draft, field: FieldModel, entities: readonly ObjectModel[]): void {
  const { random, abstracts } = draft;
  const owner = random.pick([...field.owners]);
  const name = namedOf(field.type);
  const abstract = abstracts.find((model) => model.name === name && model.keyed === undefined);
  const tree: Record<string, FieldTree> = {};
  for (const target of entities) {
    const isMember = abstract?.members.includes(target) === true && target.declaredIn.has(owner);
    if (target.name !== name && !isMember) continue;
    const below = provided(draft, target, { owner, entities, nested: true });
    if (Object.keys(below).length === 0) continue;
    if (isMember) tree[`... on ${target.name}`] = below;
    else Object.assign(tree, below);
  }
  if (Object.keys(tree).length > 0) field.provides.set(owner, tree);
}

interface Provision {
  readonly owner: string;
  readonly entities: readonly ObjectModel[];
  /** Whether an entity below may have something provided, too. */
  readonly nested: boolean;
}

function provided({ random }: Draft, target: ObjectModel, { owner, entities, nested }: Provision): FieldTree {
  const known = target.fields.filter(
    (candidate) =>
      isOrdinary(target, candidate) &&
      !candidate.owners.has(owner) &&
      candidate.args.length === 0 &&
      candidate.requires === undefined &&
      candidate.overriddenIn === undefined,
  );
  const leaves = known.filter(({ type }) =>
    ['String', 'Int', 'Float', 'Json', 'Stamp'].includes(namedOf(type)),
  );
  const tree: Record<string, FieldTree> = {};
  for (const candidate of random.sample(leaves, 2)) {
    candidate.external.add(owner);
    candidate.provided = true;
    tree[candidate.name] = {};
  }
  const deep = known.find(({ type }) =>
    entities.some(({ name, declaredIn }) => name === namedOf(type) && declaredIn.has(owner)),
  );
  if (deep !== undefined && nested && random.chance(0.5)) {
    deep.external.add(owner);
    deep.provided = true;
    tree[deep.name] = { id: {} };
  }
  return tree;
}

function addOverride({ random }: Draft, entity: ObjectModel, field: FieldModel): void {
  const [owner] = field.owners;
  if (field.owners.size !== 1 || field.provided || field.requires !== undefined) return;
  if (field.provides.size > 0 || namedOf(field.type) !== 'String') return;
  const others = [...entity.declaredIn].filter((name) => name !== owner && !field.external.has(name));
  if (others.length > 0) field.overriddenIn = random.pick(others);
}
