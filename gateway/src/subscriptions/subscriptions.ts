import { AppError } from '@hoerok/shared/errors';
import { meter } from '@hoerok/shared/telemetry';
import type { GraphQLError } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { publicErrors } from '../execution/client-errors.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import { openUpstreamEventSource } from '../upstream/upstream-event-source.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { createEndableSource } from './endable-source.ts';
import { createEventSharing } from './event-sharing.ts';
import { type EventSource, type EventSourceDeps, openEventSource } from './event-source.ts';
import {
  type EventAnswer,
  type PlannedSubscription,
  type PlanSubscriptionDeps,
  planSubscription,
  subjectOf,
} from './planned-subscription.ts';
import { createResultStream, type ResultStream } from './result-stream.ts';
import { createSchemaReloads, replanSubscription } from './schema-reload.ts';

const active = meter.createUpDownCounter('hoerok_gateway_subscriptions', {
  description: 'Subscriptions that are open',
});
const delivered = meter.createCounter('hoerok_gateway_events_delivered', {
  description: 'Events executed for subscribers, by delivery (snapshot, replay, live)',
});

/** Opens subscriptions that have passed the pipeline. */
export interface Subscriptions {
  /**
   * Opens the event source of a subscription. It outlives a swap of the supergraph when the operation still fits and
   * the source is the same; otherwise its last result is an error `SUBSCRIPTION_SCHEMA_RELOAD`.
   * @throws AppError or GraphQLError, fit for clients, when it cannot be opened.
   */
  readonly open: (subscription: AcceptedSubscription, context: GatewayContext) => Promise<ResultStream>;
  /** Follows the supergraph no longer. */
  readonly close: () => void;
}

/** What {@link createSubscriptions} needs. */
export interface SubscriptionsDeps extends Omit<PlanSubscriptionDeps, 'share'> {
  /** `null` without NATS. */
  readonly events: EventSourceDeps | null;
  /** Where fields without an event stream are subscribed to. */
  readonly upstreams: Upstreams;
  readonly supergraph: Pick<SupergraphSource, 'current' | 'onChange'>;
}

/**
 * Federated subscriptions: the operation is planned once per supergraph; its events come from one source for as long as
 * somebody reads them.
 */
export function createSubscriptions(given: SubscriptionsDeps): Subscriptions {
  const deps = { ...given, share: createEventSharing<EventAnswer>() };
  const { supergraph, logger } = deps;
  const reloads = createSchemaReloads(supergraph);
  return {
    close: reloads.close,
    open: async (subscription, outer) => {
      let planned = planSubscription(subscription, deps);
      let refusal: GraphQLError | null = null;
      const left = new AbortController();
      const contextNow = (): GatewayContext => ({ ...outer, ...outer.renewed?.(), signal: left.signal });
      const opened = await openSource({ planned, subscription, contextNow, signal: outer.signal }, deps);
      const source = createEndableSource(opened);

      function adopt(): void {
        const schema = supergraph.current();
        if (schema === planned.schema || refusal !== null) return;
        try {
          planned = replanSubscription({ subscription, planned, context: contextNow() }, schema, deps);
        } catch (error) {
          refusal = error as GraphQLError;
          source.fail(refusal);
        }
      }

      const unfollow = reloads.follow(adopt);
      // The swap may have come while the source was being opened.
      adopt();
      active.add(1);
      const scope = { requestId: outer.requestId, logger };
      return createResultStream({
        source,
        isOver: opened.isOver ?? false,
        signal: outer.signal,
        leave: () => {
          active.add(-1);
          unfollow();
          left.abort();
        },
        execute: async (event) => {
          // After a swap it may be a while until it is our turn; an event does not wait for that.
          adopt();
          if (refusal !== null) throw refusal;
          const result = await planned.execute(event, contextNow());
          delivered.add(1, { delivery: event.delivery });
          return result;
        },
        explain: (error) => ({ errors: publicErrors([error], scope).map((shown) => shown.toJSON()) }),
      });
    },
  };
}

interface Opening {
  readonly planned: PlannedSubscription;
  readonly subscription: AcceptedSubscription;
  readonly contextNow: () => GatewayContext;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}

async function openSource(
  { planned, subscription, contextNow, signal }: Opening,
  { events, upstreams }: SubscriptionsDeps,
): Promise<EventSource> {
  const { root, readObject, mayWatch } = planned;
  const { field, args } = root;
  const context = contextNow();
  if (field === null) return openUpstreamEventSource(root, subscription, { context, upstreams });
  if (events === null)
    throw new AppError('UNAVAILABLE', 'This gateway has no event source; NATS_URL is not set.');
  const request = {
    field,
    subject: subjectOf(field, root, context),
    args,
    viewer: context.viewer,
    lastEventId: subscription.lastEventId,
    signal,
    readObject: readObject === null ? null : async () => await readObject(contextNow()),
    mayWatch: mayWatch === null ? null : async () => await mayWatch(contextNow()),
  };
  return await openEventSource(request, events);
}
