import { metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** Serves the process's metrics in Prometheus text format. */
export interface MetricsEndpoint {
  readonly render: () => Promise<string>;
}

/** Makes this process record OpenTelemetry metrics under the given service name. Call once, before any meter is used. */
export function startMetrics(service: string): MetricsEndpoint {
  const reader = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [reader],
  });
  metrics.setGlobalMeterProvider(provider);
  const serializer = new PrometheusSerializer();
  return {
    render: async () => serializer.serialize((await reader.collect()).resourceMetrics),
  };
}

/** The meter that all of our instruments hang on. */
export const meter = metrics.getMeter('hoerok');
