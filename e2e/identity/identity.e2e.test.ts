import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { until } from '@hoerok/shared/testing';
import { describe, expect, inject, it } from 'vitest';
import WebSocket from 'ws';
import { register, type Session, session } from '../stack/session.ts';

const SOON_MS = 2_000;
const OLD_PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'another battery staple';

/** A socket that watches its viewer's notifications. */
interface Watching {
  readonly socket: WebSocket;
  readonly closed: Promise<readonly [number, string]>;
}

async function watch(secret: string): Promise<Watching> {
  const address = `${inject('gatewayUrl').replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws');
  const types: string[] = [];
  socket.on('message', (text: Buffer) => {
    types.push((JSON.parse(text.toString()) as { type: string }).type);
  });
  const closed = once(socket, 'close').then(([code, reason]) => [Number(code), String(reason)] as const);
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  send({ type: 'connection_init', payload: { authorization: `Bearer ${secret}` } });
  await until('the socket is accepted', () => types.includes('connection_ack'));
  const query = 'subscription { notificationReceived { id } }';
  send({ id: '1', type: 'subscribe', payload: { query } });
  send({ type: 'ping' });
  await until('the ping is answered', () => types.includes('pong'));
  return { socket, closed };
}

async function join(admin: Session): Promise<Session> {
  const email = `joins.${randomBytes(4).toString('hex')}@hoerok.example`;
  const { inviteUser } = await admin.data(
    'mutation ($email: String!) { inviteUser(email: $email, role: MEMBER) { token } }',
    { email },
  );
  return await register('Joins', (inviteUser as { token: string }).token);
}

/** What becomes of a session when something withdraws its access. */
async function fateOf(whom: Session, withdraw: () => Promise<unknown>): Promise<unknown> {
  const { closed } = await watch(whom.accessToken);
  await withdraw();
  const beganAt = performance.now();
  const close = await closed;
  const soon = performance.now() - beganAt < SOON_MS;
  const { status, errors } = await whom.execute('{ viewer { id } }');
  return { close, soon, status, code: errors[0]?.extensions?.['code'] };
}

const REVOKED = {
  close: [4403, 'Access was revoked; refresh the access token, or sign in again.'],
  soon: true,
  status: 401,
  code: 'UNAUTHENTICATED',
};

describe('C3: access that is withdrawn', () => {
  it('ends everywhere within two seconds when a person signs out', async () => {
    const person = await register('Leaves');
    expect(await fateOf(person, () => person.data('mutation { signOut { signedOut } }'))).toEqual(REVOKED);
  });

  it('ends within two seconds when an ADMIN changes the role or ends the account', async () => {
    const admin = await register('Chief');
    const [demoted, dismissed] = [await join(admin), await join(admin)];
    const staying = await watch(admin.accessToken);
    expect(
      await fateOf(demoted, () =>
        admin.data('mutation ($id: ID!) { setUserRole(userId: $id, role: GUEST) { user { role } } }', {
          id: demoted.userId,
        }),
      ),
    ).toEqual(REVOKED);
    expect(
      await fateOf(dismissed, () =>
        admin.data('mutation ($id: ID!) { deactivateUser(userId: $id) { user { active } } }', {
          id: dismissed.userId,
        }),
      ),
    ).toEqual(REVOKED);
    expect(staying.socket.readyState).toBe(WebSocket.OPEN);
    staying.socket.close();
  });

  it('ends within two seconds when the password changes, and begins anew with the change', async () => {
    const person = await register('Careful');
    let fresh = '';
    expect(
      await fateOf(person, async () => {
        const { changePassword } = await person.data(
          'mutation ($old: String!, $new: String!) { changePassword(currentPassword: $old, newPassword: $new) { accessToken } }',
          { old: OLD_PASSWORD, new: NEW_PASSWORD },
        );
        fresh = (changePassword as { accessToken: string }).accessToken;
      }),
    ).toEqual(REVOKED);
    const again = session({ id: person.userId, email: person.email }, fresh);
    expect(await again.data('{ viewer { id } }')).toEqual({ viewer: { id: person.userId } });
  });
});

describe('an API key', () => {
  const CREATE = `mutation ($scopes: [ApiKeyScope!]!) {
    createApiKey(name: "Export", scopes: $scopes) { secret apiKey { id } userErrors { code } } }`;
  const CHANGE = 'mutation { markAllRead { __typename } }';

  async function create(
    owner: Session,
    scopes: readonly string[],
  ): Promise<Session & { readonly id: string }> {
    const { createApiKey } = await owner.data(CREATE, { scopes });
    const { secret, apiKey } = createApiKey as { secret: string; apiKey: { id: string } };
    return { ...session({ id: owner.userId, email: owner.email }, secret), id: apiKey.id };
  }

  it('acts as its owner over HTTP and WebSocket, and changes something only with the scope WRITE', async () => {
    const owner = await register('Programs');
    const [reader, writer] = [await create(owner, ['READ']), await create(owner, ['WRITE'])];
    expect(await reader.data('{ viewer { id } }')).toEqual({ viewer: { id: owner.userId } });
    const { socket } = await watch(reader.accessToken);
    socket.close();
    const refused = await reader.execute(CHANGE);
    expect([refused.status, refused.errors[0]?.extensions?.['code']]).toEqual([403, 'FORBIDDEN']);
    expect((await writer.execute(CHANGE)).errors).toEqual([]);
    const more = await writer.execute(CREATE, { scopes: ['WRITE'] });
    expect(more.errors[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('is refused at once, and its sockets are closed within two seconds, when it is revoked', async () => {
    const owner = await register('Revokes');
    const key = await create(owner, ['READ']);
    await key.data('{ viewer { id } }');
    expect(
      await fateOf(key, () =>
        owner.data('mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { id } } }', { id: key.id }),
      ),
    ).toEqual(REVOKED);
    expect(await owner.data('{ viewer { id } }')).toEqual({ viewer: { id: owner.userId } });
  });
});

describe('C13: sign-ins by alias', () => {
  it('count one by one through the gateway: of twenty guesses in one request ten are tried', async () => {
    const person = await register('Guessed');
    const guesses = Array.from(
      { length: 20 },
      (_, index) =>
        `a${index}: signIn(email: "${person.email}", password: "guess ${index}") { userErrors { code } }`,
    );
    const { data } = await person.execute(`mutation { ${guesses.join(' ')} }`);
    const codes = Object.values(data ?? {}).map(
      (answer) => (answer as { userErrors: readonly { code: string }[] }).userErrors[0]?.code,
    );
    const counted = Map.groupBy(codes, (code) => code);
    expect(counted.get('WRONG_CREDENTIALS')).toHaveLength(10);
    expect(counted.get('TOO_MANY_ATTEMPTS')).toHaveLength(10);
  });
});
