import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/** Whether GraphiQL is there: its packages are optional, for they are large. */
const isInstalled = ((): boolean => {
  try {
    return resolve('graphiql/package.json') !== '';
  } catch {
    return false;
  }
})();

// The builds that these packages publish for browsers; everything comes from node_modules, nothing from the internet.
const FILES: Readonly<Record<string, { readonly type: string; readonly path: () => string }>> = {
  'react.js': script(() => inPackage('react', 'umd/react.production.min.js')),
  'react-dom.js': script(() => inPackage('react-dom', 'umd/react-dom.production.min.js')),
  'graphiql.js': script(() => inPackage('graphiql', 'graphiql.min.js')),
  'graphiql.css': { type: 'text/css; charset=utf-8', path: () => inPackage('graphiql', 'graphiql.min.css') },
};

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hoerok GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>html, body, #graphiql { margin: 0; height: 100% }</style>
<div id="graphiql">Loading</div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script>
  const endpoint = new URL('/graphql', location.href);
  const subscriptions = endpoint.href.replace(/^http/, 'ws');
  // GraphiQL reads its headers tab for requests only; a socket gets the same token when it is opened.
  const fetcher = (params, options) => GraphiQL.createFetcher({
    url: endpoint.href,
    subscriptionUrl: subscriptions,
    wsConnectionParams: (options && options.headers) || {},
  })(params, options);
  ReactDOM.createRoot(document.getElementById('graphiql'))
    .render(React.createElement(GraphiQL, { fetcher, shouldPersistHeaders: true, defaultEditorToolsVisibility: true }));
</script>
`;

/**
 * Serves GraphiQL and its files under `/graphiql`: queries and subscriptions, without the internet.
 * @returns false when the path is none of its own, or GraphiQL is not installed.
 */
export function serveGraphiQL(pathname: string, response: ServerResponse): boolean {
  if (!isInstalled) return false;
  if (pathname === '/graphiql') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
    return true;
  }
  const file = FILES[pathname.slice('/graphiql/'.length)];
  if (!pathname.startsWith('/graphiql/') || file === undefined) return false;
  response.writeHead(200, { 'content-type': file.type, 'cache-control': 'max-age=3600' });
  createReadStream(file.path()).pipe(response);
  return true;
}

function script(path: () => string): { readonly type: string; readonly path: () => string } {
  return { type: 'text/javascript; charset=utf-8', path };
}

function inPackage(name: string, path: string): string {
  return join(dirname(resolve(`${name}/package.json`)), path);
}
