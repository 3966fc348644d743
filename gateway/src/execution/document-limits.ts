import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** What one document may cost before anybody looks at it closely. */
export interface DocumentLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  /** Fields with every fragment spread out. */
  readonly maxFields: number;
}

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0 };

/**
 * Says why a document is refused before validation: validation itself, and planning, can be made to take minutes by a
 * kilobyte of fragments. Sizes are computed once per fragment, so the check is linear in the document.
 *
 * A text that does not parse gives no error here; the parser of the pipeline reports it.
 */
export function refuseDocument(text: string, limits: DocumentLimits): readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.maxTokens, noLocation: true });
  } catch {
    return [];
  }
  return [...refuseSize(document, limits), ...document.definitions.flatMap(refuseConditionalRoot(document))];
}

function refuseSize(document: DocumentNode, limits: DocumentLimits): GraphQLError[] {
  const measure = measurer(fragmentsOf(document));
  const sizes = document.definitions.flatMap((node) =>
    'selectionSet' in node ? [measure(node.selectionSet)] : [],
  );
  const largest = (pick: (size: Size) => number): number => Math.max(0, ...sizes.map(pick));
  const checks: readonly [string, number, number][] = [
    ['deeper', largest((size) => size.depth), limits.maxDepth],
    ['aliases', largest((size) => size.aliases), limits.maxAliases],
    ['fields', largest((size) => size.fields), limits.maxFields],
  ];
  return checks.flatMap(([what, actual, limit]) => {
    if (actual <= limit) return [];
    const subject =
      what === 'deeper' ? `nests deeper than ${limit} levels` : `has more than ${limit} ${what}`;
    return [refused(`The operation ${subject}, fragments spread out.`, 'OPERATION_TOO_LARGE')];
  });
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
    let [depth, aliases, fields] = [0, 0, 0];
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
    }
    return { depth, aliases, fields };
  }
  return measure;
}

// graphql-js 16 throws inside validate() on a subscription whose root field hangs on @skip or @include with a variable.
function refuseConditionalRoot(document: DocumentNode): (definition: DefinitionNode) => GraphQLError[] {
  const fragments = fragmentsOf(document);

  function isConditional(set: SelectionSetNode, seen: ReadonlySet<string>): boolean {
    return set.selections.some((node) => {
      if (node.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true;
      if (node.kind === Kind.INLINE_FRAGMENT) return isConditional(node.selectionSet, seen);
      if (node.kind !== Kind.FRAGMENT_SPREAD || seen.has(node.name.value)) return false;
      const fragment = fragments.get(node.name.value);
      return (
        fragment !== undefined && isConditional(fragment.selectionSet, new Set([...seen, node.name.value]))
      );
    });
  }

  return (definition) => {
    if (!isSubscription(definition) || !isConditional(definition.selectionSet, new Set())) return [];
    return [
      refused(
        'The root field of a subscription takes neither @skip nor @include.',
        'GRAPHQL_VALIDATION_FAILED',
      ),
    ];
  };
}

function isSubscription(definition: DefinitionNode): definition is OperationDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription';
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
