/**
 * urql on a Hoerok gateway, with subscriptions that go on where they were:
 * `HOEROK_URL=http://127.0.0.1:4000 ACCESS_TOKEN=… node examples/urql/watch-task.ts TASK_ID`
 */
import { resumable } from '@hoerok/client';
import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import { pipe, subscribe } from 'wonka';

/** What of a task is shown. */
export interface TaskUpdate {
  readonly taskUpdated: { readonly status: string; readonly progress: number; readonly revision: number };
}

/** Any part of the graph may be asked for here; of this, the gateway tells each change. */
export const TASK_UPDATED = gql<TaskUpdate, { id: string }>`
  subscription ($id: ID!) {
    taskUpdated(id: $id) { status progress revision }
  }
`;

/**
 * Builds the client. `accessToken` is asked for every request and every connection, so when the token of a connection
 * expires (the gateway closes it with 4403), the next one begins with a fresh token and misses nothing.
 */
export function createUrqlClient(url: string, accessToken: () => Promise<string>): Client {
  const authorization = async (): Promise<string> => `Bearer ${await accessToken()}`;
  const endpoint = new URL('/graphql', url).href;
  const socket = resumable(
    createClient({
      url: endpoint.replace(/^http/, 'ws'),
      connectionParams: async () => ({ authorization: await authorization() }),
      retryAttempts: Infinity,
      shouldRetry: () => true,
      // Full jitter: clients of a gateway that restarts do not all come back in the same instant.
      retryWait: async (retries) => {
        const waitMs = Math.random() * Math.min(15_000, 500 * 2 ** retries);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      },
    }),
  );
  return new Client({
    url: endpoint,
    preferGetMethod: false,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', await authorization());
      return await fetch(input, { ...init, headers });
    },
    exchanges: [
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query, variables: { ...variables } }, sink as never),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
}

if (import.meta.main) {
  const { HOEROK_URL = 'http://127.0.0.1:4000', ACCESS_TOKEN = '' } = process.env;
  const urql = createUrqlClient(HOEROK_URL, async () => ACCESS_TOKEN);
  pipe(
    urql.subscription(TASK_UPDATED, { id: process.argv[2] ?? '' }),
    subscribe(({ data, error, hasNext }) => {
      console.log(data?.taskUpdated ?? error?.message);
      if (!hasNext) console.log('The task has ended.');
    }),
  );
}
