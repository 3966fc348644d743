import {
  type Attributes,
  context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { TracerProvider as SdkTracerProvider } from '@opentelemetry/sdk-trace';
import { safeMessage } from './safe-message.ts';

const tracer = trace.getTracer('hoerok');
/** A collector that does not answer must not hold up a shutdown. */
const FLUSH_LIMIT_MS = 1_500;

/** Headers of the active trace (`traceparent`, `tracestate`) for a message. Requests of undici carry them already. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** Id of the active trace; undefined when nothing is traced. */
export function activeTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** Says of the active span what it does: a low-cardinality name and attributes. Does nothing when nothing is traced. */
export function describeSpan(name: string, attributes: Attributes): void {
  trace.getActiveSpan()?.updateName(name).setAttributes(attributes);
}

/** What {@link withSpan} needs to know. */
export interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /**
   * Headers of the message that this work is about: it continues their trace, whatever else is active here.
   * @default the active trace
   */
  readonly parent?: Readonly<Record<string, string>>;
}

/** Runs `work` in a span of its own; a thrown error marks the span and passes on. */
export async function withSpan<T>(options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { name, kind, attributes = {}, parent } = options;
  const base = parent === undefined ? context.active() : propagation.extract(ROOT_CONTEXT, parent);
  return await tracer.startActiveSpan(name, { kind, attributes }, base, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: safeMessage(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Sends the spans that still wait to the collector, for a second and a half at most. Never throws. */
export async function flushTraces(): Promise<void> {
  const provider = trace.getTracerProvider();
  // The API itself cannot flush, and its provider that does nothing cannot either.
  const running: Partial<SdkTracerProvider> =
    provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (running.forceFlush === undefined) return;
  const impatience = Promise.withResolvers<void>();
  const timer = setTimeout(impatience.resolve, FLUSH_LIMIT_MS);
  // Traces that cannot be delivered are lost; the process stops all the same.
  await Promise.race([running.forceFlush().catch(() => undefined), impatience.promise]);
  clearTimeout(timer);
}

export { SpanKind };
