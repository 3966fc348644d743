import { isJsonObject, type SubgraphAnswer, type SubgraphError } from '@hoerok/executor';
import { AppError } from '@hoerok/shared/errors';
import type { SubgraphResponse } from './subgraph-client.ts';
import {
  createSubgraphSender,
  type SubgraphOperation,
  type SubgraphSender,
  type SubgraphSenderDeps,
} from './subgraph-sender.ts';

/**
 * Asks one subgraph, as the viewer of the context.
 * @throws AppError when there is no answer, or none that is GraphQL.
 */
export type SubgraphSource = SubgraphSender<SubgraphAnswer>;

/** The sources of a supergraph's subgraphs, by name. */
export type SubgraphSources = ReadonlyMap<string, SubgraphSource>;

/** Creates the source of a subgraph. */
export function createSubgraphSource(
  subgraph: { readonly name: string; readonly url: string },
  deps: SubgraphSenderDeps,
): SubgraphSource {
  return createSubgraphSender(subgraph, deps, decode);
}

// A GraphQL answer counts whatever its status: servers send 4xx and 5xx with errors inside. Checked by hand: this is run for
// each fetch, and whatever an answer holds besides is checked against the schema when it is written.
function decode({ status, text }: SubgraphResponse, { parse }: SubgraphOperation): SubgraphAnswer {
  const answer = parsed(text, parse ?? JSON.parse);
  if (isJsonObject(answer)) {
    const { data, errors } = answer;
    const isData = isJsonObject(data) || data === null;
    if (errors === undefined ? isData : isErrors(errors) && (isData || data === undefined))
      return answer as SubgraphAnswer;
  }
  const cause = new Error(`the subgraph answered with status ${status} and no GraphQL response`);
  if (status === 401)
    throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.', { cause });
  if (status === 403) throw new AppError('FORBIDDEN', 'You may not do this.', { cause });
  const message = 'A part of the answer is not available at the moment.';
  throw new AppError('UNAVAILABLE', message, { retryable: true, logLevel: 'error', cause });
}

function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    // Not JSON: refused like any other body that is no GraphQL response.
    return undefined;
  }
}

function isErrors(value: unknown): value is readonly SubgraphError[] {
  return Array.isArray(value) && value.every(isError);
}

function isError(value: unknown): value is SubgraphError {
  if (!isJsonObject(value)) return false;
  const { message, path, extensions } = value;
  return (
    (message === undefined || typeof message === 'string') &&
    (path == null || Array.isArray(path)) &&
    (extensions == null || isJsonObject(extensions))
  );
}
