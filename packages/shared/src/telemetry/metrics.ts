import { metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { HttpHandler } from '../http/index.ts';

// Instruments are made where they are used, when those modules load, and the metrics API has no proxy that would take
// a provider later: so the provider has to be there first. It opens nothing and costs nothing until it is read.
const reader = new PrometheusExporter({ preventServerStart: true });
metrics.setGlobalMeterProvider(
  new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'hoerok' }),
    readers: [reader],
  }),
);
const serializer = new PrometheusSerializer();

/** The meter that all of our instruments hang on. */
export const meter = metrics.getMeter('hoerok');

/** The metrics of this process in Prometheus text format. */
export async function renderMetrics(): Promise<string> {
  return serializer.serialize((await reader.collect()).resourceMetrics);
}

/** Answers a scrape. */
export const answerMetrics: HttpHandler = async () => ({
  status: 200,
  headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  body: await renderMetrics(),
});
