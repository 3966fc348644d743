import { generateKeyPairSync } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import {
  type RecordedService,
  recordQueries,
  startTestService,
  type TestService,
} from '@hoerok/shared/testing';
import { decodeJwt } from 'jose';
import { environment } from '../src/config.ts';
import { defineUsersService } from '../src/service.ts';

/** A signing key of its own in PEM. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export const PASSWORD = 'correct horse battery';

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: string[] | null;
}

/** The answer of a mutation about a person or a session. */
export interface Payload {
  readonly accessToken?: string | null;
  readonly refreshToken?: string | null;
  readonly expiresAt?: string | null;
  readonly token?: string | null;
  readonly secret?: string | null;
  readonly apiKey?: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly user?: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly userErrors: readonly UserError[];
}

/** Somebody who has signed in. */
export interface SignedIn {
  readonly viewer: UserViewer;
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

const USER = 'user { id email name role active aliases title locale timeZone avatarUrl createdAt }';
const KEY = 'id name prefix scopes createdAt expiresAt lastUsedAt';
const ERRORS = 'userErrors { code message path }';

/** The mutations of the users domain, each with its whole answer. */
export const DOCUMENTS = {
  register: `mutation ($input: RegisterInput!) {
    register(input: $input) { accessToken refreshToken expiresAt ${USER} ${ERRORS} } }`,
  signIn: `mutation ($email: String!, $password: String!) {
    signIn(email: $email, password: $password) { accessToken refreshToken expiresAt ${USER} ${ERRORS} } }`,
  refreshSession: `mutation ($refreshToken: String!) {
    refreshSession(refreshToken: $refreshToken) { accessToken refreshToken expiresAt ${USER} ${ERRORS} } }`,
  signOut: `mutation { signOut { signedOut ${ERRORS} } }`,
  updateProfile: `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { ${USER} ${ERRORS} } }`,
  inviteUser: `mutation ($email: String!, $role: Role!, $name: String) {
    inviteUser(email: $email, role: $role, name: $name) {
      invitation { id email role name expiresAt invitedBy { id } } token ${ERRORS} } }`,
  createUser: `mutation ($input: CreateUserInput!) { createUser(input: $input) { ${USER} ${ERRORS} } }`,
  setUserRole: `mutation ($userId: ID!, $role: Role!) {
    setUserRole(userId: $userId, role: $role) { ${USER} ${ERRORS} } }`,
  changePassword: `mutation ($currentPassword: String!, $newPassword: String!) {
    changePassword(currentPassword: $currentPassword, newPassword: $newPassword) {
      accessToken refreshToken expiresAt ${USER} ${ERRORS} } }`,
  createApiKey: `mutation ($name: String!, $scopes: [ApiKeyScope!]!, $expiresAt: DateTime) {
    createApiKey(name: $name, scopes: $scopes, expiresAt: $expiresAt) { apiKey { ${KEY} } secret ${ERRORS} } }`,
  revokeApiKey: `mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { ${KEY} } ${ERRORS} } }`,
  deactivateUser: `mutation ($userId: ID!) { deactivateUser(userId: $userId) { ${USER} ${ERRORS} } }`,
} as const;

/** The users service under test, by a clock that stands still until it is moved. */
export interface UsersUnderTest extends AsyncDisposable {
  readonly test: TestService;
  readonly advance: (milliseconds: number) => void;
  readonly now: () => Date;
  readonly queriesDuring: RecordedService<unknown>['during'];
  readonly run: (
    field: keyof typeof DOCUMENTS,
    variables: object,
    viewer?: UserViewer | null,
  ) => Promise<Payload>;
  /** A new workspace and its ADMIN. */
  readonly admin: () => Promise<SignedIn>;
  /** A new account in the workspace of `admin`, signed in. */
  readonly member: (admin: SignedIn, role?: string) => Promise<SignedIn>;
}

/** Starts the users service on servers of its own. */
export async function startUsers(extra: Readonly<Record<string, string>> = {}): Promise<UsersUnderTest> {
  const clock = { now: new Date() };
  const { definition, during } = recordQueries(defineUsersService(() => clock.now));
  const test = await startTestService(environment, definition, {
    environment: { TOKEN_SIGNING_KEY: newSigningKey(), ...extra },
  });
  let people = 0;
  const run: UsersUnderTest['run'] = async (field, variables, viewer = null) => {
    const answer = await test.execute(viewer, DOCUMENTS[field], variables);
    if (answer.errors !== undefined) throw new Error(`${field}: ${JSON.stringify(answer.errors)}`);
    return answer.data?.[field] as Payload;
  };
  const nextEmail = (): string => `person${(people += 1)}@example.com`;
  const register = async (input: object): Promise<SignedIn> =>
    signedIn(await run('register', { input: { password: PASSWORD, name: 'Somebody', ...input } }));
  return {
    test,
    run,
    queriesDuring: during,
    now: () => clock.now,
    advance: (milliseconds) => {
      clock.now = new Date(clock.now.getTime() + milliseconds);
    },
    admin: () => register({ email: nextEmail() }),
    member: async (admin, role = 'MEMBER') => {
      const email = nextEmail();
      const { token } = await run('inviteUser', { email, role }, admin.viewer);
      return await register({ invitationToken: token });
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

/** The viewer as the gateway reads it from the access token. */
export function signedIn({ accessToken, refreshToken, user }: Payload): SignedIn {
  if (accessToken == null || refreshToken == null) throw new Error('There are no tokens in the answer.');
  const { sub, ws, role, sid } = decodeJwt<{ ws: string; role: UserViewer['role']; sid: string }>(
    accessToken,
  );
  const viewer: UserViewer = { kind: 'user', userId: sub ?? '', workspaceId: ws, role, sessionId: sid };
  return { viewer, accessToken, refreshToken, email: String(user?.['email']) };
}
