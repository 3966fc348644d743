import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { fieldOf, isJsonObject, type JsonObject } from '../fetch/subgraph-fetch.ts';
import { collectFields, type SelectionScope } from './collect-fields.ts';
import { leafWriter } from './leaf.ts';
import type { Writing } from './writing.ts';

/**
 * Writes a value as JSON. The value is what subgraphs have answered; `null` and `undefined` are null.
 * @returns `undefined` when it is invalid or has to be null and may not be: then the error is noted, and the next nullable
 * value around it is null.
 */
export type WriteValue = (value: unknown, writing: Writing) => string | undefined;

/** What output is compiled for. */
export interface OutputScope extends SelectionScope {
  /** Answers a meta field of the root, as JSON; `null` for any other field. */
  readonly introspect: (nodes: readonly FieldNode[]) => ((writing: Writing) => string) | null;
  /** Whether several objects may hold the very same value at a position. */
  readonly isShared: (position: readonly string[]) => boolean;
  /** Fields that are null, whatever has come. A field that is asked for several times is, when all of its nodes are here. */
  readonly refused?: ReadonlySet<FieldNode>;
}

/** Where in the answer something stands: response keys from the root. */
type Position = readonly string[];

interface Field {
  /** `"key":`, after a comma where another field stands before it. */
  readonly start: string;
  readonly key: string;
  readonly write: WriteValue;
}

const NULL = 'null';

/** Compiles the writer of the root object. */
export function compileRoot(
  type: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
  scope: OutputScope,
): WriteValue {
  return compileObject(type, [selectionSet], [], scope);
}

/** Compiles the writer of objects of a type: the fields are worked out once for each type that comes. */
function compileObject(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  position: Position,
  scope: OutputScope,
): WriteValue {
  const byTypename = new Map<unknown, readonly Field[]>();
  // A subgraph may have its own name for the type of the root.
  const isRoot = position.length === 0;
  const fieldsOf = (typename: unknown, writing: Writing): readonly Field[] | undefined => {
    const runtime = runtimeType(typename, type, scope.schema);
    if (runtime === undefined) {
      writing.fail(`Invalid __typename found for object at ${writing.describe(type)}.`);
      return undefined;
    }
    const fields = compileFields(runtime, selectionSets, position, scope);
    byTypename.set(typename, fields);
    return fields;
  };
  return (value, writing) => {
    if (!isJsonObject(value)) {
      writing.fail(`Invalid value found for ${writing.describe(type)}.`);
      return undefined;
    }
    const typename = isRoot ? undefined : (value['__typename'] ?? undefined);
    const fields = byTypename.get(typename) ?? fieldsOf(typename, writing);
    return fields === undefined ? undefined : writeFields(fields, value, writing);
  };
}

// What an object says it is, if it can be that. Foreign subgraphs may say anything.
function runtimeType(
  typename: unknown,
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
): GraphQLCompositeType | undefined {
  if (typename === undefined || typename === type.name) return type;
  const runtime = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isAbstractType(type) || !(isObjectType(runtime) || isInterfaceType(runtime))) return undefined;
  return schema.isSubType(type, runtime) ? runtime : undefined;
}

function writeFields(fields: readonly Field[], object: JsonObject, writing: Writing): string | undefined {
  let json = '{';
  const { path } = writing;
  for (const { start, key, write } of fields) {
    path.push(key);
    const text = write(fieldOf(object, key), writing);
    path.pop();
    if (text === undefined) return undefined;
    json += start + text;
  }
  return `${json}}`;
}

function compileFields(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  position: Position,
  scope: OutputScope,
): readonly Field[] {
  const fields: Field[] = [];
  for (const [key, nodes] of collectFields(type, selectionSets, scope)) {
    const start = `${fields.length === 0 ? '' : ','}"${key}":`;
    fields.push({ key, start, write: compileField(type, nodes, [...position, key], scope) });
  }
  return fields;
}

function compileField(
  parent: GraphQLCompositeType,
  nodes: readonly FieldNode[],
  position: Position,
  scope: OutputScope,
): WriteValue {
  const name = nodes[0]?.name.value ?? '';
  if (name === '__typename') return compileTypename(parent, scope.schema);
  const introspect = position.length === 1 ? scope.introspect(nodes) : null;
  if (introspect !== null) return (_value, writing) => introspect(writing);
  const definition = 'getFields' in parent ? parent.getFields()[name] : undefined;
  if (definition === undefined) throw new Error(`the type ${parent.name} has no field "${name}"`);
  if (nodes.every((node) => scope.refused?.has(node) === true))
    return isNonNullType(definition.type) ? () => undefined : () => NULL;
  const write = compileValue(definition.type, nodes, position, scope);
  return (value, writing) => {
    writing.parent = parent;
    return write(value, writing);
  };
}

// An interface says nothing; an alias may have been answered by a subgraph that knows the object.
function compileTypename(parent: GraphQLCompositeType, schema: GraphQLSchema): WriteValue {
  const text = `"${parent.name}"`;
  if (isObjectType(parent)) return () => text;
  return (value) =>
    typeof value === 'string' && isObjectType(schema.getType(value)) ? `"${value}"` : undefined;
}

// What stands in many places is written once. What with errors is written anew: its errors stand at each place.
function rememberTexts(write: WriteValue): WriteValue {
  return (value, writing) => {
    if (typeof value !== 'object' || value === null) return write(value, writing);
    const texts = writing.textsOf(write);
    const known = texts.get(value);
    if (known !== undefined || texts.has(value)) return known;
    const errorsBefore = writing.errors.length;
    const text = write(value, writing);
    if (writing.errors.length === errorsBefore) texts.set(value, text);
    return text;
  };
}

function compileValue(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  position: Position,
  scope: OutputScope,
): WriteValue {
  if (isNonNullType(type)) {
    const inner = type.ofType;
    const write = compileNonNull(inner, nodes, position, scope);
    return (value, writing) => {
      if (value !== null && value !== undefined) return write(value, writing);
      writing.fail(`Cannot return null for non-nullable ${writing.describe(inner)}.`);
      return undefined;
    };
  }
  const write = compileNonNull(type, nodes, position, scope);
  return (value, writing) => (value === null || value === undefined ? NULL : (write(value, writing) ?? NULL));
}

function compileNonNull(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  position: Position,
  scope: OutputScope,
): WriteValue {
  const remember = scope.isShared(position) ? rememberTexts : (write: WriteValue) => write;
  if (isListType(type))
    return remember(compileList(compileValue(type.ofType, nodes, position, scope), type.ofType));
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (value, writing) => {
      const text = write(value);
      if (text === undefined) writing.fail(`Invalid value found for ${writing.describe(type)}.`);
      return text;
    };
  }
  if (!isCompositeType(type)) throw new Error(`a field cannot have the type ${String(type)}`);
  const selectionSets = nodes.flatMap(({ selectionSet }) =>
    selectionSet === undefined ? [] : [selectionSet],
  );
  return remember(compileObject(type, selectionSets, position, scope));
}

// Every element is written even when one of them ends the list: each error is worth knowing.
function compileList(write: WriteValue, type: GraphQLOutputType): WriteValue {
  return (value, writing) => {
    if (!Array.isArray(value)) {
      writing.fail(`Invalid value found for ${writing.describe(type)}.`);
      return undefined;
    }
    let json = '[';
    let isWhole = true;
    const { path, parent } = writing;
    for (const [index, element] of value.entries()) {
      path.push(index);
      writing.parent = parent;
      const text = write(element, writing);
      path.pop();
      if (text === undefined) isWhole = false;
      else json += index === 0 ? text : `,${text}`;
    }
    return isWhole ? `${json}]` : undefined;
  };
}
