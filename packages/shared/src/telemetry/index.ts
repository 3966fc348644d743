export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { type MetricsEndpoint, meter, startMetrics } from './metrics.ts';
export { SpanKind, type SpanOptions, traceHeaders, withSpan } from './tracing.ts';
