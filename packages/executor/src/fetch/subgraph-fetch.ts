import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLErrorExtensions } from 'graphql';

/** One operation that a plan sends to a subgraph. */
export interface SubgraphFetch {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The whole body of a GraphQL POST, as JSON. */
  readonly body: string;
  /** The one node of the plan that is fetched; `null` when several are fetched together. */
  readonly node: FetchNode | null;
  /**
   * `JSON.parse` for the answer to this fetch, much faster where an answer repeats itself. Call it at most once.
   * @throws SyntaxError when the text is not JSON.
   */
  readonly parse: (text: string) => unknown;
}

/** An error as a subgraph writes it. Every field may be missing: subgraphs are foreign. */
export interface SubgraphError {
  readonly message?: string | undefined;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: GraphQLErrorExtensions | undefined;
}

/** So many errors of one fetch are told: a short answer of a subgraph may hold very many, and stand in very many places. */
export const MAX_ERRORS = 1000;

/** A subgraph's answer, decoded. The executor adds to the objects in `data`, so they must be nobody else's. */
export interface SubgraphAnswer {
  readonly data?: JsonObject | null | undefined;
  readonly errors?: readonly SubgraphError[] | undefined;
}

/** Sends a fetch. What it throws becomes an error of the answer; everything else of the plan goes on. */
export type Fetcher = (fetch: SubgraphFetch) => Promise<SubgraphAnswer>;

/** An object of JSON. */
export interface JsonObject {
  [key: string]: unknown;
}

/** True for what JSON calls an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of an object of JSON. What every object inherits is no field: a response key may be called `constructor`. */
export function fieldOf(object: Readonly<JsonObject>, key: string): unknown {
  const value = object[key];
  return typeof value === 'function' || value === Object.prototype ? undefined : value;
}

/** Sets a field of an object of JSON. A plain assignment to the one name `__proto__` would set the prototype. */
export function setField(object: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { ...OWN, value });
  else object[key] = value;
}

const OWN = { configurable: true, enumerable: true, writable: true };
