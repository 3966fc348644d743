import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type ValueNode,
} from 'graphql';
import { type ArgumentValue, valueAt, type Variables } from './argument-values.ts';
import type { CostDirectives, ListSize } from './cost-directives.ts';

/** Arguments that say how long a list will be, wherever a schema says nothing else. */
const SLICING_NAMES = new Set(['first', 'last', 'limit']);

/** Compiles a value that the estimate hangs on. */
export type ValueCompiler = (node: ValueNode) => ArgumentValue;

/** What was asked for so far. */
export interface Found {
  oversized: string | null;
  readonly maxListSize: number;
}

/** What the arguments of a field in an operation mean for the estimate. */
export interface FieldArguments {
  readonly costs: readonly ((variables: Variables) => number)[];
  readonly slices: readonly Slice[];
  readonly listSize: ListSize | null;
}

/** Compiles the arguments of a field; those that mean nothing for the estimate are not looked at. */
export function compileArguments(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  compiling: ArgumentCompiling,
): FieldArguments {
  const listSize = compiling.directives.listSizeOf(field);
  const paths = slicingPaths(field, listSize);
  const args = argumentsOf(node, field, { ...compiling, paths });
  const costs = args.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return { costs, slices: slicesOf(paths, args), listSize };
}

/** What {@link lengthOf} goes by. */
export interface LengthQuestion {
  readonly listSize: ListSize | null;
  readonly variables: Variables;
  readonly found: Found;
}

interface Argument {
  readonly name: string;
  readonly value: ArgumentValue | null;
  readonly defaultValue: unknown;
  /** `null` when it costs nothing, whatever it is. */
  readonly cost: ((variables: Variables) => number) | null;
}

interface ArgumentCompiling {
  readonly directives: CostDirectives;
  readonly value: ValueCompiler;
}

function argumentsOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { directives, value, paths }: ArgumentCompiling & { readonly paths: ReadonlySet<string> },
): readonly Argument[] {
  const slicing = new Set([...paths].map((path) => path.split('.')[0]));
  return field.args.flatMap(({ name, type, defaultValue, ...arg }) => {
    const given = node.arguments?.find((one) => one.name.value === name);
    if (given === undefined && defaultValue === undefined) return [];
    const weight = directives.weightOf(arg);
    const named = getNamedType(type);
    const hasCost = weight !== null || isInputObjectType(named) || directives.weightOf(named) !== null;
    if (!hasCost && !slicing.has(name)) return [];
    const compiled = given === undefined ? null : value(given.value);
    const cost = (variables: Variables): number =>
      inputCost(type, compiled?.read(variables), { weight, directives, depth: 0 });
    return [{ name, value: compiled, defaultValue, cost: hasCost ? cost : null }];
  });
}

interface InputWeight {
  /** Of the argument or input field itself. */
  readonly weight: number | null;
  readonly directives: CostDirectives;
  readonly depth: number;
}

/** What is nested deeper is not looked at; no schema of ours nests inputs at all. */
const MAX_INPUT_DEPTH = 32;

function inputCost(type: GraphQLInputType, given: unknown, at: InputWeight): number {
  if (given === undefined || given === null || at.depth > MAX_INPUT_DEPTH) return 0;
  if (isNonNullType(type)) return inputCost(type.ofType, given, at);
  const inner = { ...at, depth: at.depth + 1 };
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(given) ? given : [given];
    return items.reduce<number>((cost, item) => cost + inputCost(type.ofType, item, inner), 0);
  }
  const { directives } = at;
  const own = at.weight ?? directives.weightOf(type) ?? (isInputObjectType(type) ? 1 : 0);
  if (!isInputObjectType(type)) return own;
  return Object.values(type.getFields()).reduce(
    (cost, field) =>
      cost +
      inputCost(field.type, valueAt(given, [field.name]), { ...inner, weight: directives.weightOf(field) }),
    own,
  );
}

/** An argument, or a place in one, that says how long a list will be. */
export interface Slice {
  readonly name: string;
  readonly path: readonly string[];
  readonly argument: Argument;
}

function slicingPaths(field: GraphQLField<unknown, unknown>, listSize: ListSize | null): ReadonlySet<string> {
  const named = field.args.filter(({ name, type }) => SLICING_NAMES.has(name) && isInt(type));
  return new Set([...(listSize?.slicingArguments ?? []), ...named.map(({ name }) => name)]);
}

function slicesOf(paths: ReadonlySet<string>, args: readonly Argument[]): readonly Slice[] {
  return [...paths].flatMap((name) => {
    const [argumentName, ...path] = name.split('.');
    const argument = args.find((arg) => arg.name === argumentName);
    return argument === undefined ? [] : [{ name, path, argument }];
  });
}

/** The longest that any of them says; what is not a number is for validation to refuse. */
export function lengthOf(
  slices: readonly Slice[],
  { listSize, variables, found }: LengthQuestion,
): number | null {
  let longest: number | null = null;
  for (const { name, path, argument } of slices) {
    const given = argument.value?.read(variables);
    const length = valueAt(given ?? argument.defaultValue, path);
    if (typeof length !== 'number') continue;
    if (length > found.maxListSize) found.oversized ??= name;
    longest = Math.max(longest ?? 0, length);
  }
  return longest ?? listSize?.assumedSize ?? null;
}

function isInt(type: GraphQLInputType): boolean {
  const inner = isNonNullType(type) ? type.ofType : type;
  return !isListType(inner) && getNamedType(inner).name === 'Int';
}
