import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, findBreakingChanges, type GraphQLSchema, parse, validate } from 'graphql';

/** The schema that clients see of a supergraph. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  // The gateway takes rules such as @authenticated out first; here nobody asks anything.
  const options = { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES };
  return Supergraph.build(supergraphSdl, options).apiSchema().toGraphQLJSSchema();
}

/** A recorded operation of a client: a file of `operations/`. */
export interface RecordedOperation {
  readonly file: string;
  readonly text: string;
}

/** Changes that some client could notice, without regard to what clients really ask. */
export function breakingChanges(before: GraphQLSchema, after: GraphQLSchema): string[] {
  return findBreakingChanges(before, after).map(({ type, description }) => `${type}: ${description}`);
}

/** Recorded operations that the schema no longer answers. */
export function brokenOperations(schema: GraphQLSchema, operations: readonly RecordedOperation[]): string[] {
  return operations.flatMap(({ file, text }) => {
    const document = parseOperation(text);
    if (typeof document === 'string') return [`${file}: ${document}`];
    return validate(schema, document).map(({ message }) => `${file}: ${message}`);
  });
}

function parseOperation(text: string): DocumentNode | string {
  try {
    return parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
