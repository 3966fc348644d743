import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type OperationTypeNode,
} from 'graphql';

/** A field of a root type with one place in its arguments that takes an id. */
export interface IdPlace {
  readonly operation: 'query' | 'mutation' | 'subscription';
  readonly field: GraphQLField<unknown, unknown>;
  /** Names from the argument down. */
  readonly path: readonly string[];
  /** `Query.meeting(id)`, `Mutation.createTodo(input.meetingId)`. */
  readonly name: string;
}

const OPERATIONS = ['query', 'mutation', 'subscription'] as const;

/** A field of a root type. */
export type RootField = Pick<IdPlace, 'operation' | 'field'> & {
  /** `Query.meeting`. */
  readonly coordinate: string;
};

/** The fields of all root types of a schema. */
export function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  return OPERATIONS.flatMap((operation) => {
    const root = schema.getRootType(operation as OperationTypeNode);
    return Object.values(root?.getFields() ?? {}).map((field) => ({
      operation,
      field,
      coordinate: `${root?.name}.${field.name}`,
    }));
  });
}

/** Every place of a schema's root fields that takes an id, by walking it. */
export function idPlacesOf(schema: GraphQLSchema): IdPlace[] {
  return rootFieldsOf(schema).flatMap(({ operation, field, coordinate }) =>
    field.args
      .flatMap((argument) => idPathsOf(argument, []))
      .map((path) => ({ operation, field, path, name: `${coordinate}(${path.join('.')})` })),
  );
}

function idPathsOf(
  { name, type }: GraphQLArgument | GraphQLInputField,
  above: readonly string[],
): readonly string[][] {
  const named = getNamedType(type);
  const path = [...above, name];
  if (named.name === 'ID') return [path];
  // No input type holds itself; if one ever does, this does not end, and that is the time to think about it.
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => idPathsOf(field, path));
}

/** Answers the id that a place gets; `undefined` leaves an optional place out. */
export type IdFor = (path: readonly string[], required: boolean) => string | undefined;

/** Arguments of a field: what has to be given, and the ids that `idFor` gives. */
export function argumentsOf({ args }: GraphQLField<unknown, unknown>, idFor: IdFor): Record<string, unknown> {
  return Object.fromEntries(
    args.flatMap((argument) => valueOf(argument, [], { idFor, required: isRequiredArgument(argument) })),
  );
}

function valueOf(
  { name, type }: GraphQLArgument | GraphQLInputField,
  above: readonly string[],
  context: { readonly idFor: IdFor; readonly required: boolean },
): [string, unknown][] {
  const path = [...above, name];
  const value = plainValue(type, path, context);
  return value === undefined ? [] : [[name, isListType(nullable(type)) ? [value] : value]];
}

function plainValue(
  type: GraphQLInputType,
  path: readonly string[],
  { idFor, required }: { readonly idFor: IdFor; readonly required: boolean },
): unknown {
  const named = getNamedType(type);
  if (named.name === 'ID') return idFor(path, required);
  if (isInputObjectType(named)) {
    const entries = Object.values(named.getFields()).flatMap((field) =>
      valueOf(field, path, { idFor, required: required && isRequiredInputField(field) }),
    );
    return required || entries.length > 0 ? completed(named, entries, path, idFor) : undefined;
  }
  if (!required) return undefined;
  return isEnumType(named) ? named.getValues()[0]?.name : SAMPLES[named.name];
}

// An optional object that has an id in it needs its other fields as well.
function completed(
  type: { getFields: () => Record<string, GraphQLInputField> },
  entries: [string, unknown][],
  path: readonly string[],
  idFor: IdFor,
): Record<string, unknown> {
  const given = Object.fromEntries(entries);
  const missing = Object.values(type.getFields()).filter(
    (field) => isRequiredInputField(field) && !(field.name in given),
  );
  const rest = missing.flatMap((field) => valueOf(field, path, { idFor, required: true }));
  return { ...given, ...Object.fromEntries(rest) };
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  String: 'a text of some length',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2030-01-01T00:00:00Z',
};

/** Whether a field is worth selecting. */
export type FieldFilter = (type: string, field: string) => boolean;

/** Selects everything that needs no arguments, down to a depth. */
export function selectionOf(type: GraphQLOutputType, depth: number, wants: FieldFilter = () => true): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!('getFields' in named) || depth === 0) return '{ __typename }';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument) || !wants(named.name, field.name)) return [];
    const inner = getNamedType(field.type);
    return isCompositeType(inner)
      ? [`${field.name} ${selectionOf(field.type, depth - 1, wants)}`]
      : [field.name];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

/** Text and variables of an operation on one root field. */
export function operationOn(
  { operation, field }: Pick<IdPlace, 'operation' | 'field'>,
  variables: Readonly<Record<string, unknown>>,
  depth: number,
): { readonly query: string; readonly variables: Readonly<Record<string, unknown>> } {
  const given = field.args.filter(({ name }) => name in variables);
  const parameters = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const head = given.length === 0 ? '' : `(${parameters})`;
  const call = given.length === 0 ? '' : `(${passed})`;
  return {
    query: `${operation} ${head} { ${field.name}${call} ${selectionOf(field.type, depth)} }`,
    variables,
  };
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}
