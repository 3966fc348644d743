import { GraphQLError } from 'graphql';
import { placeEntities } from '../entities/find-entities.ts';
import type { CompiledFetch } from '../plan/compile-fetch.ts';
import type { JsonObject, SubgraphError } from '../fetch/subgraph-fetch.ts';

type Path = readonly (string | number)[];

/** An error about a fetch as a whole, or about a field of one that has no entities: its path begins where its objects are. */
export function fetchError(error: SubgraphError, fetch: CompiledFetch): GraphQLError {
  const below = fetch.entity === null ? error.path : [];
  const path = Array.isArray(error.path) ? [...placeKnown(fetch), ...(below ?? [])] : undefined;
  return errorOfSubgraph(error, fetch.subgraph, path);
}

/** Whose error it is. */
export interface EntityErrorScope {
  readonly fetch: CompiledFetch;
  readonly root: JsonObject;
  /** Which representation an object has. */
  readonly indexByObject: ReadonlyMap<JsonObject, number>;
}

/**
 * An error about one representation. It is told at each place of the answer where an object has it: clients do not know that
 * it was fetched once.
 */
export function entityErrors(
  error: SubgraphError,
  index: number,
  { fetch, root, indexByObject }: EntityErrorScope,
): GraphQLError[] {
  const rest = error.path?.slice(2) ?? [];
  return placeEntities(root, fetch.steps)
    .filter(({ object }) => indexByObject.get(object) === index)
    .map(({ path }) => errorOfSubgraph(error, fetch.subgraph, [...path, ...rest]));
}

// Up to the first list: behind it nobody can say which element is meant.
function placeKnown({ path }: CompiledFetch): string[] {
  const end = path.indexOf('@');
  return path.slice(0, end === -1 ? path.length : end);
}

function errorOfSubgraph(error: SubgraphError, subgraph: string, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message || `The subgraph "${subgraph}" answered an error without a message.`, {
    path,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName: subgraph },
    originalError: error as Error,
  });
}
