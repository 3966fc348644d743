import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
} from 'graphql';

/**
 * The same supergraph with the keys `resolvable: false` of each type behind its others. Apollo's planner takes the first key
 * that a subgraph knows to come back to it with what a field requires, and does not ask whether it resolves entities by that
 * key; then the field is null. The order of keys means nothing else.
 */
export function resolvableKeysFirst(sdl: string): string {
  const document = parse(sdl, { noLocation: true });
  const definitions = document.definitions.map(reordered);
  const isSame = definitions.every((definition, index) => definition === document.definitions[index]);
  if (isSame) return sdl;
  return print({ kind: Kind.DOCUMENT, definitions } satisfies DocumentNode);
}

function reordered(definition: DefinitionNode): DefinitionNode {
  if (!isEntityDefinition(definition)) return definition;
  const { directives = [] } = definition;
  const first = directives.findIndex(isUnresolvableKey);
  if (first < 0 || directives.slice(first).every(isUnresolvableKey)) return definition;
  const resolvable = directives.filter((node) => !isUnresolvableKey(node));
  return { ...definition, directives: [...resolvable, ...directives.filter(isUnresolvableKey)] };
}

function isEntityDefinition(definition: DefinitionNode): definition is TypeDefinitionNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function isUnresolvableKey({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === 'join__type' &&
    given.some(
      (node) => node.name.value === 'resolvable' && node.value.kind === Kind.BOOLEAN && !node.value.value,
    )
  );
}
