import { readFileSync } from 'node:fs';
import { type Client, createClient } from 'graphql-ws';
import { z } from 'zod';
import { SetupError } from '../infra/setup-error.ts';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

/** Talks to the gateway as any client does: GraphQL over HTTP, subscriptions over WebSocket. */
export interface HoerokClient {
  /** Signs every request from now on. */
  readonly authorize: (accessToken: string) => void;
  /**
   * Runs a recorded operation (`operations/<name>.graphql`) and decodes its data.
   * @throws SetupError with the messages of the GraphQL errors
   */
  readonly run: <T extends z.ZodType>(name: string, variables: object, data: T) => Promise<z.output<T>>;
  /** Events of a recorded subscription, decoded, until it completes or the loop is left. */
  readonly watch: <T extends z.ZodType>(
    name: string,
    variables: object,
    data: T,
  ) => AsyncIterable<z.output<T>>;
  readonly close: () => Promise<void>;
}

const answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Builds a client of the gateway at `url`, for example `http://127.0.0.1:4000`. */
export function createHoerokClient(url: string): HoerokClient {
  const endpoint = new URL('/graphql', url);
  let accessToken: string | undefined;
  let sockets: Client | undefined;
  const openSockets = (): Client =>
    (sockets ??= createClient({
      url: endpoint.href.replace(/^http/, 'ws'),
      connectionParams: () => (accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      retryAttempts: 10,
    }));
  return {
    authorize: (token) => {
      accessToken = token;
    },
    run: async (name, variables, data) => {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        },
        body: JSON.stringify({ query: recorded(name), variables }),
      });
      return dataOf(await response.json(), data);
    },
    watch: (name, variables, data) => {
      const events = openSockets().iterate({ query: recorded(name), variables: { ...variables } });
      return mapEvents(events, (event) => dataOf(event, data));
    },
    close: async () => {
      await sockets?.dispose();
    },
  };
}

async function* mapEvents<T>(events: AsyncIterable<unknown>, map: (event: unknown) => T): AsyncIterable<T> {
  for await (const event of events) yield map(event);
}

function dataOf<T extends z.ZodType>(body: unknown, data: T): z.output<T> {
  const decoded = answer.parse(body);
  if (decoded.errors !== undefined)
    throw new SetupError(decoded.errors.map(({ message }) => message).join(' '));
  return data.parse(decoded.data);
}

function recorded(name: string): string {
  return readFileSync(new URL(`operations/${name}.graphql`, REPOSITORY), 'utf8');
}
