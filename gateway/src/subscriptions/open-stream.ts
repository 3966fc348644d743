import { AppError } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { publicErrors } from '../execution/client-errors.ts';
import type { OperationRequest, Pipeline } from '../execution/pipeline.ts';
import type { AdmittedOperation } from '../limits/admission.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Results of an operation of any kind; `return()` ends them at once. */
export type ResultIterator = AsyncIterableIterator<FormattedExecutionResult> & {
  readonly return: () => Promise<IteratorResult<FormattedExecutionResult>>;
  /** Nothing will come: it resumes a stream that had said its last word. */
  readonly isOver: boolean;
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
  request: AdmittedOperation,
  context: GatewayContext,
  { pipeline, subscriptions, logger }: OpenStreamDeps,
): Promise<ResultIterator> {
  try {
    const outcome = await pipeline.run(request, context);
    if (outcome.kind === 'answer') return single(outcome.result);
    const lastEventId = lastEventIdOf(request);
    return await subscriptions.open({ ...outcome.subscription, lastEventId }, context);
  } catch (error) {
    const errors = publicErrors([error], { requestId: context.requestId, logger });
    return single({ errors: errors.map((shown) => shown.toJSON()) });
  }
}

function lastEventIdOf({ extensions }: OperationRequest): string | undefined {
  const lastEventId = extensions?.['lastEventId'] ?? undefined;
  if (lastEventId === undefined || typeof lastEventId === 'string') return lastEventId;
  throw new AppError('BAD_INPUT', 'extensions.lastEventId is no text.', { logLevel: 'debug' });
}

function single(result: FormattedExecutionResult): ResultIterator {
  let given = false;
  const done = { done: true as const, value: undefined };
  const iterator: ResultIterator = {
    isOver: false,
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
