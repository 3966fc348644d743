import { AppError, messageOf } from '@hoerok/shared/errors';
import { Agent, type Dispatcher } from 'undici';

/** One request to a subgraph. */
export interface SubgraphRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}

/** A subgraph's answer, whatever its status. */
export interface SubgraphResponse {
  readonly status: number;
  readonly text: string;
}

/** Sends GraphQL over HTTP to subgraphs. */
export interface SubgraphClient {
  /**
   * @throws AppError `TIMEOUT` after the deadline, `CANCELLED` when the client is gone, `TOO_LARGE` when the answer
   * exceeds the limit, `UNAVAILABLE` when there is none. Messages name no address.
   */
  readonly post: (request: SubgraphRequest) => Promise<SubgraphResponse>;
  readonly close: () => Promise<void>;
}

/** Options of {@link createSubgraphClient}. */
export interface SubgraphClientOptions {
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

/** A client with keep-alive connections, a deadline over the whole exchange, cancellation and a cap on the answer. */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const agent = new Agent({ connect: { timeout: options.timeoutMs }, headersTimeout: 0, bodyTimeout: 0 });
  return {
    post: async (request) => {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), options.timeoutMs);
      const leave = (): void => deadline.abort();
      request.signal.addEventListener('abort', leave, { once: true });
      try {
        request.signal.throwIfAborted();
        return await exchange(agent, request, {
          signal: deadline.signal,
          maxBytes: options.maxResponseBytes,
        });
      } catch (error) {
        throw failure(error, { cancelled: request.signal.aborted, expired: deadline.signal.aborted });
      } finally {
        clearTimeout(timer);
        request.signal.removeEventListener('abort', leave);
      }
    },
    // Not close(): it would wait for subgraphs that never answer.
    close: async () => await agent.destroy(),
  };
}

async function exchange(
  agent: Dispatcher,
  request: SubgraphRequest,
  limits: { readonly signal: AbortSignal; readonly maxBytes: number },
): Promise<SubgraphResponse> {
  const url = new URL(request.url);
  const response = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'POST',
    headers: request.headers,
    body: request.body,
    signal: limits.signal,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limits.maxBytes)
      throw new AppError('TOO_LARGE', 'A part of the answer is larger than allowed.');
    chunks.push(chunk);
  }
  return { status: response.statusCode, text: Buffer.concat(chunks, size).toString('utf8') };
}

function failure(error: unknown, why: { readonly cancelled: boolean; readonly expired: boolean }): AppError {
  if (error instanceof AppError) return error;
  if (why.cancelled)
    return new AppError('CANCELLED', 'The request was cancelled.', { logLevel: 'debug', cause: error });
  if (why.expired) {
    const message = 'A part of the answer did not come in time.';
    return new AppError('TIMEOUT', message, { retryable: true, logLevel: 'error', cause: error });
  }
  const cause = new Error(messageOf(error), { cause: error });
  const message = 'A part of the answer is not available at the moment.';
  return new AppError('UNAVAILABLE', message, { retryable: true, logLevel: 'error', cause });
}
