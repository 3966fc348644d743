import { Agent, fetch as send, FormData as OurFormData, type RequestInit as OurRequestInit } from 'undici';
import { AppError, PermanentError } from '../errors/index.ts';

/** Bounds of {@link createBoundedFetch}. */
export interface BoundedFetchOptions {
  /** For messages. */
  readonly name: string;
  /** Bytes of an answer, after decompression. */
  readonly maxResponseBytes: number;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number;
}

/**
 * A `fetch` for services outside that are not trusted: it follows no redirect, reads no more of an answer than is allowed,
 * and ends with its deadline however slowly the other side sends. Unlike Node's own it waits for headers as long as the
 * deadline says, not five minutes. It fits where a library takes a `fetch`.
 *
 * Reading an answer that is too large fails with PermanentError `PROVIDER_ANSWER`, one that is too slow with AppError
 * `TIMEOUT` (retryable).
 */
export function createBoundedFetch(options: BoundedFetchOptions): typeof fetch {
  const { name, maxResponseBytes, timeoutMs } = options;
  const dispatcher = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  return async (input, init = {}) => {
    const late = AbortSignal.timeout(timeoutMs);
    const signal = init.signal == null ? late : AbortSignal.any([late, init.signal]);
    const told = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (error) {
        if (!late.aborted || init.signal?.aborted === true) throw error;
        const message = `${name} does not answer within ${timeoutMs} ms.`;
        throw new AppError('TIMEOUT', message, { retryable: true, cause: error });
      }
    };
    const url = input instanceof Request ? input.url : input;
    // Node's request options and undici's differ in name only, but for the body.
    const given = {
      ...init,
      body: toOurs(init.body),
      signal,
      dispatcher,
      redirect: 'manual',
    } as OurRequestInit;
    const answer = await told(send(url, given));
    if (answer.status >= 300 && answer.status < 400) {
      await answer.body?.cancel();
      throw new PermanentError('PROVIDER_ANSWER', `${name} sends us elsewhere, which is not followed.`);
    }
    const body = answer.body === null ? null : bounded(answer.body, { name, maxResponseBytes, told });
    const headers = [...answer.headers].filter(([header]) => !ENCODED.has(header));
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers });
  };
}

/** They are about the bytes on the line; what is handed on is decoded. */
const ENCODED = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** Node's FormData and undici's do not know one another; the files in it, which may lie on disk, they share. */
function toOurs(body: RequestInit['body']): unknown {
  if (!(body instanceof FormData)) return body;
  const form = new OurFormData();
  for (const [name, value] of body) form.append(name, value);
  return form;
}

interface Bounds {
  readonly name: string;
  readonly maxResponseBytes: number;
  readonly told: <T>(work: Promise<T>) => Promise<T>;
}

function bounded(body: AsyncIterable<Uint8Array>, bounds: Bounds): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  let bytes = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await bounds.told(chunks.next());
        if (next.done === true) {
          controller.close();
          return;
        }
        bytes += next.value.length;
        if (bytes > bounds.maxResponseBytes) {
          await chunks.return?.();
          const message = `${bounds.name} answers with more than ${bounds.maxResponseBytes} bytes.`;
          throw new PermanentError('PROVIDER_ANSWER', message);
        }
        controller.enqueue(next.value);
      },
      cancel: async () => void (await chunks.return?.()),
    },
    { highWaterMark: 0 },
  );
}
