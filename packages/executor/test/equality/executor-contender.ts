import { getVariableValues, Kind, parse } from 'graphql';
import { compileOperation } from '../../src/index.ts';
import type { AnswerError, ClientRequest, Contender, ServedSupergraph, SubgraphFetch } from './contender.ts';
import { ask, createDataSource, type SourceAnswer } from './stock.ts';

const LONG = 1_000;

/** Our executor, with stock's data source, so that both see the same failures of transport. */
export function createContender(supergraph: ServedSupergraph, fetch: SubgraphFetch): Contender {
  const { api, supergraph: whole } = supergraph;
  const sources = new Map(
    supergraph.subgraphNames.map((name) => [name, createDataSource(name, fetch)] as const),
  );
  return {
    name: 'executor',
    run: async (request) => {
      const document = parse(request.query);
      const errors = variableErrors(supergraph, request);
      if (errors !== undefined) return { errors };
      const { node } = supergraph.planOf(request);
      const plan = node?.kind === 'Subscription' ? undefined : node;
      const { operationName } = request;
      const operation = compileOperation({ api, supergraph: whole, document, operationName, plan });
      const answer = await operation.run(
        request.variables,
        async ({ subgraph, body, parse: parseAnswer }) => {
          const source = sources.get(subgraph);
          if (source === undefined) throw new Error(`There is no subgraph ${subgraph}.`);
          const { data, errors: told } = await ask(source, body);
          // So long that the executor looks for what it repeats.
          return parseAnswer(JSON.stringify({ data, errors: told }).padEnd(LONG)) as SourceAnswer;
        },
      );
      return {
        data: JSON.parse(answer.json),
        json: answer.json,
        ...(answer.errors.length === 0 ? {} : { errors: answer.errors as readonly AnswerError[] }),
      };
    },
  };
}

function variableErrors(
  { api }: ServedSupergraph,
  { query, operationName, variables }: ClientRequest,
): readonly AnswerError[] | undefined {
  const operation = parse(query).definitions.find(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      (operationName === undefined || node.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  return getVariableValues(api, operation.variableDefinitions ?? [], { ...variables }).errors;
}
