import {
  type DocumentNode,
  getNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Subgraph } from '../supergraph/subgraphs.ts';
import type { EventPayload } from './stored-event.ts';

/** The answer of an operation over an event; `null` when the event is not plainly the answer and graphql-js has to look. */
export type PlainProjection = (payload: EventPayload) => Record<string, unknown> | null;

/** Says of a value that it is no plain one. `undefined` occurs in no JSON. */
const UNPLAIN = undefined;
/** The value as it is answered. */
type Read = (value: unknown) => unknown;

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);
// What a scalar has that an SDL tells nothing about: it is answered as it is.
const AS_IT_IS = new GraphQLScalarType({ name: 'Plain' }).serialize;

const isText = (value: unknown): boolean => typeof value === 'string';
const PLAIN_SCALARS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['String', isText],
  ['ID', isText],
  ['Boolean', (value: unknown) => typeof value === 'boolean'],
  ['Float', (value: unknown) => typeof value === 'number'],
  [
    'Int',
    (value: unknown) => Number.isInteger(value) && Number(value) <= MAX_INT && Number(value) >= MIN_INT,
  ],
]);

const compiled = new WeakMap<DocumentNode, PlainProjection | null>();

/** The same for the operation of a plan, which is of one subgraph: compiled once, for thousands may run on it. */
export function plainProjectionOf(subgraph: Subgraph, document: DocumentNode): PlainProjection | null {
  const known = compiled.get(document);
  if (known !== undefined) return known;
  const projection = compilePlainProjection(subgraph.schema(), document);
  compiled.set(document, projection);
  return projection;
}

/**
 * Compiles an operation with one root field into a reader of events, for those that carry whatever it asks for. Most do: the
 * rest of an object comes from other subgraphs. The reader answers what graphql-js would; whatever needs a judgment (something
 * absent, a null where none may be, a value that would have to be converted) it leaves to graphql-js.
 * @returns `null` for an operation with fragments, directives, arguments below its root field, or abstract types.
 */
export function compilePlainProjection(
  schema: GraphQLSchema,
  document: DocumentNode,
): PlainProjection | null {
  const [operation, ...others] = document.definitions;
  const root = schema.getSubscriptionType();
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0 || root == null) return null;
  const [node, ...siblings] = operation.selectionSet.selections;
  if (node?.kind !== Kind.FIELD || siblings.length > 0 || (node.directives ?? []).length > 0) return null;
  const definition = root.getFields()[node.name.value];
  if (definition === undefined) return null;
  const name = node.alias?.value ?? node.name.value;
  const read = compileValue(definition.type, node.selectionSet);
  if (read === null) return null;
  return (payload) => {
    const value = read(payload);
    return value === UNPLAIN ? null : { [name]: value };
  };
}

function compileValue(type: GraphQLOutputType, selections: SelectionSetNode | undefined): Read | null {
  const read = compileNullable(getNullableType(type), selections);
  if (read === null) return null;
  const mayBeNull = !isNonNullType(type);
  return (value) => {
    if (value === null) return mayBeNull ? null : UNPLAIN;
    return read(value);
  };
}

function compileNullable(type: GraphQLOutputType, selections: SelectionSetNode | undefined): Read | null {
  if (isListType(type)) return compileList(type.ofType as GraphQLOutputType, selections);
  if (isObjectType(type) && selections !== undefined) return compileObject(type, selections);
  if (isEnumType(type)) return (value) => (type.getValue(String(value))?.value === value ? value : UNPLAIN);
  if (!isScalarType(type)) return null;
  const isPlain = PLAIN_SCALARS.get(type.name);
  if (isPlain !== undefined) return (value) => (isPlain(value) ? value : UNPLAIN);
  return type.serialize === AS_IT_IS ? (value) => value : null;
}

function compileList(type: GraphQLOutputType, selections: SelectionSetNode | undefined): Read | null {
  const read = compileValue(type, selections);
  if (read === null) return null;
  return (value) => {
    if (!Array.isArray(value)) return UNPLAIN;
    const items = value.map(read);
    return items.includes(UNPLAIN) ? UNPLAIN : items;
  };
}

interface PlainField {
  readonly name: string;
  readonly responseName: string;
  readonly read: Read;
}

function compileObject(type: GraphQLObjectType, { selections }: SelectionSetNode): Read | null {
  const fields: PlainField[] = [];
  for (const node of selections) {
    if (node.kind !== Kind.FIELD || (node.directives ?? []).length + (node.arguments ?? []).length > 0)
      return null;
    const name = node.name.value;
    const responseName = node.alias?.value ?? name;
    const definition = type.getFields()[name];
    const read = definition === undefined ? null : compileValue(definition.type, node.selectionSet);
    const isTypename = name === '__typename';
    if ((read === null && !isTypename) || responseName === '__proto__') return null;
    // Two selections of one field are merged.
    if (fields.some((field) => field.responseName === responseName)) return null;
    fields.push({ name, responseName, read: isTypename ? () => type.name : (read ?? (() => UNPLAIN)) });
  }
  return (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return UNPLAIN;
    const object = value as Readonly<Record<string, unknown>>;
    const answer: Record<string, unknown> = {};
    for (const { name, responseName, read } of fields) {
      const known = read(object[name]);
      if (known === UNPLAIN) return UNPLAIN;
      answer[responseName] = known;
    }
    return answer;
  };
}
