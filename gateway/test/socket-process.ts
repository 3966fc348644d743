// A subscriber in a process of its own, for tests that stop or kill it: address, authorization, operation, id.
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const [url = '', authorization, query = '', id] = process.argv.slice(2);
const client = createClient({
  url: `${url.replace(/^http/, 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: { authorization },
});
client.subscribe(
  { query, variables: { id } },
  {
    next: (result) => process.stdout.write(`${JSON.stringify(result)}\n`),
    error: () => process.exit(1),
    complete: () => process.exit(0),
  },
);
