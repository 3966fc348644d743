import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { OutputScope } from './compile-output.ts';

/** Answers `__schema` and `__type` from the schema itself, as graphql-js does. */
export function createIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): OutputScope['introspect'] {
  return (selections) => {
    const [first] = selections;
    if (first === undefined || !['__schema', '__type'].includes(first.name.value)) return null;
    const key = first.alias?.value ?? first.name.value;
    const document = documentOf(selections, operation, fragments);
    return ({ variables }) => {
      const { data, errors } = executeSync({
        schema,
        document,
        rootValue: {},
        variableValues: variables,
      });
      if (errors?.[0] !== undefined) throw errors[0];
      return JSON.stringify(data?.[key] ?? null);
    };
  };
}

function documentOf(
  selections: readonly FieldNode[],
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
  // Fragments that are not used any more do no harm: nothing is validated here.
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments.values()] };
}
