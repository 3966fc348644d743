import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import type { EventSource } from '../subscriptions/event-source.ts';
import type { SubscriptionRoot } from '../subscriptions/subscription-root.ts';
import { upstreamOperation } from './upstream-operation.ts';
import type { Upstreams } from './upstreams.ts';

/**
 * Subscribes to the subgraph that owns a Subscription field, as the viewer of the context. The payload of each event is
 * the subgraph's answer to the first fetch of the plan. Such events have no id: nobody can ask for them again.
 */
export function openUpstreamEventSource(
  { primary, subgraph }: SubscriptionRoot,
  { variables }: AcceptedSubscription,
  { context, upstreams }: { readonly context: GatewayContext; readonly upstreams: Upstreams },
): EventSource {
  const { viewer, headers } = context;
  const source = upstreams.open({
    subgraph,
    operation: upstreamOperation(primary, variables),
    identity: { viewer, headers },
  });
  return {
    pull: async () => {
      const payload = await source.pull();
      if (payload === null) return null;
      return { key: '', terminal: false, payload, eventId: null, delivery: 'live', trace: {} };
    },
    close: source.close,
  };
}
