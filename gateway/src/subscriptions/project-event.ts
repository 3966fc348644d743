import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { EventPayload } from './stored-event.ts';

/** An object of a payload, named so that its subgraph can find it. */
export interface EntityReference {
  readonly __typename: string;
  readonly id: string;
}

/** Fields of one entity that an event does not carry. */
export interface MissingFields {
  readonly entity: EntityReference;
  /** As the operation writes them: aliases, arguments and selections. */
  readonly nodes: readonly FieldNode[];
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What {@link projectEvent} needs. */
export interface Projection {
  /** The schema of the subgraph that owns the Subscription field. */
  readonly schema: GraphQLSchema;
  /** The operation that the plan would send to that subgraph. */
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Name of the Subscription field. */
  readonly field: string;
  readonly payload: EventPayload;
  /** Types of which absent fields can be fetched by `{ __typename, id }`. */
  readonly resolvesById: ReadonlySet<string>;
  /** Fetches absent fields; the answer is keyed by response name. */
  readonly fetchMissing: (missing: MissingFields) => Promise<Readonly<Record<string, unknown>>>;
}

/**
 * Answers the operation of a subscription from an event, as its subgraph would: graphql-js executes it over the
 * payload. A field that the payload does not have is fetched from the subgraph when its object is an entity with an
 * id, all such fields of one object together; elsewhere it is null.
 */
export async function projectEvent(projection: Projection): Promise<ExecutionResult> {
  const { schema, document, variables, field, payload } = projection;
  return await execute({
    schema,
    document,
    rootValue: { [field]: payload },
    variableValues: variables,
    fieldResolver: createResolver(projection),
    typeResolver: (value) => (value as { __typename?: string }).__typename,
  });
}

interface Batch {
  readonly nodes: FieldNode[];
  readonly answer: Promise<Readonly<Record<string, unknown>>>;
}

function createResolver(projection: Projection): GraphQLFieldResolver<unknown, unknown> {
  // Objects that a subgraph has answered: aliases are applied there already.
  const answered = new WeakSet<object>();
  const batches = new Map<object, Batch>();

  function fetchTogether(
    entity: EntityReference,
    info: GraphQLResolveInfo,
  ): Promise<Readonly<Record<string, unknown>>> {
    const known = batches.get(entity);
    if (known !== undefined) {
      known.nodes.push(...info.fieldNodes);
      return known.answer;
    }
    const nodes = [...info.fieldNodes];
    const { document, variables } = projection;
    // All fields of one object resolve in one go, so by the next microtask the batch is complete.
    const answer = Promise.resolve().then(async () => {
      const fetched = await projection.fetchMissing({ entity, nodes, document, variables });
      markAnswered(fetched, answered);
      return fetched;
    });
    batches.set(entity, { nodes, answer });
    return answer;
  }

  return (source, _args, _context, info) => {
    const object = source as Readonly<Record<string, unknown>>;
    if (answered.has(object)) return object[info.path.key];
    if (info.fieldName in object) return object[info.fieldName];
    // A payload may be written in the shape of an entity and serve a type that tells of it: that has no fields to fetch.
    if (!isEntity(object) || object.__typename !== info.parentType.name) return null;
    if (!projection.resolvesById.has(object.__typename)) return null;
    return fetchTogether(object, info).then((fields) => fields[info.path.key]);
  };
}

function markAnswered(value: unknown, answered: WeakSet<object>): void {
  if (typeof value !== 'object' || value === null) return;
  answered.add(value);
  for (const inner of Object.values(value)) markAnswered(inner, answered);
}

function isEntity(object: object): object is EntityReference {
  return (
    '__typename' in object &&
    typeof object.__typename === 'string' &&
    'id' in object &&
    typeof object.id === 'string'
  );
}
