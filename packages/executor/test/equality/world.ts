/** A type as fields and arguments name it. */
export type TypeRef = NamedRef | ListRef;
export interface NamedRef {
  readonly name: string;
  readonly nonNull: boolean;
}
export interface ListRef {
  readonly of: TypeRef;
  readonly nonNull: boolean;
}

/**
 * Selected fields, with those below them. A key is `name`, or `name(size: L)`, or `... on Type` before what only that type
 * has.
 */
export interface FieldTree {
  readonly [field: string]: FieldTree;
}

export interface ArgumentModel {
  readonly name: string;
  readonly type: TypeRef;
  /** In GraphQL's syntax. */
  readonly defaultValue?: string;
}

/** How a field gets its value. */
export type Behavior = 'value' | 'by-id' | 'tick';

export interface FieldModel {
  readonly name: string;
  type: TypeRef;
  readonly args: readonly ArgumentModel[];
  readonly behavior: Behavior;
  /** Subgraphs that resolve it. */
  readonly owners: Set<string>;
  /** Subgraphs that name it without resolving it. */
  readonly external: Set<string>;
  /** Subgraphs that declare it nullable although others do not. */
  readonly looseIn: Set<string>;
  /** What its only owner needs of other subgraphs first. */
  requires?: FieldTree;
  /** Per owner, what it knows of the object below without owning it. */
  readonly provides: Map<string, FieldTree>;
  /** The subgraph that lost it to its only owner but still declares it. */
  overriddenIn?: string;
  /** Whether another subgraph provides it on some path; its owners must then share it. */
  provided: boolean;
  inaccessible: boolean;
}

export interface ObjectModel {
  readonly name: string;
  readonly kind: 'root' | 'entity' | 'value';
  readonly fields: FieldModel[];
  /** Keys per subgraph, for entities. */
  readonly keys: Map<string, { readonly fields: string; readonly resolvable: boolean }[]>;
  /** All subgraphs that declare it. */
  readonly declaredIn: Set<string>;
}

export interface AbstractModel {
  readonly name: string;
  readonly kind: 'interface' | 'union';
  readonly members: ObjectModel[];
  /** Members per subgraph; a subgraph without a line does not declare it. */
  readonly membersIn: Map<string, Set<string>>;
  /** For an interface: fields beyond `id` that each member has. */
  readonly shared: readonly string[];
  /** For an interface with a key: where it is an interface, and where an object that stands for it. */
  readonly keyed?: { readonly home: string; readonly objectIn: string; readonly fields: FieldModel[] };
}

export interface EnumModel {
  readonly name: string;
  readonly values: readonly string[];
  /** Values per subgraph, when they differ. */
  readonly valuesIn: ReadonlyMap<string, readonly string[]>;
}

/** A generated supergraph with the rules of its content. */
export interface World {
  readonly seed: string;
  /** Whether it has what stock is known to get wrong: composite types in lists of lists, fragments on wider types. */
  readonly wild: boolean;
  readonly subgraphs: readonly string[];
  readonly objects: readonly ObjectModel[];
  readonly abstracts: readonly AbstractModel[];
  readonly enums: readonly EnumModel[];
  /** How many objects there are of each entity type. */
  readonly instances: number;
}

/** The type at the bottom of lists. */
export function namedOf(type: TypeRef): string {
  return 'of' in type ? namedOf(type.of) : type.name;
}

export function printType(type: TypeRef): string {
  const inner = 'of' in type ? `[${printType(type.of)}]` : type.name;
  return type.nonNull ? `${inner}!` : inner;
}

export function printTree(tree: FieldTree): string {
  return Object.entries(tree)
    .map(([name, below]) => (Object.keys(below).length === 0 ? name : `${name} { ${printTree(below)} }`))
    .join(' ');
}

/** What a key of a {@link FieldTree} says. */
export function readTreeKey(key: string): {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly on: string | undefined;
} {
  const on = key.match(/^\.\.\. on (\w+)$/)?.[1];
  const [, name = key, argument, value] = key.match(/^(\w+)\((\w+): (\w+)\)$/) ?? [];
  return { name, args: argument === undefined ? {} : { [argument]: value }, on };
}

export function createField(
  name: string,
  type: TypeRef,
  owners: Iterable<string>,
  extras: { readonly args?: readonly ArgumentModel[]; readonly behavior?: Behavior } = {},
): FieldModel {
  return {
    name,
    type,
    args: extras.args ?? [],
    behavior: extras.behavior ?? 'value',
    owners: new Set(owners),
    external: new Set(),
    looseIn: new Set(),
    provides: new Map(),
    provided: false,
    inaccessible: false,
  };
}

export function objectNamed(world: World, name: string): ObjectModel | undefined {
  return world.objects.find((object) => object.name === name);
}

/** The model of a field of an object, those that an interface object adds included. */
export function fieldNamed(world: World, typeName: string, name: string): FieldModel | undefined {
  const own = objectNamed(world, typeName)?.fields.find((field) => field.name === name);
  if (own !== undefined) return own;
  const keyed = world.abstracts.find(
    (model) => model.keyed !== undefined && model.members.some((member) => member.name === typeName),
  )?.keyed;
  return keyed?.fields.find((field) => field.name === name);
}
