import {
  type DocumentNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import {
  type ArgumentValue,
  compileValue,
  type VariableDefaults,
  type Variables,
} from './argument-values.ts';
import { type CostDirectives, readCostDirectives } from './cost-directives.ts';
import { compileArguments, type Found, lengthOf, type ValueCompiler } from './field-arguments.ts';
import { fragmentsOf } from './fragments.ts';

/** What an operation asks for, before anything of it is run. */
export interface Demand {
  /** Estimated cost: about the number of objects that are resolved. */
  readonly cost: number;
  /** Name of an argument that asks for a longer list than allowed; `null` when none does. */
  readonly oversized: string | null;
}

/** The demand of one operation for given variables. */
export type OperationDemand = (variables: Variables) => Demand;

/** Options of {@link createDemandCompiler}. */
export interface DemandOptions {
  /** Length of a list of which nothing is known. */
  readonly assumedListSize: number;
  /** Longest list that an argument may ask for. */
  readonly maxListSize: number;
}

/** Compiles operations of one schema. Those need not be valid: what the schema does not know counts nothing. */
export type DemandCompiler = (document: DocumentNode, operation: OperationDefinitionNode) => OperationDemand;

/** Lists of a connection: they are as long as its field's `first` says. */
const CONNECTION_LISTS = ['edges', 'nodes', 'items'];

const MUTATION_COST = 10;

/**
 * Estimates by the rules of IBM's cost specification as Apollo Router keeps them: an object costs 1, a scalar nothing,
 * a mutation 10, `@cost` says otherwise; what is in a list counts as often as `@listSize` or `first`, `last` and
 * `limit` say. Branches of a union or an interface are added up.
 * @see https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function createDemandCompiler(schema: GraphQLSchema, options: DemandOptions): DemandCompiler {
  const directives = readCostDirectives(schema);
  return (document, operation) => {
    const root = schema.getRootType(operation.operation);
    const compiler = compilerOf({ schema, directives, options, document, operation });
    const parts =
      root === undefined || root === null ? [] : compiler.selection(operation.selectionSet, root, null);
    const base = operation.operation === 'mutation' ? MUTATION_COST : 0;
    const estimate: OperationDemand = (variables) => {
      const found: Found = { oversized: null, maxListSize: options.maxListSize };
      return { cost: base + sum(parts, variables, { found, lengthAbove: null }), oversized: found.oversized };
    };
    // Without variables that matter it is one answer for ever, and the tree can go.
    if (compiler.isDynamic()) return estimate;
    const constant = Object.freeze(estimate({}));
    return () => constant;
  };
}

/** A part of the estimate; `lengthAbove` is what an outer `sizedFields` says of the lists in it. */
type Part = (variables: Variables, found: Found, lengthAbove: number | null) => number;

interface Compiling {
  readonly schema: GraphQLSchema;
  readonly directives: CostDirectives;
  readonly options: DemandOptions;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface Compiler {
  readonly selection: (
    set: SelectionSetNode,
    type: GraphQLNamedType,
    sized: readonly string[] | null,
  ) => readonly Part[];
  readonly isDynamic: () => boolean;
}

function sum(
  parts: readonly Part[],
  variables: Variables,
  { found, lengthAbove }: { readonly found: Found; readonly lengthAbove: number | null },
): number {
  let cost = 0;
  for (const part of parts) cost += part(variables, found, lengthAbove);
  return cost;
}

function compilerOf({ schema, directives, options, document, operation }: Compiling): Compiler {
  const defaults = defaultsOf(operation);
  const fragments = fragmentsOf(document);
  const compiled = new Map<string, readonly Part[]>();
  let isDynamic = false;

  // Only what the estimate hangs on; an id may change as it likes.
  function value(node: ValueNode): ArgumentValue {
    const read = compileValue(node, defaults);
    isDynamic ||= read.isDynamic;
    return read;
  }

  function selection(
    set: SelectionSetNode,
    type: GraphQLNamedType,
    sized: readonly string[] | null,
  ): readonly Part[] {
    return set.selections.flatMap((node) => {
      const parts = partsOf(node, type, sized);
      return parts.length === 0 ? [] : conditional(node, parts, value);
    });
  }

  function partsOf(
    node: SelectionNode,
    type: GraphQLNamedType,
    sized: readonly string[] | null,
  ): readonly Part[] {
    if (node.kind === Kind.FRAGMENT_SPREAD) return spread(node.name.value, sized);
    if (node.kind === Kind.INLINE_FRAGMENT)
      return selection(
        node.selectionSet,
        conditionType(schema, node.typeCondition?.name.value) ?? type,
        sized,
      );
    const definition =
      isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (definition === undefined) return [];
    const isSized = sized?.includes(definition.name) ?? false;
    const part = fieldPart(node, definition, { isSized, directives, options, value, selection });
    return part === null ? [] : [part];
  }

  function spread(name: string, sized: readonly string[] | null): readonly Part[] {
    const key = `${name} ${sized?.join(' ') ?? ''}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    // Inside itself a fragment counts nothing; validation refuses such cycles.
    compiled.set(key, []);
    const fragment = fragments.get(name);
    const type = conditionType(schema, fragment?.typeCondition.name.value);
    const parts =
      fragment === undefined || type === undefined ? [] : selection(fragment.selectionSet, type, sized);
    compiled.set(key, parts);
    return parts;
  }

  return { selection, isDynamic: () => isDynamic };
}

interface FieldCompiling extends Pick<Compiling, 'directives' | 'options'> {
  /** Whether an outer field says how long its list is. */
  readonly isSized: boolean;
  readonly value: ValueCompiler;
  readonly selection: Compiler['selection'];
}

/** `null` when the field costs nothing and asks for no length. */
function fieldPart(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { isSized, directives, options, value, selection }: FieldCompiling,
): Part | null {
  const type = getNamedType(field.type);
  const weight = directives.weightOf(field) ?? directives.weightOf(type) ?? (isCompositeType(type) ? 1 : 0);
  const isList = isListOf(field.type);
  const { costs, slices, listSize } = compileArguments(node, field, { directives, value });
  const saysLength = listSize !== null || slices.length > 0;
  const named = listSize?.sizedFields ?? [];
  const sizedBelow = isList || !saysLength ? null : named.length > 0 ? named : CONNECTION_LISTS;
  const children = node.selectionSet === undefined ? [] : selection(node.selectionSet, type, sizedBelow);
  if (children.length === 0 && weight === 0 && costs.length === 0 && slices.length === 0) return null;
  return (variables, found, lengthAbove) => {
    const own = saysLength ? lengthOf(slices, { listSize, variables, found }) : null;
    const each = weight + sum(children, variables, { found, lengthAbove: isList ? null : own });
    const times = isList ? ((isSized ? lengthAbove : null) ?? own ?? options.assumedListSize) : 1;
    return costs.reduce((cost, costOf) => cost + costOf(variables), times * each);
  };
}

function conditional(node: SelectionNode, parts: readonly Part[], value: ValueCompiler): readonly Part[] {
  const conditions = (node.directives ?? []).flatMap(({ name, arguments: args }) => {
    const given = args?.find((arg) => arg.name.value === 'if');
    const skips = name.value === 'skip';
    if (given === undefined || (!skips && name.value !== 'include')) return [];
    return [{ skips, given: value(given.value) }];
  });
  if (conditions.length === 0) return parts;
  return [
    (variables, found, lengthAbove) =>
      conditions.some(({ skips, given }) => given.read(variables) === skips)
        ? 0
        : sum(parts, variables, { found, lengthAbove }),
  ];
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): VariableDefaults {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
    ),
  );
}

function conditionType(schema: GraphQLSchema, name: string | undefined): GraphQLNamedType | undefined {
  return name === undefined ? undefined : schema.getType(name);
}

function isListOf(type: unknown): boolean {
  return isNonNullType(type) ? isListOf(type.ofType) : isListType(type);
}
