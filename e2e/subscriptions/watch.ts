import { readFileSync } from 'node:fs';
import { until } from '@hoerok/shared/testing';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Session, SubscriptionEvent } from '../stack/session.ts';

/** An open subscription of somebody. */
export interface Watch {
  readonly events: readonly SubscriptionEvent[];
  /** The first event that is wanted, past or to come. */
  readonly seen: (what: string, wanted: (event: SubscriptionEvent) => boolean) => Promise<SubscriptionEvent>;
  /** Instant of the end, in milliseconds; null while it is open. */
  readonly endedAt: () => number | null;
}

/** One socket of somebody, with any number of subscriptions; ends with its block. */
export interface Socket extends AsyncDisposable {
  readonly watch: (query: string, variables?: Record<string, unknown>) => Watch;
}

/** A recorded operation. */
export function operation(name: string): string {
  return readFileSync(new URL(`../../operations/${name}.graphql`, import.meta.url), 'utf8');
}

/** Opens a socket with the stock client. */
export function openSocket({ accessToken, gatewayUrl }: Session): Socket {
  const client = createClient({
    url: `${gatewayUrl.replace('http', 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  return {
    watch: (query, variables = {}) => {
      const events: SubscriptionEvent[] = [];
      let endedAt: number | null = null;
      const end = (): void => {
        endedAt ??= Date.now();
      };
      client.subscribe(
        { query, variables },
        { next: (event) => void events.push(event as SubscriptionEvent), error: end, complete: end },
      );
      return {
        events,
        endedAt: () => endedAt,
        seen: async (what, wanted) => await until(what, () => events.find(wanted), { deadlineMs: 30_000 }),
      };
    },
    [Symbol.asyncDispose]: async () => await client.dispose(),
  };
}

/** The codes of an event's errors. */
export function codesOf({ errors = [] }: SubscriptionEvent): unknown[] {
  return errors.map(({ extensions }) => extensions?.['code']);
}
