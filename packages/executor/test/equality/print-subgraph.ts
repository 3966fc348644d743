import { hash } from './random.ts';
import {
  type AbstractModel,
  type ArgumentModel,
  type FieldModel,
  namedOf,
  type ObjectModel,
  printTree,
  printType,
  type TypeRef,
  type World,
} from './world.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"])';

/** The schema of one subgraph, in SDL. */
export function printSubgraph(world: World, subgraph: string): string {
  const used = new Set<string>();
  const print: Print = { world, subgraph, used, isOld: isOld(world, subgraph) };
  const types = [
    ...world.objects.map((object) => printObject(print, object)),
    ...world.abstracts.map((model) => printAbstract(print, model)),
  ].filter((text) => text !== '');
  const link = print.isOld ? [] : [LINK];
  return [...link, ...types, ...printInputs(world, subgraph, used)].join('\n\n');
}

/** Whether a subgraph is written for federation 1: drawn, where it needs nothing newer. */
function isOld(world: World, subgraph: string): boolean {
  if (hash(`${world.seed}/${subgraph}/old`) % 4 !== 0) return false;
  if (world.abstracts.some(({ keyed }) => keyed !== undefined)) return false;
  return world.objects.every(
    ({ keys, fields, declaredIn }) =>
      // There `@external` is for extensions; elsewhere it is passed over, and `@requires` with it.
      ([...declaredIn][0] !== subgraph || fields.every(({ external }) => !external.has(subgraph))) &&
      (keys.get(subgraph) ?? []).every(({ resolvable }) => resolvable) &&
      fields.every(({ owners, overriddenIn, inaccessible }) => {
        const isNewer = overriddenIn !== undefined || inaccessible;
        return !isNewer || !owners.has(subgraph);
      }),
  );
}

interface Print {
  readonly world: World;
  readonly subgraph: string;
  /** Names of types that were printed as a field's or an argument's. */
  readonly used: Set<string>;
  /** Whether it is written for federation 1. */
  readonly isOld: boolean;
}

function isShown(field: FieldModel, subgraph: string): boolean {
  return field.owners.has(subgraph) || field.external.has(subgraph) || field.overriddenIn === subgraph;
}

function printObject(print: Print, object: ObjectModel): string {
  const { world, subgraph } = print;
  const fields = object.fields.filter((field) => isShown(field, subgraph));
  if (!object.declaredIn.has(subgraph) || fields.length === 0) return '';
  const keys = (object.keys.get(subgraph) ?? []).map(
    ({ fields: key, resolvable }) => ` @key(fields: "${key}"${resolvable ? '' : ', resolvable: false'})`,
  );
  const interfaces = world.abstracts.filter(
    ({ kind, membersIn }) => kind === 'interface' && membersIn.get(subgraph)?.has(object.name) === true,
  );
  const implemented =
    interfaces.length === 0 ? '' : ` implements ${interfaces.map(({ name }) => name).join(' & ')}`;
  const lines = fields.map((field) => `  ${printField(print, object, field)}`);
  const extend = print.isOld && keys.length > 0 && isExtension(print, object) ? 'extend ' : '';
  return `${extend}type ${object.name}${implemented}${keys.join('')} {\n${lines.join('\n')}\n}`;
}

function names(field: string): (key: { readonly fields: string }) => boolean {
  return ({ fields }) => fields.split(/\W+/).includes(field);
}

/** In federation 1 one subgraph defines an entity and the others extend it. */
function isExtension({ subgraph }: Print, object: ObjectModel): boolean {
  return [...object.declaredIn][0] !== subgraph;
}

function printField(print: Print, object: ObjectModel, field: FieldModel): string {
  const { subgraph, used } = print;
  const owned = field.owners.has(subgraph);
  const type: TypeRef = field.looseIn.has(subgraph) ? { ...field.type, nonNull: false } : field.type;
  used.add(namedOf(type));
  const provides = field.provides.get(subgraph);
  const isShared = field.owners.size > 1 || field.provided || object.kind === 'value';
  const isOldKey =
    print.isOld && isExtension(print, object) && (object.keys.get(subgraph) ?? []).some(names(field.name));
  const isExternal = (!owned && field.overriddenIn !== subgraph) || isOldKey;
  const directives = [
    owned && isShared && object.name !== 'Mutation' && !print.isOld ? '@shareable' : '',
    isExternal ? '@external' : '',
    owned && field.requires !== undefined ? `@requires(fields: "${printTree(field.requires)}")` : '',
    provides === undefined ? '' : `@provides(fields: "${printTree(provides)}")`,
    owned && field.overriddenIn !== undefined ? `@override(from: "${field.overriddenIn}")` : '',
    field.inaccessible && owned ? '@inaccessible' : '',
  ].filter((text) => text !== '');
  return `${field.name}${printArguments(field.args, used)}: ${[printType(type), ...directives].join(' ')}`;
}

function printArguments(args: readonly ArgumentModel[], used: Set<string>): string {
  if (args.length === 0) return '';
  const printed = args.map(({ name, type, defaultValue }) => {
    used.add(namedOf(type));
    return `${name}: ${printType(type)}${defaultValue === undefined ? '' : ` = ${defaultValue}`}`;
  });
  return `(${printed.join(', ')})`;
}

function printAbstract(print: Print, model: AbstractModel): string {
  const { world, subgraph, used } = print;
  const { keyed, name } = model;
  if (keyed?.objectIn === subgraph) {
    const shape: ObjectModel = {
      name,
      kind: 'entity',
      fields: [],
      keys: new Map(),
      declaredIn: new Set([subgraph]),
    };
    const own = keyed.fields.map((field) => `  ${printField(print, shape, field)}`);
    const required = keyed.fields.some(({ requires }) => requires !== undefined);
    const external = required ? ['  label: String @external'] : [];
    return `type ${name} @key(fields: "id") @interfaceObject {\n${['  id: ID!', ...external, ...own].join('\n')}\n}`;
  }
  const members = model.membersIn.get(subgraph);
  if (members === undefined || members.size === 0) return '';
  if (model.kind === 'union') return `union ${name} = ${[...members].join(' | ')}`;
  const objects = world.objects.filter((object) => members.has(object.name));
  const shared = model.shared.filter((fieldName) =>
    objects.every(({ fields }) =>
      fields.some((field) => field.name === fieldName && field.owners.has(subgraph)),
    ),
  );
  for (const _ of shared) used.add('String');
  const lines = ['  id: ID!', ...shared.map((fieldName) => `  ${fieldName}: String`)];
  return `interface ${name}${keyed === undefined ? '' : ' @key(fields: "id")'} {\n${lines.join('\n')}\n}`;
}

function printInputs(world: World, subgraph: string, used: Set<string>): string[] {
  const chance = (what: string): boolean => hash(`${world.seed}/${subgraph}/${what}`) % 4 === 0;
  const printed: string[] = [];
  if (used.has('Filter')) {
    const extra = chance('filter') ? ` only${subgraph}: Int` : '';
    printed.push(
      `input Filter { text: String = "any", fit: Fit, ranks: [Rank!], page: Page, deep: [[Int]]${extra} }`,
    );
    for (const name of ['Fit', 'Rank', 'Page']) used.add(name);
  }
  if (used.has('Page')) printed.push('input Page { first: Int! = 2, after: ID }');
  for (const { name, values, valuesIn } of world.enums) {
    if (used.has(name)) printed.push(`enum ${name} { ${(valuesIn.get(subgraph) ?? values).join(' ')} }`);
  }
  for (const name of ['Json', 'Stamp']) if (used.has(name)) printed.push(`scalar ${name}`);
  return printed;
}
