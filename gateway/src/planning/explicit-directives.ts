import {
  astFromValue,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLSchema,
  isSpecifiedDirective,
  Kind,
  visit,
} from 'graphql';

/**
 * The same document with the defaults of its custom directives' arguments written out: a subgraph may define the directive with
 * another default than the supergraph, or with none.
 */
export function withExplicitDirectives(document: DocumentNode, api: GraphQLSchema): DocumentNode {
  return visit(document, {
    Directive: (node): DirectiveNode | undefined => {
      const definition = api.getDirective(node.name.value);
      if (definition == null || isSpecifiedDirective(definition)) return undefined;
      const given = new Set(node.arguments?.map(({ name }) => name.value));
      const added = definition.args.filter(
        ({ name, defaultValue }) => !given.has(name) && defaultValue !== undefined,
      );
      if (added.length === 0) return undefined;
      return { ...node, arguments: [...(node.arguments ?? []), ...added.flatMap(defaultOf)] };
    },
  });
}

function defaultOf({ name, defaultValue, type }: GraphQLArgument): NonNullable<DirectiveNode['arguments']> {
  const value = astFromValue(defaultValue, type);
  return value == null ? [] : [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value }];
}
