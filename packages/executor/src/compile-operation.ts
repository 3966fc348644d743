import type { PlanNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { type Fetcher, fieldOf } from './fetch/subgraph-fetch.ts';
import { compileRoot, type WriteValue } from './output/compile-output.ts';
import { createIntrospection } from './output/introspection.ts';
import { beginWriting } from './output/writing.ts';
import { compilePlan } from './plan/compile-plan.ts';
import { partsOf } from './plan/document-parts.ts';
import { runPlan } from './run/run-plan.ts';

/** An operation that is valid against `api`, with its plan. */
export interface OperationToCompile {
  /** What clients see. */
  readonly api: GraphQLSchema;
  /** The whole supergraph, join types included. */
  readonly supergraph: GraphQLSchema;
  readonly document: DocumentNode;
  /** Needed when the document has several operations. */
  readonly operationName?: string | undefined;
  /** The plan of Apollo's planner for it; of a subscription the part that is run for each event. */
  readonly plan: PlanNode | undefined;
  /** Field nodes of the document that are null whatever is fetched, without a word: their reader may not have them. */
  readonly refused?: ReadonlySet<FieldNode>;
}

/** An answer whose data are JSON already. */
export interface Answer {
  /** JSON of `data`: an object, or `null`. */
  readonly json: string;
  /** Errors of subgraphs as GraphQLErrors with path, code and `serviceName`, and whatever the fetcher threw. */
  readonly errors: readonly unknown[];
  /** Values that the schema does not allow and nulls where none may be; code `INVALID_GRAPHQL`. */
  readonly violations: readonly GraphQLError[];
}

/** An operation that can be run, any number of times at once. */
export interface CompiledOperation {
  /** @param variables as the client sent them; they fit the operation's definitions. */
  readonly run: (variables: Readonly<Record<string, unknown>>, fetcher: Fetcher) => Promise<Answer>;
}

/** Each combination of the variables of `@skip` and `@include` has an output of its own; so many are kept. */
const MAX_VARIANTS = 64;

const NOTHING_REFUSED: ReadonlySet<FieldNode> = new Set();

/**
 * Compiles an operation: its plan into steps, its selections into writers of JSON.
 * @throws Error when the plan has a `@defer`.
 */
export function compileOperation({
  api,
  supergraph,
  document,
  operationName,
  plan: node,
  refused = NOTHING_REFUSED,
}: OperationToCompile): CompiledOperation {
  const { operation, fragments } = partsOf(document, operationName);
  if (operation === undefined) throw new Error('the document has no such operation');
  const { selectionSet } = operation;
  const rootType = rootTypeOf(api, operation);
  const defaults = defaultsOf(operation);
  const plan = compilePlan({ node, supergraph, defaults });
  const conditions = conditionVariables(document);
  const introspect = createIntrospection(api, operation, fragments);
  const variants = new Map<string, WriteValue>();

  function writerFor(variables: Readonly<Record<string, unknown>>): WriteValue {
    const isTrue = (name: string): boolean => (fieldOf(variables, name) ?? fieldOf(defaults, name)) === true;
    const variant = conditions.map((name) => (isTrue(name) ? '1' : '0')).join('');
    const known = variants.get(variant);
    if (known !== undefined) return known;
    // The types of a selection are worked out when they come, so the conditions must not move with the variables.
    const holding = new Set(conditions.filter(isTrue));
    const { isShared } = plan;
    const scope = {
      schema: api,
      fragments,
      isTrue: (name: string) => holding.has(name),
      introspect,
      isShared,
      refused,
    };
    const write = compileRoot(rootType, selectionSet, scope);
    if (variants.size >= MAX_VARIANTS) variants.clear();
    variants.set(variant, write);
    return write;
  }

  return {
    run: async (variables, fetcher) => {
      const { data, errors } = await runPlan({ plan, supergraph, variables, fetcher });
      const writing = beginWriting(rootType, variables);
      const json = writerFor(variables)(data, writing) ?? 'null';
      return { json, errors, violations: writing.errors };
    },
  };
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}

function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function rootTypeOf(api: GraphQLSchema, { operation }: OperationDefinitionNode): GraphQLObjectType {
  const type = api.getRootType(operation);
  if (type == null) throw new Error(`the schema has no ${operation} type`);
  return type;
}
