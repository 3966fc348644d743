import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { ComposedWorld } from './compose-world.ts';
import type { SubgraphFetch, SubgraphReply, SubgraphRequest } from './contender.ts';
import { type Fault, faultKey, faultyReply, type Place, placeKey, REFERENCE } from './faults.ts';
import { createStore, isStoredObject, rootObject, type Store } from './store.ts';
import { fieldNamed } from './world.ts';

/** What belongs to one run of one contender. */
export interface Session {
  readonly faults: ReadonlyMap<string, Fault>;
  /** Where resolvers have been. */
  readonly visited: Map<string, Place>;
  /** Requests so far. */
  requests: number;
  /** Mutations so far. */
  tick: number;
}

/** The subgraphs of a world, in this process. */
export interface Subgraphs {
  readonly store: Store;
  readonly fetch: SubgraphFetch;
  /** Starts a run: forgets mutations, sets faults. */
  begin(faults: readonly Fault[]): Session;
}

/** A value to put into a finished answer, past what the schema allows. */
interface Rewrite {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

interface CallContext {
  readonly subgraph: string;
  readonly session: Session;
  readonly rewrites: Rewrite[];
}

export function createSubgraphs({ world, schemas }: ComposedWorld): Subgraphs {
  const store = createStore(world);
  const built = new Map([...schemas].map(([name, sdl]) => [name, buildSchema(world, store, sdl)] as const));
  let session = createSession([]);
  return {
    store,
    begin: (faults) => {
      session = createSession(faults);
      return session;
    },
    fetch: async (subgraph, request) => {
      const schema = built.get(subgraph);
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}.`);
      session.requests += 1;
      const fault = session.faults.get(subgraph);
      if (fault?.level === 'subgraph') return faultyReply(fault.kind, subgraph);
      return await answer(schema, { subgraph, session, rewrites: [] }, request);
    },
  };
}

function createSession(faults: readonly Fault[]): Session {
  return {
    faults: new Map(faults.map((fault) => [faultKey(fault), fault])),
    visited: new Map(),
    requests: 0,
    tick: 0,
  };
}

function buildSchema(world: ComposedWorld['world'], store: Store, sdl: string): GraphQLSchema {
  const resolveReference = (representation: Record<string, unknown>, context: CallContext): unknown =>
    findEntity(world, store, representation, context);
  const keyed = [...world.objects.filter(({ kind }) => kind === 'entity'), ...world.abstracts].filter(
    ({ name }) => new RegExp(`^(extend )?(type|interface) ${name}[^{]*@key`, 'm').test(sdl),
  );
  const resolvers = Object.fromEntries(
    keyed.map(({ name }) => [name, { __resolveReference: resolveReference }] as const),
  );
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && !type.name.startsWith('_')) {
      type.resolveType = (value) => (isStoredObject(value) ? value.storedType : undefined);
    }
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      field.resolve = (source: unknown, args, context: CallContext, info) =>
        resolveField(world, store, { source, args, context, info });
    }
  }
  return schema;
}

function findEntity(
  world: ComposedWorld['world'],
  store: Store,
  representation: Record<string, unknown>,
  { subgraph, session }: CallContext,
): unknown {
  const name = String(representation['__typename']);
  const members = world.abstracts.find((model) => model.name === name)?.members ?? [{ name }];
  const found = store.find(
    members.map((member) => member.name),
    representation,
  );
  if (found === null) return null;
  const place = { subgraph, type: found.storedType, field: REFERENCE, id: found.storedId };
  session.visited.set(placeKey(place), place);
  const fault = session.faults.get(placeKey(place));
  if (fault?.level !== 'entity') return found;
  if (fault.kind === 'missing') return null;
  const error = new GraphQLError('No such thing', { extensions: { code: 'NOT_FOUND' } });
  if (fault.kind === 'reference-error') return Promise.reject(error);
  throw error;
}

interface FieldCall {
  readonly source: unknown;
  readonly args: Record<string, unknown>;
  readonly context: CallContext;
  readonly info: GraphQLResolveInfo;
}

function resolveField(world: ComposedWorld['world'], store: Store, call: FieldCall): unknown {
  const { source, args, context, info } = call;
  const { subgraph, session } = context;
  const object = isStoredObject(source) ? source : rootObject(info.parentType.name);
  const field = fieldNamed(world, object.storedType, info.fieldName);
  if (field === undefined) throw new Error(`No model of ${object.storedType}.${info.fieldName}`);
  if (object.storedType === 'Mutation') session.tick += 1;
  const place = { subgraph, type: object.storedType, field: field.name, id: object.storedId };
  session.visited.set(placeKey(place), place);
  const value = store.answer({ object, field, args, tick: session.tick });
  const fault = session.faults.get(placeKey(place));
  return fault?.level === 'field' ? spoil(value, fault, call) : value;
}

function spoil(value: unknown, fault: Extract<Fault, { level: 'field' }>, call: FieldCall): unknown {
  const { info, context } = call;
  const path: (string | number)[] = [];
  for (let at: typeof info.path | undefined = info.path; at !== undefined; at = at.prev) path.unshift(at.key);
  switch (fault.kind) {
    case 'null':
      return null;
    case 'error':
      throw new GraphQLError('Broken on purpose', { extensions: { code: 'BROKEN', detail: [1] } });
    case 'bare-error':
      throw new Error('Broken on purpose, without a code');
    case 'short-list':
      return Array.isArray(value) ? value.slice(0, -1) : value;
    case 'null-item':
      return Array.isArray(value) ? value.map((item: unknown, index) => (index === 0 ? null : item)) : value;
    case 'silent-null':
      context.rewrites.push({ path, value: null });
      return value;
    case 'wrong':
      context.rewrites.push({ path, value: fault.value });
      return value;
    case 'absent':
      context.rewrites.push({ path, value: undefined });
      return value;
  }
}

async function answer(
  schema: GraphQLSchema,
  context: CallContext,
  request: SubgraphRequest,
): Promise<SubgraphReply> {
  const document = parse(request.query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) {
    throw new Error(`${context.subgraph} was sent an invalid query: ${invalid.join(' ')}\n${request.query}`);
  }
  const result = await execute({
    schema,
    document,
    contextValue: context,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
  });
  // As a client sees it, without prototypes or getters.
  const body = JSON.parse(JSON.stringify(result)) as Record<string, unknown>;
  for (const rewrite of context.rewrites) apply(body['data'], rewrite);
  return { status: 200, contentType: 'application/json; charset=utf-8', text: write(body, context) };
}

/** Sets a value where its path leads, unless what is above it has become null. */
function apply(root: unknown, { path, value }: Rewrite): void {
  let at = root;
  for (const [index, key] of path.entries()) {
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string | number, unknown>;
    if (index === path.length - 1) holder[key] = value;
    at = holder[key];
  }
}

/** JSON in one of the ways servers write it, always the same for one subgraph. */
function write(body: Record<string, unknown>, { subgraph }: CallContext): string {
  switch (subgraph) {
    case 'beta':
      return `${JSON.stringify(body, null, 2)}\n`;
    case 'gamma':
      return JSON.stringify(body).replace(
        /[\u0080-\uffff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    case 'delta':
      return JSON.stringify({ extensions: { data: { cost: [1] } }, ...body });
    default:
      return JSON.stringify(body);
  }
}
