import { readFileSync } from 'node:fs';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { buildSupergraphSchema } from '../../gateway/src/supergraph/supergraph-schema.ts';
import type { Question } from './ask.ts';
import { INSTEAD_OF, KIND_AT, SENSIBLE, SENSIBLE_INPUT } from './places.ts';
import { argumentsOf, type IdPlace, idPlacesOf, operationOn, selectionOf } from './schema-walk.ts';
import type { Kind, Objects } from './world.ts';

/** The composed supergraph: what clients see, its subgraphs and its rules. */
export const { api, subgraphs, authorization } = buildSupergraphSchema(
  readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'),
);

/** The subgraphs as a list. */
export const SUBGRAPHS = [...subgraphs.values()];

/** Every place of the root fields that takes an id. */
export const PLACES = idPlacesOf(api);

/** What the id in a place is of; `undefined` for a place that nobody has classified. */
export const kindAt = (name: string): Kind | null | undefined => KIND_AT[name];

/** The operation that has an id in a place, and the asker's own objects wherever else one has to be. */
export function questionAt(place: IdPlace, id: string, others: Objects): Question {
  const isTested = (path: readonly string[]): boolean => path.join('.') === place.path.join('.');
  const at = (path: readonly string[]): string => {
    const kind = kindAt(place.name.replace(/\(.*/, `(${path.join('.')})`));
    return kind == null ? '' : others[kind];
  };
  const variables = argumentsOf(place.field, (path, required) =>
    isTested(path) ? id : required ? at(path) : undefined,
  );
  return operationOn(place, sensible(place.field.name, variables, place.path), 2);
}

/** Arguments with which a field gets as far as looking at what is tested. */
export function sensible(
  field: string,
  variables: Readonly<Record<string, unknown>>,
  tested: readonly string[] = [],
): Record<string, unknown> {
  const others = Object.entries(SENSIBLE[field] ?? {}).filter(([name]) => name !== tested[0]);
  const replaced = INSTEAD_OF[`${field}(${tested.join('.')})`];
  const input = Object.entries(SENSIBLE_INPUT[field] ?? {}).filter(([name]) => name !== replaced);
  return {
    ...variables,
    ...Object.fromEntries(others),
    ...(input.length === 0 ? {} : { input: completed(variables['input'], Object.fromEntries(input)) }),
  };
}

function completed(given: unknown, others: unknown): unknown {
  if (Array.isArray(given)) return given.map((one) => completed(one, others));
  if (!isRecord(given) || !isRecord(others)) return others;
  const values = Object.entries(others).map(([name, value]) => [name, completed(given[name], value)]);
  return { ...given, ...Object.fromEntries(values) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Where a type is described; what other subgraphs repeat of it they may not be able to answer. */
const HOMES: Readonly<Record<string, string>> = {
  Task: 'tasks',
  Meeting: 'meetings',
  User: 'users',
  Transcript: 'transcripts',
  ActionItem: 'ai',
};

/** Asks a subgraph for an entity, as the gateway does. */
export function entityQuestion(subgraph: string, type: string, id: string): Question {
  const schema = schemaOf(subgraph);
  const object = schema.getType(type);
  if (!isObjectType(object)) throw new Error(`the subgraph has no object type ${type}`);
  const wants = (name: string, field: string): boolean => {
    const home = HOMES[name] ?? subgraph;
    const there = home === subgraph ? undefined : schemaOf(home).getType(name);
    return field === 'id' || !(isObjectType(there) && field in there.getFields());
  };
  // What the gateway would bring along for @requires.
  const brought = type === 'Meeting' ? { closed: false } : {};
  return {
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} ${selectionOf(object, 2, wants)} } }`,
    variables: { representations: [{ __typename: type, id, ...brought }] },
  };
}

function schemaOf(subgraph: string): GraphQLSchema {
  const found = subgraphs.get(subgraph);
  if (found === undefined) throw new Error(`there is no subgraph "${subgraph}"`);
  return found.schema();
}
