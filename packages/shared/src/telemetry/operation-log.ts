import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Logger } from './logger.ts';
import { meter } from './metrics.ts';
import { describeSpan } from './tracing.ts';

const duration = meter.createHistogram('hoerok_graphql_duration', {
  unit: 'ms',
  description: 'GraphQL operations, by type and outcome',
});

/** Codes of failures that are ours to mend; every other error is an answer to what the client asked. */
const OURS = new Set<unknown>([
  'INTERNAL',
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
  'UNAVAILABLE',
  'TIMEOUT',
]);

/** How an operation ended: without errors, with errors that are the client's, or with at least one of ours. */
export type OperationOutcome = 'ok' | 'refused' | 'failed';

/** The outcome that the errors of an answer mean. */
export function outcomeOf(
  errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined,
): OperationOutcome {
  if (errors === undefined || errors.length === 0) return 'ok';
  return errors.some(({ extensions }) => OURS.has(extensions?.['code'])) ? 'failed' : 'refused';
}

/** Counts an operation that was refused before Apollo Server saw it. */
export function countRefused(service: string): void {
  duration.record(0, { service, type: 'unknown', outcome: 'refused' });
}

/** Where operations are recorded. */
export interface OperationLogOptions {
  readonly service: string;
  readonly logger: Logger;
}

/** An operation that has been answered. */
export interface AnsweredOperation {
  readonly type: string;
  readonly name: string | null | undefined;
  readonly outcome: OperationOutcome;
  readonly durationMs: number;
}

/** Names the active span after an operation. */
export function describeOperation(type: string, name: string | null | undefined): void {
  const named = name ?? 'anonymous';
  describeSpan(`${type} ${named}`, { 'graphql.operation.type': type, 'graphql.operation.name': named });
}

/** Measures an operation and logs one line at debug. */
export function recordOperation(
  { service, logger }: OperationLogOptions,
  { type, name, outcome, durationMs }: AnsweredOperation,
): void {
  duration.record(durationMs, { service, type, outcome });
  logger.debug({ type, operation: name, outcome, durationMs }, 'operation answered');
}

/**
 * Records each operation that Apollo Server answers. The name of an operation is the client's to choose: it goes into spans
 * and logs, never into a metric.
 */
export function operationLog<C extends BaseContext>(options: OperationLogOptions): ApolloServerPlugin<C> {
  return {
    requestDidStart: async () => {
      const startedAt = performance.now();
      return {
        didResolveOperation: async ({ operation, operationName }) =>
          describeOperation(operation?.operation ?? 'unknown', operationName),
        willSendResponse: async ({ operation, operationName: name, response: { body } }) => {
          const durationMs = performance.now() - startedAt;
          const type = operation?.operation ?? 'unknown';
          const outcome = outcomeOf(body.kind === 'single' ? body.singleResult.errors : undefined);
          recordOperation(options, { type, name, outcome, durationMs });
        },
      };
    },
  };
}
