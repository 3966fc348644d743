import { type DocumentNode, GraphQLError, Kind, print, visit, type SelectionNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSource } from '../datasources/subgraph-source.ts';
import type { EntityReference, MissingFields } from './project-event.ts';

/** Who asks a subgraph for an entity. */
export interface EntityFetch {
  readonly source: SubgraphSource;
  readonly context: GatewayContext;
}

// Whether an object exists or may not be seen is the same to its viewer.
const HIDDEN = new Set<unknown>(['NOT_FOUND', 'FORBIDDEN']);

/**
 * Fetches fields of one entity from its subgraph through `_entities`, as the viewer of the context.
 * @returns the fields by response name; `null` when there is no such entity for the viewer.
 * @throws GraphQLError the first error of the subgraph when it answers nothing.
 */
export async function fetchEntity(
  missing: MissingFields,
  { source, context }: EntityFetch,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { query, used } = writeQuery(missing);
  const variables = Object.fromEntries(Object.entries(missing.variables).filter(([name]) => used.has(name)));
  const { __typename, id } = missing.entity;
  const request = { query, variables: { ...variables, representations: [{ __typename, id }] } };
  const { data, errors } = await source({ body: JSON.stringify(request), kind: 'query' }, context);
  const entities = data?.['_entities'];
  const entity: unknown = Array.isArray(entities) ? entities[0] : undefined;
  if (typeof entity === 'object' && entity !== null) return entity as Readonly<Record<string, unknown>>;
  const [error] = errors ?? [];
  if (error === undefined || HIDDEN.has(error.extensions?.['code'])) return null;
  throw new GraphQLError(error.message ?? '', { extensions: error.extensions });
}

/** Selection of plain fields by name, for a fetch that no operation has written. */
export function plainFields(entity: EntityReference, names: readonly string[]): MissingFields {
  return {
    entity,
    nodes: names.map((value) => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } })),
    document: { kind: Kind.DOCUMENT, definitions: [] },
    variables: {},
  };
}

function writeQuery({ entity, nodes, document }: MissingFields): {
  query: string;
  used: ReadonlySet<string>;
} {
  const fragments = fragmentsUnder(nodes, document);
  const used = new Set<string>();
  for (const node of [...nodes, ...fragments])
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  const definitions = document.definitions
    .flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []) : []))
    .filter(({ variable }) => used.has(variable.name.value));
  const parameters = ['$representations: [_Any!]!', ...definitions.map(print)].join(', ');
  const selection = nodes.map(print).join(' ');
  const query = [
    `query (${parameters}) { _entities(representations: $representations) { ... on ${entity.__typename} { ${selection} } } }`,
    ...fragments.map(print),
  ].join('\n');
  return { query, used };
}

// Fragments that the nodes spread, also through one another.
function fragmentsUnder(
  nodes: readonly SelectionNode[],
  document: DocumentNode,
): DocumentNode['definitions'][number][] {
  const wanted = new Set<string>();
  const collect = (node: SelectionNode | DocumentNode['definitions'][number]): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        if (wanted.has(name.value)) return;
        wanted.add(name.value);
        document.definitions.filter((definition) => isFragment(definition, name.value)).forEach(collect);
      },
    });
  };
  nodes.forEach(collect);
  return document.definitions.filter((definition) =>
    [...wanted].some((name) => isFragment(definition, name)),
  );
}

function isFragment(definition: DocumentNode['definitions'][number], name: string): boolean {
  return definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name;
}
