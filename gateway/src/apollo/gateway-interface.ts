import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { ExecutionAnswer } from '../execution/executor.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** What `new ApolloServer({ gateway })` takes. */
export type ApolloGateway = NonNullable<ConstructorParameters<typeof ApolloServer>[0]['gateway']>;

type Executor = NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>;
type SchemaListener = Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0];

/** A validated operation as Apollo Server hands it to a gateway. */
export type ApolloRequest = Parameters<Executor>[0];

/** What {@link createGatewayInterface} needs. */
export interface GatewayInterfaceDeps {
  /** Opens the supergraph when the server starts. */
  readonly open: () => Promise<SupergraphSource>;
  /** Runs an operation on the schema that it was validated against, even when a new one has come since. */
  readonly execute: (request: ApolloRequest, schema: SupergraphSchema) => Promise<ExecutionAnswer>;
  /** Called when the server stops. */
  readonly close: () => Promise<void>;
}

/** The gateway of one Apollo Server, which keeps its validation schema in step with the supergraph through it. */
export function createGatewayInterface({ open, execute, close }: GatewayInterfaceDeps): ApolloGateway {
  const byApi = new WeakMap<GraphQLSchema, SupergraphSchema>();
  const listeners = new Set<SchemaListener>();
  let supergraph: SupergraphSource | undefined;
  let unfollow = (): void => undefined;

  function tell(listener: SchemaListener, schema: SupergraphSchema): void {
    byApi.set(schema.api, schema);
    listener({ apiSchema: schema.api, coreSupergraphSdl: schema.sdl });
  }

  function tellAll(schema: SupergraphSchema): void {
    for (const listener of listeners) tell(listener, schema);
  }

  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      if (supergraph !== undefined) tell(listener, supergraph.current());
      return () => void listeners.delete(listener);
    },
    load: async () => {
      if (supergraph !== undefined) throw new Error('This gateway belongs to another server already.');
      const source = await open();
      supergraph = source;
      unfollow = source.onChange(tellAll);
      tellAll(source.current());
      return {
        executor: async (request) => await execute(request, byApi.get(request.schema) ?? source.current()),
      };
    },
    stop: async () => {
      unfollow();
      await close();
    },
  };
}
