import { type GraphQLLeafType, isEnumType } from 'graphql';

/** JSON of a leaf value that is not null; `undefined` when the value is none of the type. */
export type WriteLeaf = (value: unknown) => string | undefined;

// What JSON.stringify would not write as it is.
// oxlint-disable-next-line no-control-regex -- control characters are just what has to be escaped
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON of a text. Most texts need no escapes, and then quotes are all there is to do. */
export function quote(text: string): string {
  return SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`;
}

const writeInteger: WriteLeaf = (value) =>
  Number.isInteger(value) ? wholeNumber(value as number) : undefined;

// From 1e21 on a number is written with an exponent, which is no integer to GraphQL.
function wholeNumber(value: number): string | undefined {
  return Math.abs(value) < 1e21 ? String(value) : undefined;
}

// A subgraph may nest a value deeper than the stack reaches. Then the value is invalid, and the rest of the answer is not.
const writeAny: WriteLeaf = (value) => {
  try {
    return JSON.stringify(value) as string | undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const builtIn: ReadonlyMap<string, WriteLeaf> = new Map([
  ['Int', writeInteger],
  ['Float', (value) => (Number.isFinite(value) ? String(value) : undefined)],
  ['String', (value) => (typeof value === 'string' ? quote(value) : undefined)],
  ['ID', (value) => (typeof value === 'string' ? quote(value) : writeInteger(value))],
  ['Boolean', (value) => (typeof value === 'boolean' ? String(value) : undefined)],
]);

/** The writer of a leaf type. Of a scalar that the schema itself defines, any value is one. */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const names = new Map(type.getValues().map(({ name }) => [name, `"${name}"`]));
    return (value) => (typeof value === 'string' ? names.get(value) : undefined);
  }
  return builtIn.get(type.name) ?? writeAny;
}
