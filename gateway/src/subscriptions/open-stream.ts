import type { Logger } from '@hoerok/shared/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { publicErrors } from '../execution/client-errors.ts';
import type { OperationRequest, Pipeline } from '../execution/pipeline.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Results of an operation of any kind; `return()` ends them at once. */
export type ResultIterator = AsyncIterableIterator<FormattedExecutionResult> & {
  readonly return: () => Promise<IteratorResult<FormattedExecutionResult>>;
};

/** What {@link openStream} works with. */
export interface OpenStreamDeps {
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions;
  readonly logger: Logger;
}

/**
 * Runs an operation of any kind for a transport that can stream: one result for a query or a mutation, all of them for
 * a subscription. An error before the first result is that result.
 */
export async function openStream(
  request: OperationRequest,
  context: GatewayContext,
  { pipeline, subscriptions, logger }: OpenStreamDeps,
): Promise<ResultIterator> {
  try {
    const outcome = await pipeline.run(request, context);
    if (outcome.kind === 'answer') return single(outcome.result);
    return await subscriptions.open(outcome.subscription, context);
  } catch (error) {
    const errors = publicErrors([error], { requestId: context.requestId, logger });
    return single({ errors: errors.map((shown) => shown.toJSON()) });
  }
}

function single(result: FormattedExecutionResult): ResultIterator {
  let given = false;
  const done = { done: true as const, value: undefined };
  const iterator: ResultIterator = {
    next: async () => {
      if (given) return done;
      given = true;
      return { done: false, value: result };
    },
    return: async () => {
      given = true;
      return done;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
