import { readFileSync } from 'node:fs';
import { createClient, type Task } from '@hoerok/client';
import type { z } from 'zod';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

// A gateway that is gone for longer than a minute has ended; `npm start` began it itself.
const RECONNECT_ATTEMPTS = 10;

/** Talks to the gateway as any client does, in recorded operations (`operations/<name>.graphql`). */
export interface DemoClient {
  /** Signs every request from now on. */
  readonly authorize: (accessToken: string) => void;
  /** Runs a query or a mutation and decodes its data. @throws HoerokError */
  readonly run: <T extends z.ZodType>(name: string, variables: object, data: T) => Promise<z.output<T>>;
  /** Events of a subscription, until it completes or the loop is left. @throws HoerokError from the loop */
  readonly watch: <T extends z.ZodType>(
    name: string,
    variables: object,
    data: T,
  ) => AsyncIterable<z.output<T>>;
  /** The states of a task. @throws HoerokError from the loop */
  readonly watchTask: (id: string) => AsyncIterable<Task>;
  readonly close: () => void;
}

/** Builds a client of the gateway at `url`, for example `http://127.0.0.1:4000`. */
export function createDemoClient(url: string): DemoClient {
  let accessToken: string | null = null;
  const hoerok = createClient({
    url,
    accessToken: () => accessToken,
    reconnectAttempts: RECONNECT_ATTEMPTS,
  });
  return {
    authorize: (token) => {
      accessToken = token;
    },
    run: async (name, variables, data) => data.parse(await hoerok.execute(recorded(name), { ...variables })),
    watch: async function* (name, variables, data) {
      for await (const event of hoerok.subscribe(recorded(name), { ...variables }))
        yield data.parse(event.data);
    },
    watchTask: (id) => hoerok.watchTask(id),
    close: hoerok.close,
  };
}

function recorded(name: string): string {
  return readFileSync(new URL(`operations/${name}.graphql`, REPOSITORY), 'utf8');
}
