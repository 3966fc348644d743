import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type GraphQLSchema,
  Kind,
  type ObjectValueNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments, or dotted paths into them, that say how long the list will be. */
  readonly slicingArguments: readonly string[];
  /** Fields of the field's own type that have that length; empty: the field itself. */
  readonly sizedFields: readonly string[];
}

/** Reads `@cost` and `@listSize` as a schema calls them. */
export interface CostDirectives {
  /** The weight in `@cost`; `null` without the directive. */
  readonly weightOf: (node: Annotated) => number | null;
  readonly listSizeOf: (node: Annotated) => ListSize | null;
}

/** A definition of a schema that was made from SDL. */
export interface Annotated {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?:
    | readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[]
    | undefined;
}

/**
 * The directives of Apollo's cost specification in a subgraph or a supergraph; a renamed import is followed.
 * @see https://www.apollographql.com/docs/graphos/routing/security/demand-control
 */
export function readCostDirectives(schema: GraphQLSchema): CostDirectives {
  const names = namesIn(schema);
  return {
    weightOf: (node) => {
      const weight = argumentsOf(node, names.cost)?.['weight'];
      return weight === undefined ? null : finite(weight);
    },
    listSizeOf: (node) => {
      const found = argumentsOf(node, names.listSize);
      if (found === undefined) return null;
      const { assumedSize, slicingArguments, sizedFields } = found;
      return {
        assumedSize: typeof assumedSize === 'number' ? Math.max(0, assumedSize) : null,
        slicingArguments: strings(slicingArguments),
        sizedFields: strings(sizedFields),
      };
    },
  };
}

function namesIn(schema: GraphQLSchema): { readonly cost: string; readonly listSize: string } {
  const names = { cost: 'cost', listSize: 'listSize' };
  for (const link of directivesOf(schema, 'link')) {
    const url = stringOf(valueOf(link, 'url'));
    const isFederation = url.startsWith('https://specs.apollo.dev/federation/');
    if (!isFederation && !url.startsWith('https://specs.apollo.dev/cost/')) continue;
    const as = stringOf(valueOf(link, 'as')) || (isFederation ? 'federation' : 'cost');
    for (const key of ['cost', 'listSize'] as const) {
      // The directive that is called as its feature needs no prefix.
      names[key] = importedAs(link, `@${key}`) ?? (key === 'cost' && !isFederation ? as : `${as}__${key}`);
    }
  }
  return names;
}

function importedAs(link: DirectiveNode, name: string): string | undefined {
  const imports = valueOf(link, 'import');
  if (imports?.kind !== Kind.LIST) return undefined;
  for (const item of imports.values) {
    if (item.kind === Kind.STRING && item.value === name) return name.slice(1);
    if (item.kind !== Kind.OBJECT || stringOf(fieldOf(item, 'name')) !== name) continue;
    return (stringOf(fieldOf(item, 'as')) || name).slice(1);
  }
  return undefined;
}

function directivesOf(node: Annotated, name: string): readonly ConstDirectiveNode[] {
  const nodes = [node.astNode, ...(node.extensionASTNodes ?? [])];
  return nodes.flatMap((one) => (one?.directives ?? []).filter((directive) => directive.name.value === name));
}

function argumentsOf(node: Annotated, name: string): Readonly<Record<string, unknown>> | undefined {
  const [directive] = directivesOf(node, name);
  if (directive === undefined) return undefined;
  const args = directive.arguments ?? [];
  return Object.fromEntries(args.map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));
}

function valueOf(directive: DirectiveNode, name: string): ValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

function fieldOf(object: ObjectValueNode, name: string): ValueNode | undefined {
  return object.fields.find((field) => field.name.value === name)?.value;
}

function stringOf(value: ValueNode | undefined): string {
  return value?.kind === Kind.STRING ? value.value : '';
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

// The specification says an integer, and composes it from what subgraphs write; text is met in hand-written schemas.
function finite(value: unknown): number {
  const weight = Number(value);
  return Number.isFinite(weight) ? Math.max(0, weight) : 0;
}
