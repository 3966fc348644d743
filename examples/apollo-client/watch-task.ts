/**
 * Apollo Client on a Hoerok gateway, with subscriptions that go on where they were:
 * `HOEROK_URL=http://127.0.0.1:4000 ACCESS_TOKEN=… node examples/apollo-client/watch-task.ts TASK_ID`
 */
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { resumable } from '@hoerok/client';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';

/** What of a task is shown. */
export interface TaskUpdate {
  readonly taskUpdated: { readonly status: string; readonly progress: number; readonly revision: number };
}

/** Any part of the graph may be asked for here; of this, the gateway tells each change. */
export const TASK_UPDATED = gql`
  subscription ($id: ID!) {
    taskUpdated(id: $id) { status progress revision }
  }
`;

/**
 * Builds the client. `accessToken` is asked for every request and every connection, so when the token of a connection
 * expires (the gateway closes it with 4403), the next one begins with a fresh token and misses nothing.
 */
export function createApolloClient(url: string, accessToken: () => Promise<string>): ApolloClient {
  const authorization = async (): Promise<string> => `Bearer ${await accessToken()}`;
  const http = new HttpLink({
    uri: new URL('/graphql', url).href,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', await authorization());
      return await fetch(input, { ...init, headers });
    },
  });
  const socket = createClient({
    url: new URL('/graphql', url).href.replace(/^http/, 'ws'),
    connectionParams: async () => ({ authorization: await authorization() }),
    retryAttempts: Infinity,
    shouldRetry: () => true,
    // Full jitter: clients of a gateway that restarts do not all come back in the same instant.
    retryWait: async (retries) => {
      const waitMs = Math.random() * Math.min(15_000, 500 * 2 ** retries);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    },
  });
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(resumable(socket)),
      http,
    ),
  });
}

if (import.meta.main) {
  const { HOEROK_URL = 'http://127.0.0.1:4000', ACCESS_TOKEN = '' } = process.env;
  const apollo = createApolloClient(HOEROK_URL, async () => ACCESS_TOKEN);
  const variables = { id: process.argv[2] ?? '' };
  apollo.subscribe<TaskUpdate>({ query: TASK_UPDATED, variables }).subscribe({
    next: ({ data, error }) => console.log(data?.taskUpdated ?? error?.message),
    complete: () => console.log('The task has ended.'),
  });
}
