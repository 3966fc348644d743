import type { GraphQLError, GraphQLSchema } from 'graphql';
import {
  createDemandCompiler,
  createTextCache,
  type DocumentLimits,
  inspectDocument,
  type OperationDemand,
  refusal,
} from '../limits/index.ts';

/**
 * Wider than those of the gateway: an operation of its plans may hold several of a client's, each below `_entities`. They are
 * for whoever comes by another way.
 */
const LIMITS: DocumentLimits = {
  maxCharacters: 1024 * 1024,
  maxTokens: 20_000,
  maxDepth: 30,
  maxAliases: 500,
  maxFields: 10_000,
  maxRootFields: 200,
  maxRepetitions: 200,
  maxDirectives: 1_000,
  maxDirectivesPerNode: 20,
  maxFragments: 500,
};

/** Longest list that `first`, `last` or `limit` may ask for; a field may allow less. */
const MAX_LIST_SIZE = 1_000;
/** Longest list in the variables: entities of one fetch, ids of one question. */
const MAX_ITEMS = 100_000;
const MAX_CACHED_CHARACTERS = 4 * 1024 * 1024;

/** Says why the body of a request is refused before anything is done with it; undefined when it is not. */
export type RefuseBody = (body: unknown) => GraphQLError | undefined;

interface Checked {
  readonly error: GraphQLError | undefined;
  readonly demands: ReadonlyMap<string | undefined, OperationDemand>;
}

/** The limits of one subgraph. What does not parse, or is no operation, is left to the server. */
export function createSubgraphLimits(schema: GraphQLSchema): RefuseBody {
  const compile = createDemandCompiler(schema, { assumedListSize: 1, maxListSize: MAX_LIST_SIZE });
  const cache = createTextCache<Checked>(MAX_CACHED_CHARACTERS);

  function check(text: string): Checked {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const { errors, document } = inspectDocument(text, LIMITS);
    const operations = (document?.definitions ?? []).filter((node) => node.kind === 'OperationDefinition');
    const demands = operations.map(
      (operation) => [operation.name?.value, document && compile(document, operation)] as const,
    );
    const checked = { error: errors[0], demands: new Map(demands.filter(isCompiled)) };
    cache.set(text, checked);
    return checked;
  }

  return (body) => {
    const { query, variables, operationName } = recordOf(body);
    if (typeof query !== 'string') return undefined;
    const { error, demands } = check(query);
    if (error !== undefined) return error;
    const values = recordOf(variables);
    if (Object.values(values).some((value) => Array.isArray(value) && value.length > MAX_ITEMS))
      return refusal(`A variable holds more than ${MAX_ITEMS} items.`, 'OPERATION_TOO_LARGE');
    const named = typeof operationName === 'string' ? demands.get(operationName) : undefined;
    const [only] = demands.values();
    const oversized = (named ?? only)?.(values).oversized ?? null;
    if (oversized === null) return undefined;
    const message = `The argument "${oversized}" asks for more than ${MAX_LIST_SIZE}.`;
    return refusal(message, 'OPERATION_TOO_LARGE');
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isCompiled(
  entry: readonly [string | undefined, OperationDemand | undefined],
): entry is readonly [string | undefined, OperationDemand] {
  return entry[1] !== undefined;
}
