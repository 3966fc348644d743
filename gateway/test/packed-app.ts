/** What another team writes around the packed gateway; packed.integration.test.ts runs it where that is installed. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createApolloGateway, stringifyResult } from '@hoerok/gateway';

interface Context {
  readonly token: string | undefined;
}

const gateway = createApolloGateway<Context>({
  supergraphFile: process.env['SUPERGRAPH_FILE'] ?? '',
  prepareJson: true,
  headers: ({ token }, subgraph) => ({ Authorization: token, 'x-asked': subgraph }),
});
const server = new ApolloServer<Context>({
  gateway,
  stringifyResult,
  plugins: [
    {
      requestDidStart: async () => ({
        didResolveOperation: async ({ contextValue, response }) =>
          void response.http.headers.set('x-plugin', contextValue.token ?? 'nobody'),
      }),
    },
  ],
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ token: req.headers.authorization }),
});
process.stdout.write(`${url}\n`);

// @ts-expect-error The types came along: a gateway needs a supergraph.
export const incomplete = (): unknown => createApolloGateway({});
