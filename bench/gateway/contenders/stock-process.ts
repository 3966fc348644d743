/** Stock: @apollo/server and @apollo/gateway as their documentation puts them together. */
import { readFileSync } from 'node:fs';
import { importFromGateway } from '../installed.ts';

/** A request to a subgraph on its way. */
interface Outgoing {
  readonly request: { readonly http?: { readonly headers: { set(name: string, value: string): void } } };
  readonly context: { readonly authorization?: string };
}

interface DataSource {
  willSendRequest?(outgoing: Outgoing): void;
}

interface GatewayLibrary {
  readonly ApolloGateway: new (options: {
    supergraphSdl: string;
    buildService: (service: { readonly url?: string }) => DataSource;
  }) => object;
  readonly RemoteGraphQLDataSource: new (options: { url: string | undefined }) => DataSource;
}

interface ServerLibrary {
  readonly ApolloServer: new (options: { gateway: object }) => object;
}

interface StandaloneLibrary {
  readonly startStandaloneServer: (
    server: object,
    options: {
      listen: { host: string; port: number };
      context: (request: {
        readonly req: { readonly headers: { readonly authorization?: string } };
      }) => Promise<Outgoing['context']>;
    },
  ) => Promise<unknown>;
}

const { ApolloGateway, RemoteGraphQLDataSource } = await importFromGateway<GatewayLibrary>('@apollo/gateway');
const { ApolloServer } = await importFromGateway<ServerLibrary>('@apollo/server');
const { startStandaloneServer } = await importFromGateway<StandaloneLibrary>('@apollo/server/standalone');

class AuthorizedDataSource extends RemoteGraphQLDataSource {
  override willSendRequest({ request, context }: Outgoing): void {
    // The gateway asks for its own health without a client's request.
    if (context.authorization !== undefined)
      request.http?.headers.set('authorization', context.authorization);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env['SUPERGRAPH'] ?? '', 'utf8'),
  buildService: ({ url }) => new AuthorizedDataSource({ url }),
});
await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT']) },
  context: async ({ req }) =>
    req.headers.authorization === undefined ? {} : { authorization: req.headers.authorization },
});
