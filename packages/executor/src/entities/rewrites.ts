import type { FetchDataRewrite } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';
import { isJsonObject, type JsonObject, setField } from '../fetch/subgraph-fetch.ts';

const CONDITION = '... on ';

/** Applies the rewrites that the planner wants for a representation or for an answer, in place. */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
  supergraph: GraphQLSchema,
): void {
  for (const rewrite of rewrites) applyAt(rewrite.path, value, { rewrite, supergraph });
}

interface Rewriting {
  readonly rewrite: FetchDataRewrite;
  readonly supergraph: GraphQLSchema;
}

function applyAt(path: readonly string[], value: unknown, rewriting: Rewriting): void {
  if (Array.isArray(value)) {
    for (const element of value) applyAt(path, element, rewriting);
    return;
  }
  const [first, ...rest] = path;
  if (!isJsonObject(value) || first === undefined) return;
  if (first.startsWith(CONDITION)) {
    const condition = first.slice(CONDITION.length);
    const typename = value['__typename'];
    // An object that does not say what it is may be anything.
    if (typename === undefined || isOfType(typename, condition, rewriting.supergraph))
      applyAt(rest, value, rewriting);
  } else if (rest.length > 0) {
    if (Object.hasOwn(value, first)) applyAt(rest, value[first], rewriting);
  } else {
    rewriteField(value, first, rewriting.rewrite);
  }
}

function rewriteField(object: JsonObject, field: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') {
    object[field] = rewrite.setValueTo;
  } else if (Object.hasOwn(object, field) && object[field] != null) {
    setField(object, rewrite.renameKeyTo, object[field]);
    object[field] = undefined;
  }
}

/** True when an object of the type `typename` meets a condition on the type `condition`. */
export function isOfType(typename: unknown, condition: string, schema: GraphQLSchema): boolean {
  if (typename === condition) return true;
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined;
  const wanted = schema.getType(condition);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}
