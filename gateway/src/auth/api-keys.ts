import { randomUUID } from 'node:crypto';
import { hashApiKey, ROLES, type ServiceViewer, signRequest } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { request } from 'undici';
import { z } from 'zod';
import { takeTurns } from '../subscriptions/event-turns.ts';
import type { VerifiedAccess } from './identify.ts';
import type { Revocations } from './revocations.ts';

/** A key that was revoked while nobody could tell us is refused after this at the latest. */
const REMEMBERED_MS = 30_000;
const MAX_REMEMBERED = 10_000;
/** Keys that nobody knows cost a question each, so those who guess must not drown the users service. */
const ASKED_AT_ONCE = 16;
const MAX_WAITING = 256;
const TIMEOUT_MS = 3_000;
/** An open socket or stream lasts no longer than this, as with an access token. */
const LONGEST_LIFE_MS = 24 * 3_600_000;

const answerSchema = z
  .object({
    id: z.string(),
    userId: z.string(),
    workspaceId: z.string(),
    role: z.enum(ROLES),
    revision: z.number().int(),
    scopes: z.array(z.string()),
    expiresAt: z.iso.datetime().nullable(),
  })
  .nullable();

/** What the users service says of a key; `null` when it is none that counts. */
type KeyAnswer = z.output<typeof answerSchema>;

/**
 * Who an API key stands for.
 * @throws AppError `UNAUTHENTICATED` when it does not count (any more), `UNAVAILABLE` when that cannot be told.
 */
export type ApiKeyVerifier = (key: string) => Promise<VerifiedAccess>;

/** What {@link createApiKeyVerifier} needs. */
export interface ApiKeyVerifierOptions {
  /** Where the users service tells about keys. */
  readonly url: string;
  readonly signingKey: string;
  readonly revocations: Pick<Revocations, 'has'>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

interface Remembered {
  readonly atMs: number;
  readonly answer: Promise<KeyAnswer>;
}

/**
 * Verifies API keys by asking the users service, which gets to see their hashes only. An answer counts for 30 seconds, and
 * not at all once access was revoked: then it is asked again, for a changed role leaves the key what it is.
 */
export function createApiKeyVerifier(options: ApiKeyVerifierOptions): ApiKeyVerifier {
  const { revocations, clock = Date.now } = options;
  const askUsers = createQuestion(options);
  const remembered = new Map<string, Remembered>();

  function ask(hash: string): Promise<KeyAnswer> {
    const known = remembered.get(hash);
    if (known !== undefined && clock() - known.atMs < REMEMBERED_MS) return known.answer;
    remembered.delete(hash);
    const [oldest] = remembered.keys();
    if (remembered.size >= MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    const answer = askUsers(hash);
    const entry = { atMs: clock(), answer };
    remembered.set(hash, entry);
    answer.catch(() => {
      if (remembered.get(hash) === entry) remembered.delete(hash);
    });
    return answer;
  }

  const isRevoked = ({ id, userId, revision }: NonNullable<KeyAnswer>): boolean =>
    revocations.has({ userId, sessionId: id, revision });

  return async (key) => {
    const hash = hashApiKey(key);
    const asked = ask(hash);
    let answer = await asked;
    if (answer !== null && isRevoked(answer)) {
      // Somebody else may have asked anew already.
      if (remembered.get(hash)?.answer === asked) remembered.delete(hash);
      answer = await ask(hash);
    }
    const nowMs = clock();
    const endsAtMs = answer?.expiresAt == null ? Infinity : Date.parse(answer.expiresAt);
    if (answer === null || endsAtMs <= nowMs || isRevoked(answer)) throw notValid();
    return accessOf(answer, Math.min(endsAtMs, nowMs + LONGEST_LIFE_MS));
  };
}

function accessOf(answer: NonNullable<KeyAnswer>, expiresAtMs: number): VerifiedAccess {
  const { id, userId, workspaceId, role, scopes, revision } = answer;
  const viewer = { kind: 'user', userId, workspaceId, role, sessionId: id, scopes, apiKeyId: id } as const;
  return { viewer, expiresAtMs, revision };
}

/** Asks the users service about one key; no more of it than the service can bear. */
function createQuestion({
  url,
  signingKey,
  clock = Date.now,
}: ApiKeyVerifierOptions): (hash: string) => Promise<KeyAnswer> {
  const turns = takeTurns(ASKED_AT_ONCE);
  const { pathname: path } = new URL(url);
  // Whose workspace it is about is what we ask.
  const viewer: ServiceViewer = { kind: 'service', service: 'gateway', workspaceId: 'any', onBehalfOf: null };
  let waiting = 0;

  async function ask(hash: string): Promise<KeyAnswer> {
    const body = JSON.stringify({ hash });
    const signing = { key: signingKey, viewer, nowMs: clock(), nonce: randomUUID() };
    const signed = signRequest({ method: 'POST', path, body }, signing);
    const headers = { 'content-type': 'application/json', ...signed };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await request(url, { method: 'POST', body, headers, signal });
    const answer: unknown = await response.body.json();
    if (response.statusCode !== 200) throw new Error(`the answer has status ${response.statusCode}`);
    return answerSchema.parse(answer);
  }

  return async (hash) => {
    if (waiting >= MAX_WAITING) throw unavailable(new Error('too many keys are asked about already'));
    waiting += 1;
    try {
      return await turns(async () => await ask(hash));
    } catch (cause) {
      throw unavailable(cause);
    } finally {
      waiting -= 1;
    }
  };
}

function unavailable(cause: unknown): AppError {
  const message = 'API keys cannot be verified at the moment.';
  return new AppError('UNAVAILABLE', message, { retryable: true, logLevel: 'error', cause });
}

function notValid(): AppError {
  return new AppError('UNAUTHENTICATED', 'The API key is not valid.', { logLevel: 'debug' });
}
