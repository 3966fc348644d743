import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { serveGraphiQL } from '../landing/graphiql.ts';
import { requestIdOf } from './client-context.ts';
import { applyCors } from './cors.ts';
import type { GraphQLEndpoint } from './graphql-endpoint.ts';
import type { GatewayReadiness } from './readiness.ts';
import { sendFailure, sendJson } from './respond.ts';

/** What {@link createHttpServer} needs. */
export interface HttpServerDeps {
  readonly graphql: GraphQLEndpoint;
  readonly readiness: () => Promise<GatewayReadiness>;
  readonly corsOrigins: readonly string[];
  /** Serves no pages. */
  readonly production: boolean;
}

/** The HTTP server: `/graphql`, `/health`, and in development `/graphiql`. */
export function createHttpServer(deps: HttpServerDeps): Server {
  // A header that comes twice is joined, so that no proxy before us and we read two different tokens.
  const server = createServer({ joinDuplicateHeaders: true }, (request, response) => {
    void route(request, response, deps).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendFailure(response, error);
    });
  });
  // Headers that trickle in hold a connection, not more; Node's own limit of a minute is too patient.
  server.headersTimeout = 15_000;
  return server;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  deps: HttpServerDeps,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://gateway');
  const requestId = requestIdOf(request.headers);
  response.setHeader('x-request-id', requestId);
  response.setHeader('x-content-type-options', 'nosniff');
  if (pathname === '/graphql') {
    if (!applyCors(request, response, deps.corsOrigins)) await deps.graphql(request, response, requestId);
  } else if (pathname === '/health' || pathname === '/health/liveness') {
    sendJson(response, 200, { status: 'pass' });
  } else if (pathname === '/health/readiness') {
    const readiness = await deps.readiness();
    sendJson(response, readiness.status === 'ready' ? 200 : 503, readiness);
  } else if (!deps.production && pathname === '/' && request.method === 'GET') {
    response.writeHead(302, { location: '/graphql' }).end();
  } else if (deps.production || !serveGraphiQL(pathname, response)) {
    sendJson(response, 404, { errors: [{ message: 'There is nothing here; GraphQL is at /graphql.' }] });
  }
}
