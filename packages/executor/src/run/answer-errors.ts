import { GraphQLError } from 'graphql';
import { placeEntities } from '../entities/find-entities.ts';
import type { CompiledFetch } from '../plan/compile-fetch.ts';
import { type JsonObject, MAX_ERRORS, type SubgraphError } from '../fetch/subgraph-fetch.ts';
import type { EntityAnswer } from './entity-fetching.ts';

type Path = readonly (string | number)[];

/** An error about a fetch as a whole, or about a field of one that has no entities: its path begins where its objects are. */
export function fetchError(error: SubgraphError, fetch: CompiledFetch): GraphQLError {
  const path = pathOf(error);
  const below = fetch.entity === null ? path : [];
  return errorOfSubgraph(error, fetch.subgraph, path && [...placeKnown(fetch), ...(below ?? [])]);
}

/** Whose error it is. */
export interface EntityErrorScope {
  readonly fetch: CompiledFetch;
  readonly root: JsonObject;
  /** Which representation an object has. */
  readonly indexByObject: ReadonlyMap<JsonObject, number>;
}

/** So many places are looked at to find those of errors. */
const MAX_PLACES = 100_000;

/**
 * The errors of an answer about entities. One about one representation is told at each place of the answer where an object
 * has it: clients do not know that it was fetched once.
 */
export function entityErrors(errors: EntityAnswer['errors'], scope: EntityErrorScope): GraphQLError[] {
  const { fetch } = scope;
  const places = placesOf(errors, scope);
  const told: GraphQLError[] = [];
  for (const { index, error } of errors) {
    if (told.length >= MAX_ERRORS) break;
    const known = index === null ? [] : (places.get(index) ?? []);
    if (known.length === 0) told.push(fetchError(error, fetch));
    const rest = pathOf(error)?.slice(2) ?? [];
    for (const place of known) {
      if (told.length >= MAX_ERRORS) break;
      told.push(errorOfSubgraph(error, fetch.subgraph, [...place, ...rest]));
    }
  }
  return told;
}

// The places of the representations that have errors.
function placesOf(
  errors: EntityAnswer['errors'],
  { fetch, root, indexByObject }: EntityErrorScope,
): ReadonlyMap<number, Path[]> {
  const places = new Map<number, Path[]>();
  for (const { index } of errors) if (index !== null) places.set(index, []);
  if (places.size === 0) return places;
  let looked = 0;
  for (const { object, path } of placeEntities(root, fetch.steps)) {
    const index = indexByObject.get(object);
    if (index !== undefined) places.get(index)?.push(path);
    looked += 1;
    if (looked === MAX_PLACES) break;
  }
  return places;
}

// Up to the first list: behind it nobody can say which element is meant.
function placeKnown({ path }: CompiledFetch): string[] {
  const end = path.indexOf('@');
  return path.slice(0, end === -1 ? path.length : end);
}

// Anything else in it would go to clients as it is.
function pathOf({ path }: SubgraphError): Path | undefined {
  const isPath = Array.isArray(path) && path.every((part) => ['string', 'number'].includes(typeof part));
  return isPath ? path : undefined;
}

function errorOfSubgraph(error: SubgraphError, subgraph: string, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message || `The subgraph "${subgraph}" answered an error without a message.`, {
    path,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, serviceName: subgraph },
    originalError: error as Error,
  });
}
