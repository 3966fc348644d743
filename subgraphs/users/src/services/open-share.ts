import { randomUUIDv7 } from 'node:crypto';
import type { Transact } from '@hoerok/shared/database';
import { AppError, ERROR_CODES } from '@hoerok/shared/errors';
import { decodeInput, type GatewayClient } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { User } from '../entities/user.entity.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { signInAttemptRepository } from '../repositories/sign-in-attempt-repository.ts';
import { addUser } from './add-user.ts';
import type { Grant, Sessions } from './sessions.ts';
import { startAttempt } from './sign-in.ts';
import { openShareInput } from './user-input.ts';

type Input = z.output<typeof openShareInput>;

/** What {@link createOpenShare} needs. */
export interface OpenShareDeps {
  readonly transact: Transact;
  readonly gateway: GatewayClient;
  readonly sessions: Sessions;
  readonly clock: () => Date;
}

const LINK = /* GraphQL */ `
  query LinkOfShare($token: String!) { shareLink(token: $token) { email } }
`;
const ACCEPT = /* GraphQL */ `
  mutation AcceptShareLink($token: String!, $userId: ID!) {
    acceptShareLink(token: $token, userId: $userId) { userErrors { code message } }
  }
`;
const linkAnswer = z.object({ shareLink: z.object({ email: z.string() }).nullable() });
const acceptAnswer = z.object({
  acceptShareLink: z.object({ userErrors: z.array(z.object({ code: z.string(), message: z.string() })) }),
});

/** Begins as the meetings service writes it; what it proves, that service alone can tell. */
const TOKEN = /^s1\.([\w-]{1,100})\.([\w-]{1,100})\.[\w-]{1,100}$/;

/**
 * Opens a session for the person whom the link of a share is for. Idempotent but for the session: the guest is made once.
 * @throws AppError `BAD_INPUT`; `SHARE_ENDED`; `SIGN_IN_REQUIRED` when the address has an account with a password; `CONFLICT`
 *   when it has one in another workspace; `TOO_MANY_ATTEMPTS` after 10 failures of the link within 15 minutes.
 */
export function createOpenShare(deps: OpenShareDeps): (input: unknown) => Promise<Grant> {
  return async (input) => {
    const wanted = decodeInput(openShareInput, input);
    const [, workspaceId, shareId] = TOKEN.exec(wanted.token) ?? [];
    if (workspaceId === undefined || shareId === undefined) throw ended();
    const attempt = `share:${shareId}`;
    await startAttempt(deps, attempt);
    const email = await emailOf(deps.gateway, { workspaceId, token: wanted.token });
    const guest = await deps.transact((tx) =>
      guestOf(tx, { ...wanted, workspaceId, email, now: deps.clock() }),
    );
    await accept(deps.gateway, { workspaceId, token: wanted.token, userId: guest.id });
    const opened = await deps.transact(async (tx) => {
      const user = await accountRepository(tx).findForUpdate(guest.id);
      if (user === null || !user.active) throw ended();
      await signInAttemptRepository(tx).clear(attempt);
      return { user, session: await deps.sessions.open(tx, user) };
    });
    return await deps.sessions.grant(opened.user, opened.session);
  };
}

/** Whom the link is for; only the meetings service can tell a link from an invention. */
async function emailOf(
  gateway: GatewayClient,
  { workspaceId, token }: { readonly workspaceId: string; readonly token: string },
): Promise<string> {
  const { shareLink } = await gateway.query({
    document: LINK,
    variables: { token },
    data: linkAnswer,
    workspaceId,
    onBehalfOf: null,
  });
  if (shareLink === null) throw ended();
  return shareLink.email;
}

/** Lets the guest hold the share. The gateway may be asked again after a failure: it is idempotent. */
async function accept(
  gateway: GatewayClient,
  {
    workspaceId,
    ...variables
  }: { readonly workspaceId: string; readonly token: string; readonly userId: string },
): Promise<void> {
  const { acceptShareLink } = await gateway.query({
    document: ACCEPT,
    variables,
    data: acceptAnswer,
    workspaceId,
    onBehalfOf: variables.userId,
  });
  const [error] = acceptShareLink.userErrors;
  if (error === undefined) return;
  if (error.code === ERROR_CODES.SHARE_ENDED) throw ended();
  throw new AppError('UNAVAILABLE', 'The link cannot be opened now.', { retryable: true });
}

async function guestOf(
  tx: EntityManager,
  wanted: Input & { readonly workspaceId: string; readonly email: string; readonly now: Date },
): Promise<User> {
  const accounts = accountRepository(tx);
  // Opened twice at once, the link makes one guest.
  await signInAttemptRepository(tx).lock(wanted.email);
  const known = await accounts.findByEmail(wanted.email);
  if (known === null) return await addGuest(tx, wanted);
  if (known.workspaceId !== wanted.workspaceId)
    throw refusal(
      'CONFLICT',
      'This address has an account in another workspace; ask for a link to another one.',
    );
  if ((await accounts.passwordHashOf(known.id)) !== null)
    throw refusal('SIGN_IN_REQUIRED', 'This address has an account: sign in with it to see the meeting.');
  if (!known.active) throw ended();
  return known;
}

async function addGuest(
  tx: EntityManager,
  { workspaceId, email, name, locale, timeZone, now }: Parameters<typeof guestOf>[1],
): Promise<User> {
  return await addUser(tx, {
    id: randomUUIDv7(),
    workspaceId,
    email,
    name: name ?? email.slice(0, email.indexOf('@')),
    role: 'GUEST',
    locale: locale ?? 'en',
    timeZone: timeZone ?? 'UTC',
    aliases: [],
    createdAt: now,
    passwordHash: null,
  });
}

function ended(): AppError {
  return refusal('SHARE_ENDED', 'This link does not work, or not any more.');
}

function refusal(code: 'SHARE_ENDED' | 'SIGN_IN_REQUIRED' | 'CONFLICT', message: string): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: ['token'] } });
}
