import { createRandom, type Random } from './random.ts';
import {
  type FieldModel,
  fieldNamed,
  type FieldTree,
  namedOf,
  objectNamed,
  readTreeKey,
  type TypeRef,
  type World,
} from './world.ts';

/** An object in the store: its concrete type and what tells it from others of that type. */
export interface StoredObject {
  readonly storedType: string;
  readonly storedId: string;
  /** What another subgraph sent along, when the object was reached as an entity. */
  readonly representation?: Readonly<Record<string, unknown>>;
}

export function isStoredObject(value: unknown): value is StoredObject {
  return typeof value === 'object' && value !== null && 'storedType' in value;
}

/** What root fields are fields of. */
export function rootObject(typeName: string): StoredObject {
  return { storedType: typeName, storedId: typeName };
}

/** What one field is asked. */
export interface Question {
  readonly object: StoredObject;
  readonly field: FieldModel;
  readonly args: Readonly<Record<string, unknown>>;
  /** Mutations that were done before in this run. */
  readonly tick: number;
}

/** Text with what JSON must escape, what UTF-8 makes long, and what looks like syntax. */
const TEXTS = [
  '',
  'plain',
  'two words',
  '"quoted" \\ back',
  'line\nbreak\ttab',
  'ü 회의록 🎉',
  '{"__typename":"Fake"}',
  '\u2028\u0000\u001f',
  'null',
  ']}',
  'x'.repeat(40),
];

/**
 * The content of a world. It follows from the seed alone: the same question gets the same answer in whichever subgraph it
 * is asked, so a monolith over the same store answers like the supergraph.
 */
export interface Store {
  answer(question: Question): unknown;
  /** The entity, of one of `typeNames`, that a representation's fields tell. */
  find(typeNames: readonly string[], representation: Readonly<Record<string, unknown>>): StoredObject | null;
  /** What a field requires, as the store knows it. */
  required(object: StoredObject, tree: FieldTree): Readonly<Record<string, unknown>>;
}

export function createStore(world: World): Store {
  const answer = ({ object, field, args, tick }: Question): unknown => {
    const { storedType, storedId, representation } = object;
    if (field.behavior === 'tick') return tick;
    if (field.behavior === 'by-id') return byId(world, namedOf(field.type), args['id']);
    const key = keyValue(storedType, storedId, field.name);
    if (key !== undefined) return key;
    const needed = field.requires === undefined ? '' : canonical(pickTree(representation, field.requires));
    const place = `${storedType}:${storedId}.${field.name}`;
    const inputs = Object.keys(args).length === 0 ? '' : canonical(args);
    const random = createRandom(`${world.seed}/${place}(${inputs})[${needed}]`);
    return draw({ world, random, field }, field.type, `${storedId}.${field.name}${inputs}`);
  };
  const required = (object: StoredObject, tree: FieldTree): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    for (const [key, below] of Object.entries(tree)) {
      const { name, args, on } = readTreeKey(key);
      if (on !== undefined) {
        if (on === object.storedType) Object.assign(found, required(object, below));
        continue;
      }
      const field = fieldNamed(world, object.storedType, name);
      if (field === undefined) continue;
      const full = { ...defaultsOf(field), ...args };
      found[name] = mapObjects(
        answer({ object: withRequired(object, field), field, args: full, tick: 0 }),
        below,
      );
    }
    return found;
  };
  const mapObjects = (value: unknown, tree: FieldTree): unknown => {
    if (Array.isArray(value)) return value.map((item) => mapObjects(item, tree));
    return isStoredObject(value) ? required(value, tree) : value;
  };
  const withRequired = (object: StoredObject, field: FieldModel): StoredObject =>
    field.requires === undefined ? object : { ...object, representation: required(object, field.requires) };
  return { answer, find: (types, representation) => find(world, types, representation), required };
}

/** Default values of arguments: of enums the name, of numbers the number. */
function defaultsOf({ args }: FieldModel): Record<string, unknown> {
  return Object.fromEntries(
    args.flatMap(({ name, defaultValue }) => {
      if (defaultValue === undefined) return [];
      return [[name, /^\d+$/.test(defaultValue) ? Number(defaultValue) : defaultValue]];
    }),
  );
}

/** What is at `tree` of a value that a subgraph was sent. */
function pickTree(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) return value.map((item) => pickTree(item, tree));
  if (typeof value !== 'object' || value === null || Object.keys(tree).length === 0) return value;
  const held = value as Record<string, unknown>;
  const found: Record<string, unknown> = {};
  for (const [key, below] of Object.entries(tree)) {
    const { name, on } = readTreeKey(key);
    if (on === undefined) found[name] = pickTree(held[name], below);
    // Without looking at the type: stock does not send `__typename` here.
    else Object.assign(found, pickTree(known(held, below), below));
  }
  return found;
}

/** Those fields of `held` that it has, so that one type's fragment does not undo another's. */
function known(held: Record<string, unknown>, tree: FieldTree): Record<string, unknown> {
  const names = Object.keys(tree).map((key) => readTreeKey(key).name);
  return Object.fromEntries(Object.entries(held).filter(([name]) => names.includes(name)));
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function idOf(typeName: string, index: number): string {
  return `${typeName}-${index}`;
}

function byId(world: World, typeName: string, id: unknown): StoredObject | null {
  const names = candidateTypes(world, typeName, undefined);
  return find(world, names, { id: String(id) });
}

/** Values of fields that are part of keys; they differ from object to object. */
function keyValue(typeName: string, id: string, field: string): unknown {
  const index = Number(id.match(/-(\d+)(\.ref)?$/)?.[1]);
  if (field === 'id') return id;
  if (Number.isNaN(index)) return undefined;
  if (typeName.endsWith('Ref')) {
    return field === 'code' ? `c${index >> 1}` : `p${index & 1}`;
  }
  if (field === 'ref') return { storedType: `${typeName}Ref`, storedId: `${id}.ref` };
  if (field === 'code') return `k${index >> 1}`;
  if (field === 'region') return `r${index & 1}`;
  return field === 'sku' ? `s${index}` : undefined;
}

function find(
  world: World,
  typeNames: readonly string[],
  representation: Readonly<Record<string, unknown>>,
): StoredObject | null {
  const { ref, ...flat } = representation;
  const fields = Object.entries(flat).filter(([name]) => ['id', 'code', 'region', 'sku'].includes(name));
  const refs = Object.entries((ref ?? {}) as Record<string, unknown>).filter(
    ([name]) => name !== '__typename',
  );
  for (const typeName of typeNames) {
    for (let index = 0; index < world.instances; index++) {
      const id = idOf(typeName, index);
      const fits =
        fields.every(([name, value]) => keyValue(typeName, id, name) === value) &&
        refs.every(([name, value]) => keyValue(`${typeName}Ref`, `${id}.ref`, name) === value);
      if (fits && fields.length + refs.length > 0)
        return { storedType: typeName, storedId: id, representation };
    }
  }
  return null;
}

/** Types that a value of a composite type may have, where all `owners` know them. */
function candidateTypes(world: World, name: string, owners: ReadonlySet<string> | undefined): string[] {
  const model = world.abstracts.find((candidate) => candidate.name === name);
  if (model === undefined) return [name];
  const names = model.members.map((member) => member.name);
  if (owners === undefined || model.keyed !== undefined) return names;
  return names.filter((member) =>
    [...owners].every((owner) => model.membersIn.get(owner)?.has(member) ?? true),
  );
}

interface Draw {
  readonly world: World;
  readonly random: Random;
  readonly field: FieldModel;
}

function draw(context: Draw, type: TypeRef, place: string): unknown {
  const { random } = context;
  if (!type.nonNull && random.chance(0.15)) return null;
  if ('of' in type) {
    return Array.from({ length: random.between(0, 3) }, (_, index) =>
      draw(context, type.of, `${place}[${index}]`),
    );
  }
  return drawNamed(context, type.name, place);
}

function drawNamed({ world, random, field }: Draw, name: string, place: string): unknown {
  const leaf = drawLeaf(random, name);
  if (leaf !== undefined) return leaf;
  const enumeration = world.enums.find((model) => model.name === name);
  if (enumeration !== undefined) {
    const known = enumeration.values.filter((value) =>
      [...field.owners].every((owner) => (enumeration.valuesIn.get(owner) ?? [value]).includes(value)),
    );
    return random.pick(known);
  }
  const candidates = candidateTypes(world, name, field.owners);
  if (candidates.length === 0) return null;
  const typeName = random.pick(candidates);
  const isEntity = objectNamed(world, typeName)?.kind === 'entity';
  return {
    storedType: typeName,
    storedId: isEntity ? idOf(typeName, random.between(0, world.instances - 1)) : place,
  };
}

function drawLeaf(random: Random, name: string): unknown {
  switch (name) {
    case 'Int':
      return random.pick([0, 1, -1, 42, 2_147_483_647, -2_147_483_648, random.between(0, 999)]);
    case 'Float':
      return random.pick([0, 0.5, -1.25, 1e21, 1e-7, 3, random.between(0, 999) / 8]);
    case 'Boolean':
      return random.chance(0.5);
    case 'String':
    case 'ID':
      return `${random.pick(TEXTS)}${random.chance(0.7) ? random.between(0, 99) : ''}`;
    case 'Stamp':
      return `2026-01-${10 + random.between(0, 19)}T00:00:00Z`;
    case 'Json':
      return random.pick([
        'text',
        7,
        false,
        [],
        {},
        { id: 'x', list: [1, null, 'ü'], deep: { a: { b: [] } } },
        [[1, 2], [{ z: 1, a: 2 }]],
      ]);
    default:
      return undefined;
  }
}
