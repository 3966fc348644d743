import { Kind, type ValueNode } from 'graphql';

/** Values of an operation's variables, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** An argument of an operation: its value once the variables are known. */
export interface ArgumentValue {
  readonly isDynamic: boolean;
  readonly read: (variables: Variables) => unknown;
}

/** Defaults of an operation's variables by name. */
export type VariableDefaults = ReadonlyMap<string, unknown>;

/** Compiles a literal that may hold variables. */
export function compileValue(node: ValueNode, defaults: VariableDefaults): ArgumentValue {
  switch (node.kind) {
    case Kind.VARIABLE: {
      const name = node.name.value;
      const fallback = defaults.get(name);
      return { isDynamic: true, read: (variables) => own(variables, name) ?? fallback };
    }
    case Kind.LIST: {
      const items = node.values.map((value) => compileValue(value, defaults));
      return combine(items, (variables) => items.map((item) => item.read(variables)));
    }
    case Kind.OBJECT: {
      const fields = node.fields.map(
        ({ name, value }) => [name.value, compileValue(value, defaults)] as const,
      );
      return combine(
        fields.map(([, value]) => value),
        (variables) => Object.fromEntries(fields.map(([name, value]) => [name, value.read(variables)])),
      );
    }
    case Kind.INT:
    case Kind.FLOAT:
      return constant(Number(node.value));
    case Kind.NULL:
      return constant(null);
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return constant(node.value);
  }
}

/** What lies at a dotted path of a value; undefined when there is nothing. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? own(inner, name) : undefined),
    value,
  );
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

function combine(parts: readonly ArgumentValue[], read: ArgumentValue['read']): ArgumentValue {
  return parts.some(({ isDynamic }) => isDynamic) ? { isDynamic: true, read } : constant(read({}));
}

function constant(value: unknown): ArgumentValue {
  return { isDynamic: false, read: () => value };
}
