export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { meter, renderMetrics } from './metrics.ts';
export { SpanKind, type SpanOptions, traceHeaders, withSpan } from './tracing.ts';
