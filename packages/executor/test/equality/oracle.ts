import { execute, type GraphQLResolveInfo, isAbstractType, isObjectType, parse } from 'graphql';
import { buildSchema, printSchema } from 'graphql';
import type { ComposedWorld } from './compose-world.ts';
import type { Answer, ClientRequest } from './contender.ts';
import { type Fault, placeKey } from './faults.ts';
import { isStoredObject, rootObject, type Store } from './store.ts';
import { fieldNamed } from './world.ts';

/** What a monolith with the same schema answers, by graphql-js, over the same store. */
export interface Oracle {
  run(request: ClientRequest, faults: readonly Fault[]): Promise<Answer>;
}

interface RunContext {
  readonly faults: ReadonlyMap<string, Fault>;
  tick: number;
}

export function createOracle({ world, served }: ComposedWorld, store: Store): Oracle {
  // Of its own, since resolvers go into it.
  const schema = buildSchema(printSchema(served.api));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) {
      type.resolveType = (value) => (isStoredObject(value) ? value.storedType : undefined);
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (source: unknown, args, context: RunContext, info) =>
        resolve({ source, args, context, info });
    }
  }
  const resolve = ({ source, args, context, info }: Resolution): unknown => {
    const object = isStoredObject(source) ? source : rootObject(info.parentType.name);
    const field = fieldNamed(world, object.storedType, info.fieldName);
    if (field === undefined) throw new Error(`No model of ${object.storedType}.${info.fieldName}`);
    if (object.storedType === 'Mutation') context.tick += 1;
    for (const subgraph of field.owners) {
      const fault = context.faults.get(
        placeKey({ subgraph, type: object.storedType, field: field.name, id: object.storedId }),
      );
      if (fault?.kind === 'null') return null;
      if (fault !== undefined) throw new Error('Broken on purpose');
    }
    const known =
      field.requires === undefined
        ? object
        : { ...object, representation: store.required(object, field.requires) };
    return store.answer({ object: known, field, args, tick: context.tick });
  };
  return {
    run: async ({ query, operationName, variables }, faults) => {
      const byPlace = new Map(
        faults.map((fault) => [fault.level === 'field' ? placeKey(fault) : '', fault] as const),
      );
      return (await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        operationName: operationName ?? null,
        contextValue: { faults: byPlace, tick: 0 } satisfies RunContext,
      })) as Answer;
    },
  };
}

interface Resolution {
  readonly source: unknown;
  readonly args: Record<string, unknown>;
  readonly context: RunContext;
  readonly info: GraphQLResolveInfo;
}

/**
 * Whether a monolith means the same by a fault: a nullable field of one subgraph, of no key and required by nobody, that
 * gives null or throws. Anything else is about how subgraphs depend on each other.
 */
export function oracleKnows({ world }: ComposedWorld, fault: Fault): boolean {
  if (fault.level !== 'field' || !['null', 'error', 'bare-error'].includes(fault.kind)) return false;
  const field = fieldNamed(world, fault.type, fault.field);
  return (
    field !== undefined &&
    !field.type.nonNull &&
    field.owners.size === 1 &&
    field.external.size === 0 &&
    // An object that stands for an interface may require it.
    field.name !== 'label' &&
    field.overriddenIn === undefined
  );
}
