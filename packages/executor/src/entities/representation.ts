import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { fieldOf, isJsonObject, type JsonObject } from '../fetch/subgraph-fetch.ts';
import { quote } from '../output/leaf.ts';
import { mergeJson } from './merge-json.ts';
import { applyRewrites, isOfType } from './rewrites.ts';

/** JSON of an object's representation; `null` when the object lacks something that is required, and stays as it is. */
export type Represent = (source: JsonObject) => string | null;

/**
 * Compiles what a subgraph requires of an object. Most often that is a few plain fields on one type, which are written
 * at once; anything else goes the long way over an object.
 */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[],
  supergraph: GraphQLSchema,
): Represent {
  const byTypename = new Map<string, Represent>();
  const general: Represent = (source) => {
    const representation = select(source, requires, supergraph);
    if (representation === null || !representation['__typename']) return null;
    applyRewrites(rewrites, representation, supergraph);
    return JSON.stringify(representation);
  };
  return (source) => {
    const typename = source['__typename'];
    if (typeof typename !== 'string' || rewrites.length > 0) return general(source);
    let represent = byTypename.get(typename);
    if (represent === undefined) {
      represent = compilePlain(requires, typename, supergraph) ?? general;
      // Subgraphs are foreign: without the check they could fill the memory with names of types.
      if (supergraph.getType(typename) !== undefined) byTypename.set(typename, represent);
    }
    return represent(source);
  };
}

// Plain fields of one type condition; `null` when the requirement is more than that.
function compilePlain(
  requires: readonly QueryPlanSelectionNode[],
  typename: string,
  supergraph: GraphQLSchema,
): Represent | null {
  const matching = requires.filter(
    (node) =>
      node.kind === 'Field' ||
      (node.typeCondition !== undefined && isOfType(typename, node.typeCondition, supergraph)),
  );
  const [only] = matching;
  if (only?.kind !== 'InlineFragment' || matching.length > 1) return null;
  const fields: { readonly key: string; readonly start: string }[] = [];
  // What is the same for all objects of the type, since the last field that is not.
  let constant = '';
  let isTyped = false;
  for (const [index, field] of only.selections.entries()) {
    if (field.kind !== 'Field' || field.selections !== undefined) return null;
    const key = field.alias ?? field.name;
    constant += `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    if (key === '__typename') {
      isTyped = true;
      constant += JSON.stringify(typename);
    } else {
      fields.push({ key, start: constant });
      constant = '';
    }
  }
  if (!isTyped) return null;
  const end = `${constant}}`;
  return (source) => {
    let json = '';
    for (const { key, start } of fields) {
      const value = fieldOf(source, key);
      if (value === undefined) return null;
      json += start + (typeof value === 'string' ? quote(value) : JSON.stringify(value));
    }
    return json + end;
  };
}

function select(
  source: unknown,
  selections: readonly QueryPlanSelectionNode[],
  supergraph: GraphQLSchema,
): JsonObject | null {
  if (!isJsonObject(source)) return null;
  const selected: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      if (!Object.hasOwn(source, key) || source[key] === undefined) return null;
      selected[key] = selectValue(source[key], selection.selections, supergraph);
    } else if (
      selection.typeCondition !== undefined &&
      isOfType(source['__typename'], selection.typeCondition, supergraph)
    ) {
      const part = select(source, selection.selections, supergraph);
      if (part !== null) mergeJson(selected, part);
    }
  }
  return selected;
}

function selectValue(
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
  supergraph: GraphQLSchema,
): unknown {
  if (selections === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => selectValue(element, selections, supergraph));
  return select(value, selections, supergraph);
}
