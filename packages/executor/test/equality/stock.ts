import { buildOperationContext, executeQueryPlan, RemoteGraphQLDataSource } from '@apollo/gateway';
import { type GraphQLError, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import type { Answer, Contender, ServedSupergraph, SubgraphFetch, SubgraphRequest } from './contender.ts';

type ApolloContext = Parameters<typeof executeQueryPlan>[2];

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Stock `@apollo/gateway`: its executor, and its data source over our transport. */
export function createStock(supergraph: ServedSupergraph, fetch: SubgraphFetch): Contender {
  const services = Object.fromEntries(
    supergraph.subgraphNames.map((name) => [name, createDataSource(name, fetch)] as const),
  );
  return {
    name: 'stock',
    run: async ({ query, operationName, variables }) => {
      const document = parse(query);
      const operation = { schema: supergraph.api, operationDocument: document };
      const operationContext = buildOperationContext({
        ...operation,
        ...(operationName === undefined ? {} : { operationName }),
      });
      const errors = variableErrors(supergraph, operationContext.operation, variables);
      if (errors !== undefined) return { errors };
      const requestContext = {
        request: { query, operationName, variables },
        context: {},
        // Without it every error of a subgraph gains a bogus one.
        metrics: {},
        logger: silent,
        schema: supergraph.api,
      } as unknown as ApolloContext;
      const answer = await executeQueryPlan(
        supergraph.planOf({ query, variables, ...(operationName === undefined ? {} : { operationName }) }),
        services,
        requestContext,
        operationContext,
        supergraph.supergraph,
        supergraph.apiSchema,
      );
      return answer as Answer;
    },
  };
}

function variableErrors(
  { api }: ServedSupergraph,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] | undefined {
  return getVariableValues(api, operation.variableDefinitions ?? [], variables).errors;
}

type Fetcher = NonNullable<NonNullable<ConstructorParameters<typeof RemoteGraphQLDataSource>[0]>['fetcher']>;

/** Stock's data source over our transport. */
export function createDataSource(name: string, fetch: SubgraphFetch): RemoteGraphQLDataSource {
  const fetcher = async (_url: string, init?: { body?: unknown }): Promise<Response> => {
    const { status, contentType, text } = await fetch(
      name,
      JSON.parse(String(init?.body)) as SubgraphRequest,
    );
    return new Response(text, { status, headers: { 'content-type': contentType } });
  };
  return new RemoteGraphQLDataSource({
    url: `http://${name}.invalid/`,
    fetcher: fetcher as unknown as Fetcher,
  });
}

/** What a data source makes of a subgraph's answer to a request in JSON. */
export async function ask(source: RemoteGraphQLDataSource, body: string): Promise<SourceAnswer> {
  const request = JSON.parse(body) as SubgraphRequest;
  const options = {
    kind: INCOMING_OPERATION,
    request: { ...request },
    incomingRequestContext: {},
    context: {},
  } as unknown as Parameters<RemoteGraphQLDataSource['process']>[0];
  return (await source.process(options)) as SourceAnswer;
}

/** A decoded answer of a subgraph. */
export interface SourceAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];
}

/** Apollo's enum, of which only the types are exported. */
const INCOMING_OPERATION = 'incoming operation';
