/**
 * Loaded before everything else by `node --import @hoerok/shared/telemetry/register`: starts OpenTelemetry when the
 * environment asks for it, and does nothing otherwise.
 *
 * `OTEL_EXPORTER_OTLP_ENDPOINT` turns traces on; metrics are served by {@link metricsReader} at `GET /metrics`.
 */
import { register } from 'node:module';
import { GraphQLInstrumentation } from '@opentelemetry/instrumentation-graphql';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';

if (process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] !== undefined) {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  const sdk = new NodeSDK({
    // NodeSDK reads OTEL_SERVICE_NAME and the exporter's variables itself.
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: (request) => /^\/(health|metrics)/.test(request.url ?? ''),
      }),
      new UndiciInstrumentation(),
      new GraphQLInstrumentation({ ignoreTrivialResolveSpans: true, mergeItems: true }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  process.once('beforeExit', () => void sdk.shutdown());
}
