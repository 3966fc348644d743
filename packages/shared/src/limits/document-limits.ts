import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';

/** What one document may cost before anybody looks at it closely. */
export interface DocumentLimits {
  /** Characters of the text. */
  readonly maxCharacters: number;
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  /** Fields with every fragment spread out. */
  readonly maxFields: number;
  /** Fields of the operation type itself, with every fragment spread out. */
  readonly maxRootFields: number;
  /** The same response name in one selection set, written out: validation compares each with each. */
  readonly maxRepetitions: number;
  readonly maxDirectives: number;
  /** Directives on one field, fragment, variable or operation. */
  readonly maxDirectivesPerNode: number;
  readonly maxFragments: number;
}

/** What can be said of one operation without a schema. */
export interface OperationShape {
  readonly name: string | undefined;
  readonly type: OperationTypeNode;
  readonly rootFields: number;
}

/** What {@link inspectDocument} found. */
export interface DocumentCheck {
  /** Why the document is refused; empty when it may go on. */
  readonly errors: readonly GraphQLError[];
  /** Absent when it does not parse or is refused. */
  readonly document: DocumentNode | undefined;
  readonly operations: readonly OperationShape[];
  /** Whether it asks for `__schema` or `__type`. */
  readonly introspects: boolean;
}

// As graphql-js words it.
const TOO_MANY_TOKENS = /tokens\. Parsing aborted/;

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  readonly rootFields: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0, rootFields: 0 };

/**
 * Looks at a document before validation: validation itself, and planning, can be made to take minutes by a kilobyte of
 * fragments. Sizes are computed once per fragment, so the check is linear in the document.
 *
 * A text that does not parse gives no error here unless it has too many tokens; the parser of the pipeline reports it.
 */
export function inspectDocument(text: string, limits: DocumentLimits): DocumentCheck {
  const nothing = { document: undefined, operations: [], introspects: false };
  if (text.length > limits.maxCharacters)
    return { ...nothing, errors: [tooMany('characters', limits.maxCharacters)] };
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.maxTokens, noLocation: true });
  } catch (error) {
    // What is nested too deep for the parser ends it with a RangeError.
    const isSyntax = error instanceof GraphQLError && !TOO_MANY_TOKENS.test(error.message);
    return { ...nothing, errors: isSyntax ? [] : [tooMany('tokens', limits.maxTokens)] };
  }
  const measure = measurer(fragmentsOf(document));
  const sizes = document.definitions.map((node) =>
    'selectionSet' in node ? measure(node.selectionSet) : NOTHING,
  );
  const counts = countNodes(document);
  const errors = [
    ...refuseSize(sizes, limits),
    ...refuseCounts(counts, limits),
    ...document.definitions.flatMap(refuseConditionalRoot(document)),
    // One reason is enough.
  ].slice(0, 1);
  return {
    errors,
    document: errors.length === 0 ? document : undefined,
    operations: document.definitions.flatMap((node, index) =>
      node.kind === Kind.OPERATION_DEFINITION
        ? [{ name: node.name?.value, type: node.operation, rootFields: sizes[index]?.rootFields ?? 0 }]
        : [],
    ),
    introspects: counts.introspects,
  };
}

/** An operation is refused for what it is; it means status 400 to HTTP. */
export function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

function refuseSize(sizes: readonly Size[], limits: DocumentLimits): GraphQLError[] {
  const largest = (pick: (size: Size) => number): number => Math.max(0, ...sizes.map(pick));
  const errors: GraphQLError[] = [];
  if (largest((size) => size.depth) > limits.maxDepth)
    errors.push(refuseLarge(`nests deeper than ${limits.maxDepth} levels, fragments spread out`));
  const checks: readonly [string, number, number][] = [
    ['aliases', largest((size) => size.aliases), limits.maxAliases],
    ['fields', largest((size) => size.fields), limits.maxFields],
    ['fields at its root', largest((size) => size.rootFields), limits.maxRootFields],
  ];
  for (const [what, actual, limit] of checks) {
    if (actual > limit) errors.push(refuseLarge(`has more than ${limit} ${what}, fragments spread out`));
  }
  return errors;
}

interface Counts {
  fragments: number;
  directives: number;
  directivesOfNode: number;
  repetitions: number;
  introspects: boolean;
}

function refuseCounts(counts: Counts, limits: DocumentLimits): GraphQLError[] {
  const checks: readonly [string, number, number][] = [
    ['fragments', counts.fragments, limits.maxFragments],
    ['directives', counts.directives, limits.maxDirectives],
    ['directives in one place', counts.directivesOfNode, limits.maxDirectivesPerNode],
    ['repetitions of one field', counts.repetitions, limits.maxRepetitions],
  ];
  return checks.flatMap(([what, actual, limit]) => (actual > limit ? [tooMany(what, limit)] : []));
}

function countNodes(document: DocumentNode): Counts {
  const counts: Counts = {
    fragments: 0,
    directives: 0,
    directivesOfNode: 0,
    repetitions: 0,
    introspects: false,
  };
  const countDirectives = (directives: readonly DirectiveNode[] = []): void => {
    counts.directives += directives.length;
    counts.directivesOfNode = Math.max(counts.directivesOfNode, directives.length);
  };
  const countSet = ({ selections }: SelectionSetNode): void => {
    const seen = new Map<string, number>();
    for (const node of selections) {
      countDirectives(node.directives);
      if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value;
        const times = (seen.get(name) ?? 0) + 1;
        seen.set(name, times);
        counts.repetitions = Math.max(counts.repetitions, times);
        if (node.name.value === '__schema' || node.name.value === '__type') counts.introspects = true;
      }
      if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet !== undefined) countSet(node.selectionSet);
    }
  };
  for (const node of document.definitions) {
    if ('directives' in node) countDirectives(node.directives);
    if (node.kind === Kind.FRAGMENT_DEFINITION) counts.fragments += 1;
    if (node.kind === Kind.OPERATION_DEFINITION)
      for (const { directives } of node.variableDefinitions ?? []) countDirectives(directives);
    if ('selectionSet' in node) countSet(node.selectionSet);
  }
  return counts;
}

function measurer(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Size {
  const known = new Map<string, Size>();

  function measureFragment(name: string): Size {
    const size = known.get(name);
    if (size !== undefined) return size;
    // What a fragment adds inside itself counts as nothing; validation refuses such cycles.
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measured = fragment === undefined ? NOTHING : measure(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  }

  function measure(set: SelectionSetNode): Size {
    let [depth, aliases, fields, rootFields] = [0, 0, 0, 0];
    for (const node of set.selections) {
      const isField = node.kind === Kind.FIELD;
      // Introspection describes types of types of types; graphql-js has its own limit for that depth.
      const isIntrospection = isField && node.name.value.startsWith('__');
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD
          ? measureFragment(node.name.value)
          : node.selectionSet === undefined
            ? NOTHING
            : measure(node.selectionSet);
      if (!isIntrospection) depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && node.alias !== undefined ? 1 : 0);
      fields += inner.fields + (isField ? 1 : 0);
      rootFields += isField ? 1 : inner.rootFields;
    }
    return { depth, aliases, fields, rootFields };
  }
  return measure;
}

// graphql-js 16 throws inside validate() on a subscription whose root field hangs on @skip or @include with a variable.
function refuseConditionalRoot(document: DocumentNode): (definition: DefinitionNode) => GraphQLError[] {
  const fragments = fragmentsOf(document);

  function isConditional(set: SelectionSetNode, seen: Set<string>): boolean {
    return set.selections.some((node) => {
      if (node.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
      if (node.kind === Kind.INLINE_FRAGMENT) return isConditional(node.selectionSet, seen);
      if (node.kind !== Kind.FRAGMENT_SPREAD || seen.has(node.name.value)) return false;
      // Once looked into it need not be looked into again, on whichever way it was reached.
      seen.add(node.name.value);
      const fragment = fragments.get(node.name.value);
      return fragment !== undefined && isConditional(fragment.selectionSet, seen);
    });
  }

  return (definition) => {
    if (!isSubscription(definition) || !isConditional(definition.selectionSet, new Set())) return [];
    return [
      refusal(
        'The root field of a subscription takes neither @skip nor @include.',
        'GRAPHQL_VALIDATION_FAILED',
      ),
    ];
  };
}

function isSubscription(definition: DefinitionNode): definition is OperationDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription';
}

function tooMany(what: string, limit: number): GraphQLError {
  return refuseLarge(`has more than ${limit} ${what}`);
}

function refuseLarge(why: string): GraphQLError {
  return refusal(`The operation ${why}.`, 'OPERATION_TOO_LARGE');
}
