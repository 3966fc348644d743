import { AppError } from '@hoerok/shared/errors';
import { meter } from '@hoerok/shared/telemetry';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { publicErrors } from '../execution/client-errors.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import { openUpstreamEventSource } from '../upstream/upstream-event-source.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { createEventSharing } from './event-sharing.ts';
import { type EventSource, type EventSourceDeps, openEventSource, type SourceEvent } from './event-source.ts';
import {
  type EventAnswer,
  type PlannedSubscription,
  type PlanSubscriptionDeps,
  planSubscription,
  subjectOf,
} from './planned-subscription.ts';
import { ResultStream } from './result-stream.ts';
import { createSchemaReloads, replanSubscription, type SchemaReloads } from './schema-reload.ts';

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
  const reloads = createSchemaReloads(given.supergraph);
  const deps = { ...given, share: createEventSharing<EventAnswer>(), reloads };
  return {
    close: reloads.close,
    open: async (subscription, context) => {
      const planned = planSubscription(subscription, deps);
      const left = new Leaving();
      const source = await openSource({ planned, subscription, context, left }, deps);
      return new RunningSubscription({ planned, subscription, context, left, source }, deps);
    },
  };
}

/**
 * The signal of what is being fetched for a subscription, aborted when it is left. There is none while nothing is fetched,
 * which is most of the time.
 */
class Leaving {
  #abandon: AbortController | null = null;
  #fetching = 0;
  #isLeft = false;

  async during<T>(fetch: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#abandon ??= new AbortController();
    if (this.#isLeft) this.#abandon.abort();
    this.#fetching += 1;
    try {
      return await fetch(this.#abandon.signal);
    } finally {
      this.#fetching -= 1;
      if (this.#fetching === 0) this.#abandon = null;
    }
  }

  leave(): void {
    this.#isLeft = true;
    this.#abandon?.abort();
  }
}

interface RunningDeps extends PlanSubscriptionDeps {
  readonly supergraph: SubscriptionsDeps['supergraph'];
  readonly reloads: SchemaReloads;
}

/** A subscription that is open. A class, because there are thousands of them. */
class RunningSubscription extends ResultStream {
  readonly #subscription: AcceptedSubscription;
  /** As it was opened. */
  readonly #context: GatewayContext;
  readonly #left: Leaving;
  readonly #deps: RunningDeps;
  #planned: PlannedSubscription;
  #refusal: GraphQLError | null = null;

  constructor({ planned, subscription, context, left, source }: Opened, deps: RunningDeps) {
    super(source, context.signal);
    this.#planned = planned;
    this.#subscription = subscription;
    this.#context = context;
    this.#left = left;
    this.#deps = deps;
    deps.reloads.follow(this);
    // The swap may have come while the source was being opened.
    this.adopt();
    active.add(1);
    this.watch();
  }

  /** Plans it anew if the supergraph was swapped. */
  adopt(): void {
    const schema = this.#deps.supergraph.current();
    if (schema === this.#planned.schema || this.#refusal !== null) return;
    const running = {
      subscription: this.#subscription,
      planned: this.#planned,
      context: contextNow(this.#context),
    };
    try {
      this.#planned = replanSubscription(running, schema, this.#deps);
    } catch (error) {
      this.#refusal = error as GraphQLError;
      this.fail(this.#refusal);
    }
  }

  protected async execute(event: SourceEvent): Promise<FormattedExecutionResult> {
    // After a swap it may be a while until it is our turn; an event does not wait for that.
    this.adopt();
    if (this.#refusal !== null) throw this.#refusal;
    const result = await (this.#planned.answer(event) ??
      this.#left.during(
        async (signal) => await this.#planned.execute(event, { ...contextNow(this.#context), signal }),
      ));
    delivered.add(1, { delivery: event.delivery });
    return result;
  }

  protected explain(error: unknown): FormattedExecutionResult {
    const scope = { requestId: this.#context.requestId, logger: this.#deps.logger };
    return { errors: publicErrors([error], scope).map((shown) => shown.toJSON()) };
  }

  protected leave(): void {
    active.add(-1);
    this.#deps.reloads.unfollow(this);
    this.#left.leave();
  }
}

function contextNow(opened: GatewayContext): GatewayContext {
  return { ...opened, ...opened.renewed?.() };
}

interface Opening {
  readonly planned: PlannedSubscription;
  readonly subscription: AcceptedSubscription;
  readonly context: GatewayContext;
  readonly left: Leaving;
}

interface Opened extends Opening {
  readonly source: EventSource;
}

async function openSource(
  { planned, subscription, context: opened, left }: Opening,
  { events, upstreams }: SubscriptionsDeps,
): Promise<EventSource> {
  const { root, readObject, mayWatch } = planned;
  const { field, args } = root;
  const context = contextNow(opened);
  if (field === null) return openUpstreamEventSource(root, subscription, { context, upstreams });
  if (events === null)
    throw new AppError('UNAVAILABLE', 'This gateway has no event source; NATS_URL is not set.');
  const during = async <T>(ask: (context: GatewayContext) => Promise<T>): Promise<T> =>
    await left.during(async (signal) => await ask({ ...contextNow(opened), signal }));
  const request = {
    field,
    subject: subjectOf(field, root, context),
    args,
    viewer: context.viewer,
    lastEventId: subscription.lastEventId,
    signal: opened.signal,
    readObject: readObject === null ? null : async () => await during(readObject),
    mayWatch: mayWatch === null ? null : async () => await during(mayWatch),
  };
  return await openEventSource(request, events);
}
