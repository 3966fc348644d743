import { messageOf } from '@hoerok/shared/errors';
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { request } from 'undici';

/** For a key id that nobody knows, the keys are fetched this often at most. */
const UNKNOWN_COOLDOWN_MS = 30_000;
/** Older keys are fetched anew while the old ones serve. */
const FRESH_MS = 30_000;
/** Keys that are older than this are not taken without having asked: a key that was withdrawn ends within a minute. */
const STALE_MS = 55_000;
/** After a failure the next try waits this long; with no keys at all nobody can be let in, so it waits less. */
const RETRY_MS = 10_000;
const FIRST_RETRY_MS = 500;
const TIMEOUT_MS = 3_000;
const MAX_BYTES = 256 * 1024;

/** The keys cannot be had, and none were had before. */
export class NoKeysError extends Error {
  override readonly name = 'NoKeysError';
}

/** What {@link createKeySet} needs. */
export interface KeySetOptions {
  /** The one address that keys come from. */
  readonly url: string;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

/**
 * The public keys of an issuer, by key id, kept up to date without a restart. A key that is added counts at once: an
 * unknown id asks for the keys anew, once in 30 seconds however many such ids come. One that is withdrawn is refused
 * within a minute. While the address does not answer, the keys that are known go on.
 * @returns finds a key for jose. Throws jose's `JWKSNoMatchingKey`, or {@link NoKeysError}.
 */
export function createKeySet({ url, clock = Date.now }: KeySetOptions): JWTVerifyGetKey {
  let known: { readonly find: ReturnType<typeof createLocalJWKSet>; readonly atMs: number } | null = null;
  let failed: { readonly reason: unknown; readonly atMs: number } | null = null;
  let fetching: Promise<void> | null = null;
  let askedForUnknownMs = -Infinity;

  async function load(): Promise<void> {
    const atMs = clock();
    try {
      known = { find: createLocalJWKSet(await fetchKeys(url)), atMs };
      failed = null;
    } catch (reason) {
      failed = { reason, atMs };
    } finally {
      fetching = null;
    }
  }

  async function bringUpToDate(): Promise<void> {
    const nowMs = clock();
    const ageMs = known === null ? Infinity : nowMs - known.atMs;
    if (ageMs < FRESH_MS) return;
    const hasFailed = failed !== null;
    const retryMs = known === null ? FIRST_RETRY_MS : RETRY_MS;
    if (failed === null || nowMs - failed.atMs >= retryMs) fetching ??= load();
    // An address that is down holds up the first who asks, and nobody after that.
    if (fetching !== null && (known === null || (ageMs >= STALE_MS && !hasFailed))) await fetching;
  }

  function current(): ReturnType<typeof createLocalJWKSet> {
    if (known !== null) return known.find;
    throw new NoKeysError(messageOf(failed?.reason), { cause: failed?.reason });
  }

  return async (header, token) => {
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    await bringUpToDate();
    return await current()(header, token).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const nowMs = clock();
      if (nowMs - askedForUnknownMs >= UNKNOWN_COOLDOWN_MS) {
        askedForUnknownMs = nowMs;
        fetching ??= load();
      }
      if (fetching === null) throw error;
      await fetching;
      return await current()(header, token);
    });
  };
}

async function fetchKeys(url: string): Promise<Parameters<typeof createLocalJWKSet>[0]> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  // undici follows no redirect: keys come from this address or not at all.
  const { statusCode, body } = await request(url, { signal, headers: { accept: 'application/json' } });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`the address of the keys answers with status ${statusCode}`);
  }
  let text = '';
  body.setEncoding('utf8');
  for await (const chunk of body) {
    text += String(chunk);
    if (text.length > MAX_BYTES) throw new Error('the answer with the keys is too large');
  }
  return JSON.parse(text) as Parameters<typeof createLocalJWKSet>[0];
}
