import { AppError, messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Codes behind which a server hides what it did not expect; their messages may hold anything. */
const UNEXPECTED = new Set([
  'INTERNAL',
  'INTERNAL_SERVER_ERROR',
  'DOWNSTREAM_SERVICE_ERROR',
  // The gateway wrote the operation, so the client cannot help that a subgraph finds it wrong.
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** What subgraphs and Apollo put into extensions that is nobody's business outside. */
const PRIVATE_EXTENSIONS = ['serviceName', 'stacktrace', 'exception', 'response', 'originalError', 'debug'];

const MASK = 'Something went wrong on our side; the request id names it in our logs.';

/** Whose errors these are, and where the rest of the story goes. */
export interface ErrorScope {
  readonly requestId: string;
  readonly logger: Logger;
}

/**
 * Errors of execution as a client may read them. An error with a catalogued code keeps message and extensions, less
 * what is private; any other keeps its path and code, gets a neutral message and the request id, and is logged.
 */
export function publicErrors(errors: readonly unknown[], scope: ErrorScope): GraphQLError[] {
  return errors.map((error) => publicError(error, scope));
}

function publicError(error: unknown, { requestId, logger }: ErrorScope): GraphQLError {
  const path = error instanceof GraphQLError ? error.path : undefined;
  const { code, ...rest } = extensionsOf(error);
  const known = typeof code === 'string' && CODE.test(code);
  if (known && !UNEXPECTED.has(code)) {
    const kept = Object.entries(rest).filter(([name]) => !PRIVATE_EXTENSIONS.includes(name));
    return new GraphQLError(messageOf(error), { path, extensions: { code, ...Object.fromEntries(kept) } });
  }
  logger.error({ requestId, path, code, reason: messageOf(error) }, 'An error is hidden from the client.');
  return new GraphQLError(MASK, { path, extensions: { code: known ? code : 'INTERNAL', requestId } });
}

function extensionsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof AppError) return { ...error.extensions, code: error.code };
  if (error instanceof GraphQLError) {
    // Apollo wraps what a data source throws; the code is on what was thrown.
    return error.originalError instanceof AppError ? extensionsOf(error.originalError) : error.extensions;
  }
  return {};
}

/**
 * Last gate before an error leaves through `@apollo/server`: nothing that the server itself did not expect is told.
 * Errors of execution have passed {@link publicErrors} already and are left alone.
 */
export function maskUnexpected(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
  const isOurs = extensions['requestId'] !== undefined;
  if (extensions['code'] !== 'INTERNAL_SERVER_ERROR' || isOurs) return { ...formatted, extensions };
  return { message: MASK, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
