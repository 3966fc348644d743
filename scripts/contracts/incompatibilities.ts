import { isDeepStrictEqual } from 'node:util';

/** A JSON Schema that is an object; the keywords are looked at one by one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Say something to people, change nothing for readers. */
const ANNOTATIONS = ['$schema', '$id', '$comment', 'title', 'description', 'examples', 'deprecated'];
/** One schema each; absent means that anything goes. */
const PARTS = { items: '[]', additionalProperties: '.*', propertyNames: '.(name)' } as const;
/** Several schemas each, compared by position. */
const LISTS = ['prefixItems', 'allOf', 'oneOf'];
const OWN_RULES = ['type', 'anyOf', 'properties', 'required', 'const', 'enum', '$defs'];
const LOOKED_AT = new Set([...ANNOTATIONS, ...Object.keys(PARTS), ...LISTS, ...OWN_RULES]);

/**
 * What in `after` readers or stored events of `before` would not survive; one line each, beginning with the path, empty
 * when the change is compatible.
 *
 * Two promises are checked at once, because old and new services run beside each other and streams are replayed: a
 * reader of the old schema accepts every new event, and a reader of the new schema every old one. What is left is a new
 * optional property, where the object does not refuse unknown ones, and the words of annotations. A new enum value is
 * refused like a removed one: readers decide over all values they know.
 */
export function incompatibilities(before: JsonSchema, after: JsonSchema): string[] {
  return compare('payload', before, after);
}

function compare(path: string, before: unknown, after: unknown): string[] {
  if (before === false || after === false) {
    if (before === after) return [];
    return [`${path}: ${after === false ? 'is no longer accepted' : 'is accepted now; readers refuse it'}.`];
  }
  const was = alternatives(before);
  const is = alternatives(after);
  const lines: string[] = [];
  if (was.nullable !== is.nullable)
    lines.push(`${path}: ${is.nullable ? 'may be null now' : 'may no longer be null, but was'}.`);
  if (was.schemas.length !== is.schemas.length)
    return [
      ...lines,
      `${path}: the number of alternatives was ${was.schemas.length}, is ${is.schemas.length} now.`,
    ];
  const single = was.schemas.length === 1;
  return [
    ...lines,
    ...was.schemas.flatMap((schema, index) =>
      compareOne(single ? path : `${path}(${index + 1})`, schema, is.schemas[index] ?? {}),
    ),
  ];
}

/** `anyOf` and lists of types are two ways to write the same; null is set apart, as it is the usual one. */
function alternatives(schema: unknown): { readonly schemas: JsonSchema[]; readonly nullable: boolean } {
  const { anyOf, ...rest } = asSchema(schema);
  const { type } = rest;
  const all = Array.isArray(anyOf)
    ? anyOf.map((one) => ({ ...rest, ...asSchema(one) }))
    : Array.isArray(type)
      ? type.map((one: unknown) => ({ ...rest, type: one }))
      : [rest];
  const schemas = all.filter((one) => one.type !== 'null');
  return { schemas, nullable: schemas.length < all.length };
}

function compareOne(path: string, before: JsonSchema, after: JsonSchema): string[] {
  if (before.type !== after.type) return [changed(path, 'type', before.type, after.type)];
  return [
    ...compareValues(path, before, after),
    ...compareProperties(path, before, after),
    ...Object.entries(PARTS)
      .filter(([keyword]) => before[keyword] !== undefined || after[keyword] !== undefined)
      .flatMap(([keyword, suffix]) =>
        compare(`${path}${suffix}`, before[keyword] ?? {}, after[keyword] ?? {}),
      ),
    ...LISTS.flatMap((keyword) => compareLists(`${path}.${keyword}`, before[keyword], after[keyword])),
    ...compareDefinitions(before, after),
    ...[...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((keyword) => !LOOKED_AT.has(keyword) && !isDeepStrictEqual(before[keyword], after[keyword]))
      .map((keyword) => changed(path, keyword, before[keyword], after[keyword])),
  ];
}

function compareValues(path: string, before: JsonSchema, after: JsonSchema): string[] {
  const was = valuesOf(before);
  const is = valuesOf(after);
  if (was === undefined && is === undefined) return [];
  if (was === undefined) return [`${path}: took any value, takes only ${is?.join(', ')} now.`];
  if (is === undefined) return [`${path}: took only ${was.join(', ')}, takes any value now.`];
  return [
    ...was.filter((value) => !is.includes(value)).map((value) => `${path}: lost the value ${value}.`),
    ...is
      .filter((value) => !was.includes(value))
      .map((value) => `${path}: got the value ${value}, which readers do not know.`),
  ];
}

function valuesOf(schema: JsonSchema): string[] | undefined {
  const values = 'const' in schema ? [schema.const] : schema.enum;
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : undefined;
}

function compareProperties(path: string, before: JsonSchema, after: JsonSchema): string[] {
  const was = asSchema(before.properties);
  const is = asSchema(after.properties);
  const requiredBefore = namesIn(before.required);
  const requiredAfter = namesIn(after.required);
  // Without `additionalProperties` readers pass over what they do not know.
  const open = before.additionalProperties === undefined || isOpen(before.additionalProperties);
  const known = Object.keys(was).flatMap((name) => {
    const at = `${path}.${name}`;
    if (!Object.hasOwn(is, name)) return [`${at}: was removed or renamed.`];
    const required = requiredAfter.has(name);
    const moved = required === requiredBefore.has(name) ? [] : [`${at}: ${describeMove(required)}`];
    return [...moved, ...compare(at, was[name], is[name])];
  });
  const added = Object.keys(is)
    .filter((name) => !Object.hasOwn(was, name))
    .flatMap((name) => {
      if (requiredAfter.has(name))
        return [`${path}.${name}: is new and required; only optional ones may be added.`];
      return open ? [] : [`${path}.${name}: is new, and readers refuse what they do not know there.`];
    });
  return [...known, ...added];
}

function describeMove(required: boolean): string {
  return required ? 'was optional, is required now.' : 'was required, is optional now.';
}

function compareLists(path: string, before: unknown, after: unknown): string[] {
  const was: unknown[] = Array.isArray(before) ? before : [];
  const is: unknown[] = Array.isArray(after) ? after : [];
  if (was.length !== is.length)
    return [`${path}: the number of schemas was ${was.length}, is ${is.length} now.`];
  return was.flatMap((schema, index) => compare(`${path}[${index}]`, schema, is[index]));
}

/** A new definition matters only where something refers to it. */
function compareDefinitions(before: JsonSchema, after: JsonSchema): string[] {
  const is = asSchema(after.$defs);
  return Object.entries(asSchema(before.$defs))
    .filter(([name]) => Object.hasOwn(is, name))
    .flatMap(([name, schema]) => compare(`#${name}`, schema, is[name]));
}

function changed(path: string, keyword: string, before: unknown, after: unknown): string {
  return `${path}: ${keyword} was ${textOf(before)}, is ${textOf(after)} now.`;
}

const textOf = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value));

const namesIn = (required: unknown): ReadonlySet<unknown> => new Set(Array.isArray(required) ? required : []);

const isOpen = (schema: unknown): boolean => schema !== false && Object.keys(asSchema(schema)).length === 0;

/** `true` and what is absent accept anything, as `{}` does. */
function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
