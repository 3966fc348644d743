import { setImmediate as nextTurn } from 'node:timers/promises';
import { messageOf } from '@hoerok/shared/errors';
import { GraphQLError, validate } from 'graphql';
import type { AcceptedSubscription, GatewayContext } from '../context.ts';
import { plannedOf } from '../execution/planned-operation.ts';
import { LRUCache } from '../supergraph/lru-cache.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import {
  type PlannedSubscription,
  type PlanSubscriptionDeps,
  planSubscription,
  subjectOf,
} from './planned-subscription.ts';
import type { SubscriptionRoot } from './subscription-root.ts';

// Planning a few thousand subscriptions anew takes a while; nobody else has to wait for more than this.
const SLICE_MS = 5;
const MAX_CHECKED_OPERATIONS = 2_000;

/** Somebody who is told of swaps. */
export interface SchemaFollower {
  /** Called after a swap. Must not throw. */
  readonly adopt: () => void;
}

/** Tells running subscriptions that the supergraph was swapped. */
export interface SchemaReloads {
  /** Lets a follower know of each swap, not all in the same turn. */
  readonly follow: (follower: SchemaFollower) => void;
  readonly unfollow: (follower: SchemaFollower) => void;
  readonly close: () => void;
}

/** Follows the swaps of a supergraph. */
export function createSchemaReloads(supergraph: Pick<SupergraphSource, 'onChange'>): SchemaReloads {
  const running = new Set<SchemaFollower>();

  async function adoptAll(): Promise<void> {
    let sliceEndsAt = performance.now() + SLICE_MS;
    for (const follower of running) {
      follower.adopt();
      if (performance.now() < sliceEndsAt) continue;
      await nextTurn();
      sliceEndsAt = performance.now() + SLICE_MS;
    }
  }

  const stop = supergraph.onChange(() => void adoptAll());
  return {
    follow: (follower) => void running.add(follower),
    unfollow: (follower) => void running.delete(follower),
    close: stop,
  };
}

/** A running subscription as it is planned now, and for whom. */
export interface RunningSubscription {
  readonly subscription: AcceptedSubscription;
  readonly planned: PlannedSubscription;
  readonly context: GatewayContext;
}

/**
 * Plans a running subscription against another supergraph. Its event source goes on, so it has to be the same.
 * @throws GraphQLError `SUBSCRIPTION_SCHEMA_RELOAD` when the operation no longer fits or its events come from
 * somewhere else now.
 */
export function replanSubscription(
  { subscription, planned, context }: RunningSubscription,
  schema: SupergraphSchema,
  deps: PlanSubscriptionDeps,
): PlannedSubscription {
  const moved = { ...subscription, schema, viewer: context.viewer };
  try {
    if (!isValid(moved)) throw new Error('the operation is not valid against the new supergraph');
    const next = planSubscription(moved, deps);
    if (!isSameSource(planned, next, context)) throw new Error('the event source is another one');
    return next;
  } catch (error) {
    deps.logger.info(
      { requestId: context.requestId, reason: messageOf(error) },
      'A subscription ends with its supergraph.',
    );
    throw new GraphQLError(
      'The schema has changed and this subscription no longer fits it; subscribe again.',
      { extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } },
    );
  }
}

const validity = new WeakMap<SupergraphSchema, LRUCache<boolean>>();

// Validated once per document, however many subscribers it has; variables are each subscriber's own.
function isValid(subscription: AcceptedSubscription): boolean {
  const { schema, document, source } = subscription;
  const checked = validity.get(schema) ?? new LRUCache<boolean>(MAX_CHECKED_OPERATIONS);
  validity.set(schema, checked);
  return (
    checked.getOrBuild(source, () => validate(schema.api, document).length === 0) &&
    plannedOf(subscription).variableErrors(subscription.variables).length === 0
  );
}

function isSameSource(
  { root: before }: PlannedSubscription,
  { root: after }: PlannedSubscription,
  context: GatewayContext,
): boolean {
  if (before.field === null || after.field === null) return isSameUpstream(before, after);
  // The compiled directive as text; what it compiles to follows from that.
  if (JSON.stringify(before.field) !== JSON.stringify(after.field)) return false;
  // An argument that is new with a default value changes nothing for those who never knew it.
  const sameArgs = Object.entries(before.args).every(
    ([name, value]) => JSON.stringify(value) === JSON.stringify(after.args[name]),
  );
  return sameArgs && subjectOf(before.field, before, context) === subjectOf(after.field, after, context);
}

// The subgraph goes on answering the operation that it was sent, so that has to be the one that would be sent now.
function isSameUpstream(before: SubscriptionRoot, after: SubscriptionRoot): boolean {
  return (
    before.field === after.field &&
    before.subgraph.name === after.subgraph.name &&
    before.subgraph.url === after.subgraph.url &&
    before.primary.operation === after.primary.operation
  );
}
