export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { answerMetrics, meter, renderMetrics } from './metrics.ts';
export {
  countRefused,
  describeOperation,
  operationLog,
  type OperationOutcome,
  outcomeOf,
  recordOperation,
} from './operation-log.ts';
export {
  activeTraceId,
  describeSpan,
  flushTraces,
  SpanKind,
  type SpanOptions,
  traceHeaders,
  withSpan,
} from './tracing.ts';
