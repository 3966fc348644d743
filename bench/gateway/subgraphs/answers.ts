import { type DocumentNode, execute as executeGraphql, type GraphQLSchema, parse } from 'graphql';
import { z } from 'zod';
import type { BenchSubgraph } from '../graph/shop.ts';
import { importFromGateway } from '../installed.ts';
import { jsonResponse } from '../wire/json-response.ts';

interface SubgraphLibrary {
  readonly buildSubgraphSchema: (modules: {
    readonly typeDefs: DocumentNode;
    readonly resolvers: BenchSubgraph['resolvers'];
  }) => GraphQLSchema;
}

/** One subgraph's answers by request body. */
export interface Answers {
  /** The whole HTTP response to a request body, given byte by byte as latin1; later only for a new one. */
  readonly to: (body: string) => Buffer | Promise<Buffer>;
  /** Bodies that were executed because they came for the first time. */
  readonly executed: () => number;
}

const request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** More distinct bodies than this are no benchmark: a gateway puts something unique into each. */
const MOST_ENTRIES = 5_000;

/**
 * Answers of a subgraph: a body that comes for the first time is executed by graphql-js, and what came out is the answer
 * to all that are equal to it, byte by byte.
 */
export async function createAnswers(subgraph: BenchSubgraph): Promise<Answers> {
  const { buildSubgraphSchema } = await importFromGateway<SubgraphLibrary>('@apollo/subgraph');
  const schema = buildSubgraphSchema({ typeDefs: parse(subgraph.sdl), resolvers: subgraph.resolvers });
  const known = new Map<string, Buffer>();
  let executed = 0;
  const execute = async (body: string): Promise<Buffer> => {
    executed += 1;
    const { query, variables, operationName } = request.parse(
      JSON.parse(Buffer.from(body, 'latin1').toString()),
    );
    const result = await executeGraphql({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName: operationName ?? null,
      fieldResolver: subgraph.fieldResolver ?? null,
    });
    const answer = jsonResponse(JSON.stringify(result));
    if (known.size < MOST_ENTRIES) known.set(body, answer);
    return answer;
  };
  return { to: (body) => known.get(body) ?? execute(body), executed: () => executed };
}
