import { readdir, readFile } from 'node:fs/promises';
import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLSchema,
} from 'graphql';
import type { BenchSubgraph } from './shop.ts';

const SUBGRAPHS = new URL('../../../subgraphs/', import.meta.url);
const ELEMENTS = 5;

/**
 * The subgraphs of the product with their own schemas. Values are made up from names, the same at every run: a gateway does not
 * look at them. Lists have five elements, so several objects are met more than once, as people in a meeting are.
 */
export async function loadHoerok(): Promise<readonly BenchSubgraph[]> {
  const names = (await readdir(SUBGRAPHS)).sort();
  return await Promise.all(
    names.map(async (name) => ({
      name,
      sdl: await readFile(new URL(`${name}/schema.graphql`, SUBGRAPHS), 'utf8'),
      resolvers: {},
      fieldResolver,
    })),
  );
}

const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const known: unknown = defaultFieldResolver(source, args, context, info);
  return known === undefined ? valueOf(info.returnType, info.fieldName, 1, info.schema) : known;
};

function valueOf(type: GraphQLOutputType, field: string, index: number, schema: GraphQLSchema): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, field, index, schema);
  if (isListType(type))
    return Array.from({ length: ELEMENTS }, (_, at) => valueOf(type.ofType, field, at, schema));
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isLeafType(type)) return leafOf(type.name, field);
  const [first] = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const { name } = first ?? type;
  return { __typename: name, id: `${name}-${index}` };
}

function leafOf(type: string, field: string): unknown {
  switch (type) {
    case 'Int':
      return field.length;
    case 'Float':
      return field.length / 10;
    case 'Boolean':
      return true;
    case 'DateTime':
      return '2026-01-02T03:04:05.000Z';
    default:
      return `The ${field} of something, in a few words.`;
  }
}
