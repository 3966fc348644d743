import type { FormattedExecutionResult } from 'graphql';

type Data = Record<string, unknown>;

/** JSON of data that nobody has looked into yet, by the object that is to hold them. */
const unread = new WeakMap<Data, string>();
const objects = new WeakMap<object, Data>();

/**
 * An object that reads its properties from JSON when somebody first looks at them: a plugin, or `JSON.stringify`. Most
 * answers are only ever written, by {@link stringifyResult}.
 * @param json an object, or `null`
 */
export function prepareData(json: string): Data | null {
  if (json === 'null') return null;
  const object: Data = {};
  const prepared = new Proxy(object, READING);
  unread.set(object, json);
  objects.set(prepared, object);
  return prepared;
}

/**
 * The body of an answer, for the option of this name of `ApolloServer`. Data that nobody has looked into are written as
 * they were prepared; everything else as the server writes it.
 */
export function stringifyResult(result: FormattedExecutionResult): string {
  const json = preparedJson(result.data);
  if (json === undefined) return `${JSON.stringify(result)}\n`;
  const members = Object.entries(result)
    .map(([key, value]) => [key, key === 'data' ? json : JSON.stringify(value)] as const)
    .filter(([, text]) => text !== undefined)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${members.join(',')}}\n`;
}

function preparedJson(data: object | null | undefined): string | undefined {
  const object = data == null ? undefined : objects.get(data);
  return object === undefined ? undefined : unread.get(object);
}

function read(object: Data): Data {
  const json = unread.get(object);
  if (json === undefined) return object;
  unread.delete(object);
  // Defined and not assigned: a response key may be `__proto__`.
  const properties = Object.getOwnPropertyDescriptors(JSON.parse(json) as Data);
  return Object.defineProperties(object, properties);
}

const READING: ProxyHandler<Data> = {
  get: (object, key) => Reflect.get(read(object), key) as unknown,
  has: (object, key) => Reflect.has(read(object), key),
  ownKeys: (object) => Reflect.ownKeys(read(object)),
  getOwnPropertyDescriptor: (object, key) => Reflect.getOwnPropertyDescriptor(read(object), key),
  set: (object, key, value) => Reflect.set(read(object), key, value),
  defineProperty: (object, key, property) => Reflect.defineProperty(read(object), key, property),
  deleteProperty: (object, key) => Reflect.deleteProperty(read(object), key),
  preventExtensions: (object) => Reflect.preventExtensions(read(object)),
};
