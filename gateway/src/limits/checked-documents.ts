import {
  createDemandCompiler,
  createTextCache,
  type DemandCompiler,
  type DemandOptions,
  type DocumentLimits,
  inspectDocument,
  type OperationDemand,
  type OperationShape,
} from '@hoerok/shared/limits';
import { type DocumentNode, type GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** Characters of documents whose check is kept. */
const MAX_CACHED_CHARACTERS = 8 * 1024 * 1024;

/** An operation of a checked document. */
export interface CheckedOperation extends OperationShape {
  readonly demand: OperationDemand;
}

/** What is known of a text before it is validated. */
export interface CheckedDocument {
  /** Why it is refused, whoever sends it and whatever its variables are. */
  readonly errors: readonly GraphQLError[];
  /** Whether it asks for `__schema` or `__type`. */
  readonly introspects: boolean;
  /** The operation that is meant; undefined when there is none of that name, or the text does not parse. */
  readonly operation: (name: string | undefined) => CheckedOperation | undefined;
  /** Root fields of the largest operation; 1 when that cannot be told. */
  readonly rootFields: number;
}

/** Checks a text against the limits and a schema; what was checked lately is known. */
export type CheckDocument = (text: string, schema: SupergraphSchema) => CheckedDocument;

/** Checks documents; a long one costs as much room as several short ones. */
export function createDocumentChecks(limits: DocumentLimits, demands: DemandOptions): CheckDocument {
  const cache = createTextCache<{ readonly schema: SupergraphSchema; readonly checked: CheckedDocument }>(
    MAX_CACHED_CHARACTERS,
  );
  const compilers = new WeakMap<SupergraphSchema, DemandCompiler>();

  function compilerOf(schema: SupergraphSchema): DemandCompiler {
    const known = compilers.get(schema);
    if (known !== undefined) return known;
    const compiler = createDemandCompiler(schema.supergraph, demands);
    compilers.set(schema, compiler);
    return compiler;
  }

  return (text, schema) => {
    const known = cache.get(text);
    if (known?.schema === schema) return known.checked;
    const checked = check(text, { limits, compile: compilerOf(schema) });
    cache.set(text, { schema, checked });
    return checked;
  };
}

interface Checking {
  readonly limits: DocumentLimits;
  readonly compile: DemandCompiler;
}

function check(text: string, { limits, compile }: Checking): CheckedDocument {
  const { errors, introspects, document, operations } = inspectDocument(text, limits);
  const checked = document === undefined ? [] : operationsOf(document, operations, compile);
  return {
    errors,
    introspects,
    rootFields: Math.max(1, ...operations.map(({ rootFields }) => rootFields)),
    operation: (name) =>
      name === undefined && checked.length === 1 ? checked[0] : checked.find((one) => one.name === name),
  };
}

function operationsOf(
  document: DocumentNode,
  shapes: readonly OperationShape[],
  compile: DemandCompiler,
): readonly CheckedOperation[] {
  const definitions = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return definitions.flatMap((definition, index) => {
    const shape = shapes[index];
    return shape === undefined ? [] : [{ ...shape, demand: compile(document, definition) }];
  });
}
