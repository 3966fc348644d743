import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  print,
} from 'graphql';
import type { Random } from './random.ts';

/** Arguments of an operation in the making, with the variables they use. */
export interface ArgumentSource {
  /** `(a: 1, b: $v0)`, or nothing. */
  print(field: GraphQLField<unknown, unknown>): string;
  /** A condition for `@skip` and `@include`. */
  condition(): string;
  /** `($v0: Int = 1)`, or nothing. */
  definitions(): string;
  variables(): Record<string, unknown>;
}

export function createArguments(
  random: Random,
  idsOf: (typeName: string) => readonly string[],
): ArgumentSource {
  const definitions: string[] = [];
  const variables: Record<string, unknown> = {};

  const literal = (value: unknown, type: GraphQLInputType): string => {
    const node = astFromValue(value, type);
    return node == null ? 'null' : print(node);
  };

  /** A variable with or without a default and a value; it may stay out or be null where that is allowed. */
  const variable = (type: GraphQLInputType, draw: () => unknown): string => {
    const name = `v${definitions.length}`;
    const hasDefault = !isNonNullType(type) && random.chance(0.4);
    definitions.push(`$${name}: ${type.toString()}${hasDefault ? ` = ${literal(draw(), type)}` : ''}`);
    const leaveOut = !isNonNullType(type) && random.chance(0.3);
    if (!leaveOut) variables[name] = !isNonNullType(type) && random.chance(0.15) ? null : draw();
    return `$${name}`;
  };

  const one = (argument: GraphQLArgument, resultType: string): string => {
    const { name, type } = argument;
    const draw = (): unknown =>
      name === 'id'
        ? random.pick([...idsOf(resultType), ...idsOf(resultType), 'nobody'])
        : drawInput(random, type);
    if (random.chance(0.5)) return `${name}: ${variable(type, draw)}`;
    const bottom = getNamedType(type);
    if (isInputObjectType(bottom) && bottom.getFields()['page'] !== undefined && random.chance(0.3)) {
      // A variable inside a literal.
      const page = bottom.getFields()['page']?.type;
      if (page !== undefined) return `${name}: { page: ${variable(page, () => drawInput(random, page))} }`;
    }
    return `${name}: ${literal(draw(), type)}`;
  };

  return {
    print: (field) => {
      const given = field.args.filter(
        ({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || random.chance(0.6),
      );
      const resultType = getNamedType(field.type).name;
      return given.length === 0 ? '' : `(${given.map((argument) => one(argument, resultType)).join(', ')})`;
    },
    condition: () => {
      if (random.chance(0.3)) return String(random.chance(0.5));
      const name = `v${definitions.length}`;
      const hasDefault = random.chance(0.3);
      definitions.push(`$${name}: ${hasDefault ? `Boolean = ${random.chance(0.5)}` : 'Boolean!'}`);
      if (!hasDefault || random.chance(0.5)) variables[name] = random.chance(0.5);
      return `$${name}`;
    },
    definitions: () => (definitions.length === 0 ? '' : `(${definitions.join(', ')})`),
    variables: () => variables,
  };
}

/** A value that fits an input type. */
function drawInput(random: Random, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return drawInput(random, type.ofType as GraphQLInputType);
  if (isListType(type)) {
    const item = type.ofType as GraphQLInputType;
    return Array.from({ length: random.between(0, 2) }, () => drawInput(random, item));
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter(
      ({ type: inner, defaultValue }) =>
        (isNonNullType(inner) && defaultValue === undefined) || random.chance(0.4),
    );
    return Object.fromEntries(given.map((field) => [field.name, drawInput(random, field.type)] as const));
  }
  switch (type.toString()) {
    case 'Int':
      return random.between(0, 5);
    case 'Float':
      return random.between(0, 20) / 4;
    case 'Boolean':
      return random.chance(0.5);
    default:
      return random.pick(['a', 'b "quoted"', 'ü', '']);
  }
}
