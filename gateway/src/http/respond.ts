import type { ServerResponse } from 'node:http';
import { AppError } from '@hoerok/shared/errors';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Refusal } from '../limits/admission.ts';

const STATUS_OF: Readonly<Record<string, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  TOO_MANY_CONNECTIONS: 429,
  UNAVAILABLE: 503,
};

/** Sends a JSON body. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  sendText(response, { status, headers, text: JSON.stringify(body) });
}

const LONG = 16_384;
const encoder = new TextEncoder();

/** Sends a whole body, its length said in advance. */
export function sendText(
  response: ServerResponse,
  {
    status,
    headers,
    text,
  }: { readonly status: number; readonly headers: Record<string, string>; readonly text: string },
): void {
  // A long string would be put behind the header and copied with it once more.
  const body = text.length < LONG ? text : encoded(text);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

// Mostly each character is a byte. To count the bytes first, as Buffer.from does, would take ten times as long.
function encoded(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(text.length);
  const { read } = encoder.encodeInto(text, bytes);
  return read === text.length ? bytes : Buffer.from(text);
}

/** Sends why an operation is not let in. */
export function sendRefusal(response: ServerResponse, { status, headers, errors }: Refusal): void {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  sendText(response, { status, headers: { ...headers, ...json }, text: JSON.stringify({ errors }) });
}

/** Sends a failure from before the pipeline as a GraphQL response with the status of its code. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  const failure = describeFailure(error);
  const status = STATUS_OF[String(failure.extensions?.['code'])] ?? 500;
  const result: FormattedExecutionResult = { errors: [failure] };
  sendJson(response, status, result);
}

/** The error as a client may read it; what is not an {@link AppError} says nothing. */
export function describeFailure(error: unknown): GraphQLFormattedError {
  if (!(error instanceof AppError)) {
    return { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } };
  }
  return { message: error.message, extensions: { ...error.extensions, code: error.code } };
}
