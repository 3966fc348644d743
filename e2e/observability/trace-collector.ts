import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** A span as its process sent it. */
export interface CollectedSpan {
  /** `service.name` of the process. */
  readonly service: string;
  /** Which instrumentation made it, without the package's prefix: `http`, `undici`, `graphql`, `pg`, `hoerok`. */
  readonly scope: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
}

/** A collector that keeps what it is sent. */
export interface TraceCollector extends AsyncDisposable {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
}

const tracesData = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })),
      }),
      scopeSpans: z.array(
        z.object({
          scope: z.object({ name: z.string() }),
          spans: z.array(
            z.object({
              traceId: z.hex().length(32),
              spanId: z.hex().length(16),
              parentSpanId: z.string().default(''),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * Receives traces as a collector does: OTLP/HTTP with JSON, `POST /v1/traces`
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Anything else is refused.
 */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    const reply = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method !== 'POST' || request.url !== '/v1/traces') {
      reply(404, {});
      return;
    }
    json(request).then(
      (body) => {
        const data = tracesData.safeParse(body);
        if (data.success) spans.push(...spansOf(data.data));
        reply(data.success ? 200 : 400, data.success ? {} : { message: data.error.message });
      },
      () => reply(400, { message: 'The body is not JSON.' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function spansOf({ resourceSpans }: z.output<typeof tracesData>): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const name = resource.attributes.find(({ key }) => key === 'service.name')?.value['stringValue'];
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...span,
        service: String(name),
        scope: scope.name.replace('@opentelemetry/instrumentation-', ''),
      })),
    );
  });
}
