/** An error as GraphQL answers it. */
export interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a {@link HoerokError} may know besides code and message. */
export interface HoerokErrorDetails {
  /** @default false */
  readonly retryable?: boolean;
  readonly requestId?: string | null;
  readonly errors?: readonly ResponseError[];
  readonly data?: unknown;
  readonly closeCode?: number;
  readonly cause?: unknown;
}

/** Codes of the gateway after which the same request may succeed. */
const RETRYABLE_CODES = new Set([
  'UNAVAILABLE',
  'TIMEOUT',
  'QUEUE_FULL',
  'SLOW_READER',
  'SUBSCRIPTION_SCHEMA_RELOAD',
]);

/**
 * The one error that this package throws. Match on `code`, never on text: the gateway's own codes (`NOT_FOUND`,
 * `UNAUTHENTICATED`, ...), and
 * - `CONNECTION_LOST`: the gateway cannot be reached, or the connection broke;
 * - `CONNECTION_REFUSED`: it closed the connection for good, see `closeCode`;
 * - `BAD_RESPONSE`: what answers is no GraphQL server;
 * - `TOKEN_UNAVAILABLE`: `accessToken()` failed;
 * - `SLOW_READER`: a stream whose events have no ids, and so cannot be resumed, was read too slowly;
 * - `CLIENT_CLOSED`: the client was closed before;
 * - `BAD_DOCUMENT`: what was given as a document has no text.
 */
export class HoerokError extends Error {
  override readonly name: string = 'HoerokError';
  declare readonly code: string;
  /** Whether the same call may succeed later without a change. */
  declare readonly retryable: boolean;
  /** Names the request in the gateway's logs. */
  declare readonly requestId: string | null;
  /** All errors of the answer, the first one being this one. */
  declare readonly errors: readonly ResponseError[];
  /** What the answer held all the same. */
  declare readonly data: unknown;
  /** The code the WebSocket was closed with. */
  declare readonly closeCode: number | null;

  constructor(code: string, message: string, details: HoerokErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.requestId = details.requestId ?? null;
    this.errors = details.errors ?? [];
    this.data = details.data ?? null;
    this.closeCode = details.closeCode ?? null;
  }
}

/** The errors of an answer as one error with the code of the first. */
export function failureOf(
  errors: readonly ResponseError[],
  details: Pick<HoerokErrorDetails, 'requestId' | 'data'> = {},
): HoerokError {
  const [first] = errors;
  const { code = 'INTERNAL', requestId } = first?.extensions ?? {};
  return new HoerokError(String(code), first?.message ?? 'The answer holds neither data nor errors.', {
    ...details,
    ...(typeof requestId === 'string' ? { requestId } : {}),
    errors,
    retryable: RETRYABLE_CODES.has(String(code)),
  });
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
