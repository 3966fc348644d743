import { register } from 'node:module';
import type { InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation';
import { GraphQLInstrumentation } from '@opentelemetry/instrumentation-graphql';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';

/**
 * Starts OpenTelemetry: spans of HTTP servers, undici, graphql and pg go to the collector that the standard `OTEL_*`
 * variables name. What is to be traced must not have been loaded yet.
 */
export function startTracing(): void {
  // Imports of what is instrumented go through the hook; to wrap every module of ours would only cost time.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, {
    data: { include: ['http', 'pg', 'graphql'] },
  });
  const sdk = new NodeSDK({
    // Metrics are scraped and logs are lines; the SDK would send both to the collector on its own.
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url = '' }) => /^\/(health|metrics)/.test(url),
        // Who holds an upload link may write; a GET carries what its client asks about.
        redactedQueryParamsServer: ['token', 'query', 'variables'],
      }),
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new ExecutionInstrumentation({ ignoreTrivialResolveSpans: true, mergeItems: true }),
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    ],
  });
  sdk.start();
}

/** Without spans for every parse and validation: most of them are none of a request, and all of them are short. */
class ExecutionInstrumentation extends GraphQLInstrumentation {
  protected override init(): InstrumentationNodeModuleDefinition {
    const graphql = super.init();
    graphql.files = graphql.files.filter(({ name }) => name.includes('execute'));
    return graphql;
  }
}
