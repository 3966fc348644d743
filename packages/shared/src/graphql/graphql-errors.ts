import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { AppError } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';

/** Codes that Apollo Server and graphql-js give to what a client did wrong; their messages are for the client. */
const CLIENT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one mapper from thrown errors to GraphQL errors. A catalogued error keeps its code, message and extensions; an
 * unknown one becomes INTERNAL, and only the log knows what it was.
 */
export function createErrorFormatter(
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const original = unwrap(error instanceof GraphQLError ? (error.originalError ?? error) : error);
    const where = {
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    };
    if (original instanceof AppError) {
      logger[original.logLevel](
        { code: original.code, path: formatted.path, reason: original.message },
        'request refused',
      );
      const { code, retryable, extensions } = original;
      return { message: original.message, ...where, extensions: { ...extensions, code, retryable } };
    }
    const code = formatted.extensions?.['code'];
    if (typeof code === 'string' && CLIENT_CODES.has(code)) {
      return { message: formatted.message, ...where, extensions: { code } };
    }
    // An argument that does not parse arrives as a bare GraphQLError that points into the client's document; one that
    // points nowhere says that our own answer does not fit the schema.
    if (original instanceof GraphQLError && original.nodes !== undefined)
      return { message: formatted.message, ...where, extensions: { code: 'BAD_INPUT' } };
    if (isUnstorableText(original)) {
      const message = 'A text holds characters that cannot be stored, such as U+0000.';
      return { message, ...where, extensions: { code: 'BAD_INPUT' } };
    }
    logger.error({ err: original, path: formatted.path }, 'request failed');
    if (isWithoutDatabase(original)) {
      const message = 'This is not available at the moment; try again in a few seconds.';
      return { message, ...where, extensions: { code: 'UNAVAILABLE', retryable: true } };
    }
    return { message: 'Something went wrong on our side.', ...where, extensions: { code: 'INTERNAL' } };
  };
}

/** TypeORM wraps what a connection says, our own refusals included. */
function unwrap(error: unknown): unknown {
  return error instanceof QueryFailedError && error.driverError instanceof AppError
    ? error.driverError
    : error;
}

/** PostgreSQL: character_not_in_repertoire, untranslatable_character. An id from outside may be any text. */
const UNSTORABLE = new Set<unknown>(['22021', '22P05']);

function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNSTORABLE.has(error.code);
}

/** PostgreSQL: too_many_connections, cannot_connect_now. */
const NO_DATABASE = new Set<unknown>(['53300', '57P03', 'ECONNREFUSED']);

/** What pg-pool says when no connection was free, or could be opened, in time: without a code. */
const NO_CONNECTION = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
]);

/** There was no connection, so that nothing has happened and it may be tried again. */
function isWithoutDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return NO_CONNECTION.has(error.message) || ('code' in error && NO_DATABASE.has(error.code));
}

/** One expected failure, in the shape of the GraphQL type `UserError`. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
}

const EXPECTED = new Set([
  'BAD_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'WRONG_STATE',
  'TOO_LARGE',
  'UNREADABLE_CAPTIONS',
  'FORBIDDEN',
  'WRONG_CREDENTIALS',
  'TOO_MANY_ATTEMPTS',
  'SESSION_REVOKED',
  'SHARE_ENDED',
  'SIGN_IN_REQUIRED',
  'STT_NOT_CONFIGURED',
  'LLM_NOT_CONFIGURED',
  'CONSENT_REFUSED',
]);

/**
 * The payload of a mutation: what `work` made, or `empty` with the expected failure as a user error. Authorization,
 * a full queue and everything unknown stay GraphQL errors.
 */
export async function payloadOf<T extends object, E extends object>(
  empty: E,
  work: () => Promise<T>,
): Promise<(T | E) & { userErrors: UserError[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof AppError) || !EXPECTED.has(error.code)) throw error;
    const path = error.extensions['path'];
    const userError = {
      code: error.code,
      message: error.message,
      path: Array.isArray(path) ? path.map(String) : null,
    };
    return { ...empty, userErrors: [userError] };
  }
}
