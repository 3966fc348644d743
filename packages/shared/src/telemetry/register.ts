/**
 * Loaded before everything else by `node --import <this file>`: starts tracing when `OTEL_EXPORTER_OTLP_ENDPOINT` is
 * set and not empty, and loads nothing otherwise.
 */
if ((process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '') !== '') {
  const { startTracing } = await import('./start-tracing.ts');
  startTracing();
}
