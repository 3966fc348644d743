import type { AccessTokens } from './access-tokens.ts';
import { failureOf, HoerokError, type ResponseError } from './hoerok-error.ts';

const UNAUTHORIZED = 401;

/** One operation over HTTP. */
export interface HttpOperation {
  readonly query: string;
  readonly variables: object;
  readonly signal: AbortSignal | null;
}

/** What {@link executeOperation} needs. */
export interface HttpDeps {
  readonly url: string;
  readonly tokens: AccessTokens;
  readonly fetch: typeof globalThis.fetch;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly ResponseError[];
}

/**
 * Runs a query or a mutation. A request that is refused for its access token was not executed, and is sent once more with
 * a new one; nothing else is ever sent twice.
 * @throws HoerokError; the reason of `signal` when that aborts
 */
export async function executeOperation(operation: HttpOperation, deps: HttpDeps): Promise<unknown> {
  const token = await deps.tokens.current();
  let response = await send(operation, token, deps);
  if (response.status === UNAUTHORIZED && token !== null) {
    deps.tokens.refuse(token);
    response = await send(operation, await deps.tokens.current(), deps);
  }
  const { data, errors = [] } = await read(response, operation.signal);
  if (errors.length > 0 || data == null) {
    throw failureOf(errors, { requestId: response.headers.get('x-request-id'), data });
  }
  return data;
}

async function send(
  { query, variables, signal }: HttpOperation,
  token: string | null,
  { url, fetch }: HttpDeps,
): Promise<Response> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
      signal,
    });
  } catch (error) {
    throw lost(error, signal);
  }
}

async function read(response: Response, signal: AbortSignal | null): Promise<Body> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw lost(error, signal);
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && ('data' in body || 'errors' in body))
      return body as Body;
  } catch {
    // Told below, with the status, which says more than what is wrong with the text.
  }
  const message = `What answers is no GraphQL server: status ${response.status}.`;
  throw new HoerokError('BAD_RESPONSE', message, { retryable: response.status >= 500 });
}

function lost(error: unknown, signal: AbortSignal | null): unknown {
  if (signal?.aborted === true) return signal.reason;
  const details = { retryable: true, cause: error };
  return new HoerokError('CONNECTION_LOST', 'The gateway cannot be reached.', details);
}
