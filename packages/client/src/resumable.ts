import type { Client } from 'graphql-ws/client';

/**
 * A graphql-ws client whose subscriptions go on where they were when it connects again, for Apollo Client and urql, which
 * bring their own results and errors. Which losses it mends is up to its own `retryAttempts`, `retryWait` and `shouldRetry`.
 */
export function resumable(client: Client): Client {
  return {
    ...client,
    subscribe: (payload, sink) => {
      // graphql-ws writes the request anew for every connection, so it finds here how far the stream was read by then.
      const extensions: Record<string, unknown> = { ...payload.extensions };
      return client.subscribe<never, Record<string, unknown>>(
        { ...payload, extensions },
        {
          next: (result) => {
            const eventId = result.extensions?.['eventId'];
            if (typeof eventId === 'string') {
              if (eventId === extensions['lastEventId']) return;
              extensions['lastEventId'] = eventId;
            }
            sink.next(result as never);
          },
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      );
    },
  };
}
