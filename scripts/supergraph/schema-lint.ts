import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  type NameNode,
  parse,
  type SelectionSetNode,
  type StringValueNode,
} from 'graphql';
import type { Subgraph } from './supergraph-config.ts';

/** Fields that every connection has; the name says all there is to say. */
const SELF_EXPLAINING = new Set([
  'id',
  'edges',
  'node',
  'cursor',
  'pageInfo',
  'totalCount',
  'userErrors',
  'hasNextPage',
  'hasPreviousPage',
  'startCursor',
  'endCursor',
]);

/**
 * Rules that composition does not know (STYLE.md): every type and field has a description; an entity has one simple
 * key; `@requires` selects no field with arguments, which planners answer with wrong data silently.
 */
export function lintSubgraph({ name, sdl }: Subgraph): string[] {
  return parse(sdl).definitions.flatMap((definition) => lintDefinition(name, definition));
}

interface Described {
  readonly name: NameNode;
  readonly description?: StringValueNode | undefined;
}

function lintDefinition(subgraph: string, definition: DefinitionNode): string[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const type = definition.name.value;
      const reference = isReference(definition.directives ?? []);
      const root = ['Query', 'Mutation', 'Subscription'].includes(type);
      return [
        ...(reference || root ? [] : describe(subgraph, type, definition)),
        ...(definition.fields ?? []).flatMap((field) => [
          ...(reference ? [] : describe(subgraph, `${type}.${field.name.value}`, field)),
          ...lintRequires(subgraph, type, field),
        ]),
        ...lintKeys(subgraph, type, definition.directives ?? []),
      ];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return describe(subgraph, definition.name.value, definition);
    default:
      return [];
  }
}

function describe(subgraph: string, where: string, node: Described): string[] {
  if (node.description !== undefined || SELF_EXPLAINING.has(node.name.value)) return [];
  return [`${subgraph}: ${where} has no description.`];
}

/** A stub of another subgraph's entity, which describes it there. */
function isReference(directives: readonly ConstDirectiveNode[]): boolean {
  return directives.some(
    ({ name, arguments: args = [] }) =>
      name.value === 'key' &&
      args.some(
        (arg) => arg.name.value === 'resolvable' && arg.value.kind === Kind.BOOLEAN && !arg.value.value,
      ),
  );
}

function lintKeys(subgraph: string, type: string, directives: readonly ConstDirectiveNode[]): string[] {
  const keys = directives.filter(({ name }) => name.value === 'key');
  const simple = keys.every((key) => fieldsArgument(key) === 'id');
  return keys.length <= 1 && simple
    ? []
    : [`${subgraph}: ${type} needs exactly one key, @key(fields: "id").`];
}

function lintRequires(subgraph: string, type: string, field: FieldDefinitionNode): string[] {
  return (field.directives ?? [])
    .filter(({ name }) => name.value === 'requires')
    .map((directive) => fieldsArgument(directive) ?? '')
    .filter((fields) => selectionHasArguments(parseSelection(fields)))
    .map(
      () =>
        `${subgraph}: ${type}.${field.name.value} has arguments inside @requires; planners answer that wrongly.`,
    );
}

function fieldsArgument(directive: ConstDirectiveNode): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function parseSelection(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`"${fields}" is no selection of fields.`);
  return operation.selectionSet;
}

function selectionHasArguments(selection: SelectionSetNode): boolean {
  return selection.selections.some((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return false;
    const own = node.kind === Kind.FIELD ? ((node as FieldNode).arguments ?? []) : [];
    return own.length > 0 || (node.selectionSet !== undefined && selectionHasArguments(node.selectionSet));
  });
}
