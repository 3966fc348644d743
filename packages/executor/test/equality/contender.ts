import type { Schema } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

/** What a client asks. */
export interface ClientRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One error of an answer, as far as it is compared. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: { readonly code?: unknown } | undefined;
}

/** What a client gets. */
export interface Answer {
  readonly data?: unknown;
  /** `data` as text, when the contender writes it itself. */
  readonly json?: string;
  readonly errors?: readonly AnswerError[] | undefined;
}

/** One implementation under comparison, made for one supergraph. */
export interface Contender {
  readonly name: string;
  run(request: ClientRequest): Promise<Answer>;
}

/** What a subgraph is asked. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

/** What a subgraph answers over HTTP. */
export interface SubgraphReply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends a request to a subgraph; rejects when there is no connection. */
export type SubgraphFetch = (subgraph: string, request: SubgraphRequest) => Promise<SubgraphReply>;

/** One supergraph in the shapes in which executors want it. */
export interface ServedSupergraph {
  readonly sdl: string;
  /** What clients see. */
  readonly api: GraphQLSchema;
  /** The same in Apollo's own shape. */
  readonly apiSchema: Schema;
  /** With the join directives. */
  readonly supergraph: GraphQLSchema;
  readonly planner: QueryPlanner;
  /** The plan of a request, as `@apollo/gateway` asks the planner for it; made once. */
  planOf(request: ClientRequest): QueryPlan;
  readonly subgraphNames: readonly string[];
}

/**
 * Makes a contender for one supergraph. A module that holds one exports it as `createContender`; the harness loads it by
 * its path. All requests to subgraphs must go through `fetch`.
 */
export type ContenderFactory = (
  supergraph: ServedSupergraph,
  fetch: SubgraphFetch,
) => Contender | Promise<Contender>;
