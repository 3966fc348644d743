import { type Attributes, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { messageOf } from '../errors/index.ts';

const tracer = trace.getTracer('hoerok');

/** Headers of the active trace (`traceparent`, `tracestate`), to go out with a request or into the outbox. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** What {@link withSpan} needs to know. */
export interface SpanOptions {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  /** Carrier of the trace this work belongs to, for example the headers of a message. */
  readonly parent?: Readonly<Record<string, string>>;
}

/** Runs `work` in a span of its own, continuing the trace in `parent`; a thrown error marks the span and passes on. */
export async function withSpan<T>(options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const { name, kind, attributes = {}, parent } = options;
  const base = parent === undefined ? context.active() : propagation.extract(context.active(), parent);
  return await tracer.startActiveSpan(name, { kind, attributes }, base, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

export { SpanKind };
