import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLInterfaceType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  print,
  validate,
} from 'graphql';
import type { ClientRequest } from './contender.ts';
import { type ArgumentSource, createArguments } from './generate-arguments.ts';
import type { Random } from './random.ts';

const MAX_TRIES = 40;
const MAX_FIELDS = 45;

/** What an operation is drawn from. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  /** Ids of the objects behind a type, for arguments named `id`. */
  readonly idsOf: (typeName: string) => readonly string[];
  /** Whether a fragment may be on a wider type than what it is in. */
  readonly wild: boolean;
}

/**
 * Draws a valid operation with its variables.
 * @throws Error when 40 draws are all invalid.
 */
export function generateOperation(source: OperationSource, random: Random): ClientRequest {
  const { schema } = source;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const request = draft(source, random.fork(`operation ${attempt}`));
    if (validate(schema, parse(request.query)).length === 0) return request;
  }
  throw new Error(`No draft of an operation is valid for ${schema.getQueryType()?.toString()}.`);
}

interface Draft {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly args: ArgumentSource;
  readonly wild: boolean;
  /** Text of named fragments by name. */
  readonly fragments: Map<string, { readonly on: string; readonly text: string }>;
  aliases: number;
  fields: number;
}

function draft({ schema, idsOf, wild }: OperationSource, random: Random): ClientRequest {
  const args = createArguments(random, idsOf);
  const context: Draft = { schema, random, args, wild, fragments: new Map(), aliases: 0, fields: 0 };
  const mutation = schema.getMutationType();
  const isMutation = mutation != null && random.chance(0.15);
  const root = isMutation ? mutation : schema.getQueryType();
  if (root == null) throw new Error('There is no Query type.');
  const body = selectionSet(context, root, 0);
  const named = random.chance(0.7);
  const kind = isMutation ? 'mutation' : 'query';
  const head = `${kind}${named ? ' Main' : ''}${args.definitions()}`;
  const fragments = [...context.fragments]
    // An unused one would be invalid.
    .filter(([name]) => isSpread(name, [body, ...[...context.fragments.values()].map(({ text }) => text)]))
    .map(([name, { on, text }]) => `fragment ${name} on ${on} ${text}`);
  const other = named && random.chance(0.1) ? ['query Other { __typename }'] : [];
  return {
    query: print(parse([...other, `${head} ${body}`, ...fragments].join('\n'))),
    variables: args.variables(),
    ...(named && (other.length > 0 || random.chance(0.5)) ? { operationName: 'Main' } : {}),
  };
}

function isSpread(name: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.includes(`...${name} `) || text.includes(`...${name}\n`));
}

function selectionSet(context: Draft, type: GraphQLNamedType, depth: number): string {
  const { random, schema } = context;
  const lines: string[] = [];
  const count = depth === 0 ? random.between(1, 3) : random.between(1, 4);
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of random.sample(fieldsOf(type, depth), count))
      lines.push(selection(context, field, depth));
  }
  if (random.chance(0.25))
    lines.push(random.chance(0.3) ? `kind${context.aliases++}: __typename` : '__typename');
  if (isAbstractType(type)) {
    for (const member of random.sample(schema.getPossibleTypes(type), random.between(0, 3))) {
      lines.push(fragment(context, member, depth));
    }
  }
  const wider = widerTypes(context, type);
  if (depth > 0 && wider.length > 0 && random.chance(0.2)) {
    lines.push(fragment(context, random.pick(wider), depth));
  }
  // Not among mutations: the planner runs one twice that stands in a conditional fragment, too.
  if (type.name !== 'Mutation' && random.chance(0.06))
    lines.push(`... ${directive(context)} { ${inlineBody(context, type, depth)} }`);
  if (depth === 0 && type.name === 'Query' && random.chance(0.06)) lines.push(introspection(context));
  if (lines.length === 0) lines.push('__typename');
  return `{\n${lines.join('\n')}\n}`;
}

function inlineBody(context: Draft, type: GraphQLNamedType, depth: number): string {
  return selectionSet(context, type, Math.max(depth, 3)).slice(1, -1);
}

/** Other types in which an object of this one may be seen. */
function widerTypes({ schema, wild }: Draft, type: GraphQLNamedType): GraphQLNamedType[] {
  if (!isCompositeType(type) || !wild) return [];
  const possible = new Set(isAbstractType(type) ? schema.getPossibleTypes(type) : [type]);
  return Object.values(schema.getTypeMap()).filter(
    (other) =>
      (isInterfaceType(other) || isUnionType(other)) &&
      schema.getPossibleTypes(other).some((member) => possible.has(member)),
  );
}

function fieldsOf(
  type: GraphQLObjectType | GraphQLInterfaceType,
  depth: number,
): GraphQLField<unknown, unknown>[] {
  const fields = Object.values(type.getFields());
  return depth < 4 ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
}

function selection(context: Draft, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { random } = context;
  const type = getNamedType(field.type);
  context.fields += 1;
  const deep = context.fields > MAX_FIELDS ? 9 : depth + 1;
  const below = isCompositeType(type) ? ` ${selectionSet(context, type, deep)}` : '';
  const printed = context.args.print(field);
  const alias = printed !== '' || random.chance(0.2) ? `${field.name.slice(0, 1)}${context.aliases++}: ` : '';
  const line = `${alias}${field.name}${printed}${maybeDirective(context)}${below}`;
  // The same field again, with other things below it.
  if (below === '' || !random.chance(0.15) || context.fields > MAX_FIELDS) return line;
  return `${line}\n${alias}${field.name}${printed} ${selectionSet(context, type, deep)}`;
}

function fragment(context: Draft, type: GraphQLNamedType, depth: number): string {
  const { random, fragments } = context;
  const known = [...fragments].filter(([, { on }]) => on === type.name).map(([name]) => name);
  if (known.length > 0 && random.chance(0.4)) return `...${random.pick(known)} ${maybeDirective(context)}`;
  const text = selectionSet(context, type, Math.min(depth + 1, 4));
  if (random.chance(0.6)) return `... on ${type.name}${maybeDirective(context)} ${text}`;
  const name = `F${fragments.size}`;
  fragments.set(name, { on: type.name, text });
  return `...${name} ${maybeDirective(context)}`;
}

function maybeDirective(context: Draft): string {
  return context.random.chance(0.1) ? ` ${directive(context)}` : '';
}

function directive({ random, args }: Draft): string {
  const name = random.pick(['skip', 'include']);
  const one = `@${name}(if: ${args.condition()})`;
  return random.chance(0.1)
    ? `${one} @${name === 'skip' ? 'include' : 'skip'}(if: ${args.condition()})`
    : one;
}

function introspection({ random, schema, args }: Draft): string {
  const composite = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  return random.pick([
    '__schema { queryType { name } mutationType { name } }',
    'meta: __schema { types { name kind } }',
    `__type(name: "${random.pick(composite).name}") { name kind fields { name type { kind ofType { name } } } enumValues { name } possibleTypes { name } }`,
    '__type(name: "Nothing") { name }',
    `__schema { directives @include(if: ${args.condition()}) { name } }`,
  ]);
}
