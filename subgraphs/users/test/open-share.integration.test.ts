import type { GatewayClient } from '@hoerok/shared/graphql';
import { startTestService, type TestService } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { defineUsersService } from '../src/service.ts';
import { DOCUMENTS, newSigningKey, type Payload, PASSWORD, type SignedIn, signedIn } from './people.ts';

const OPEN = `mutation ($token: String!, $name: String) {
  openShare(token: $token, name: $name) { accessToken refreshToken expiresAt user { id email name role }
    userErrors { code message path } } }`;

/** Stands in for the meetings domain behind the gateway: knows the links that are good, and who holds them. */
function meetings() {
  const links = new Map<string, string>();
  const holders = new Map<string, string>();
  const gateway: GatewayClient = {
    ready: async () => undefined,
    query: async ({ document, variables, data, workspaceId }) => {
      const token = String(variables['token']);
      const email = token.split('.')[1] === workspaceId ? links.get(token) : undefined;
      if (document.includes('acceptShareLink')) {
        const userErrors = email === undefined ? [{ code: 'SHARE_ENDED', message: 'Over.' }] : [];
        if (email !== undefined) holders.set(token, String(variables['userId']));
        return data.parse({ acceptShareLink: { userErrors } });
      }
      return data.parse({ shareLink: email === undefined ? null : { email } });
    },
  };
  return { links, holders, gateway };
}

describe('opening the link of a share', () => {
  const { links, holders, gateway } = meetings();
  let test: TestService;
  let admin: SignedIn;
  let count = 0;

  beforeAll(async () => {
    test = await startTestService(
      environment,
      defineUsersService(() => new Date()),
      { environment: { TOKEN_SIGNING_KEY: newSigningKey() }, adapters: { gateway } },
    );
    admin = await join({ email: 'owner@example.com' });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (document: string, variables: object, viewer: SignedIn['viewer'] | null = null) => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0] as Payload;
  };
  const join = async (input: object): Promise<SignedIn> =>
    signedIn(await run(DOCUMENTS.register, { input: { password: PASSWORD, name: 'Somebody', ...input } }));
  const link = (email: string): string => {
    count += 1;
    const token = `s1.${admin.viewer.workspaceId}.share-${count}.mac`;
    links.set(token, email);
    return token;
  };
  const open = (token: string, name?: string): Promise<Payload> => run(OPEN, { token, name });

  it('makes a GUEST of the workspace the first time, and signs the same one in afterwards', async () => {
    const token = link('outsider@partner.example');
    const first = await open(token, 'Out Sider');
    const guest = signedIn(first);
    expect(first.user).toMatchObject({ name: 'Out Sider', role: 'GUEST', email: 'outsider@partner.example' });
    expect(guest.viewer).toMatchObject({ workspaceId: admin.viewer.workspaceId, role: 'GUEST' });
    expect(holders.get(token)).toBe(guest.viewer.userId);
    const again = signedIn(await open(link('outsider@partner.example')));
    expect(again.viewer.userId).toBe(guest.viewer.userId);
    expect(again.viewer.sessionId).not.toBe(guest.viewer.sessionId);
  });

  it('makes one guest of two openings at once', async () => {
    const token = link('twice@partner.example');
    const [one, two] = await Promise.all([open(token), open(token)]);
    expect([one.userErrors, two.userErrors]).toEqual([[], []]);
    expect(one.user?.id).toBe(two.user?.id);
  });

  it('gives no session for a link that was revoked, made up, or of another workspace', async () => {
    const token = link('late@partner.example');
    links.delete(token);
    for (const wrong of [token, 'nonsense', 's1.other.share-1.mac', `s1.${admin.viewer.workspaceId}..mac`]) {
      const answer = await open(wrong);
      expect(answer.accessToken).toBeNull();
      expect(answer.userErrors).toMatchObject([{ code: 'SHARE_ENDED', path: ['token'] }]);
    }
  });

  it('sends who has an account with a password to sign in, and opens nothing', async () => {
    const { token: invitation } = await run(
      DOCUMENTS.inviteUser,
      { email: 'member@example.com', role: 'MEMBER' },
      admin.viewer,
    );
    await join({ invitationToken: invitation });
    const token = link('member@example.com');
    expect((await open(token)).userErrors).toMatchObject([{ code: 'SIGN_IN_REQUIRED' }]);
    await join({ email: 'elsewhere@example.com' });
    expect((await open(link('elsewhere@example.com'))).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(holders.has(token)).toBe(false);
  });

  it('lets nobody in whose guest account was ended', async () => {
    const token = link('ended@partner.example');
    const guest = signedIn(await open(token));
    await run(DOCUMENTS.deactivateUser, { userId: guest.viewer.userId }, admin.viewer);
    expect((await open(token)).userErrors).toMatchObject([{ code: 'SHARE_ENDED' }]);
  });

  it('stops guessing at one link after ten failures', async () => {
    const wrong = `s1.${admin.viewer.workspaceId}.guessed.`;
    const codes: (string | undefined)[] = [];
    for (const mac of 'abcdefghijk') codes.push((await open(wrong + mac)).userErrors[0]?.code);
    expect(codes).toEqual([...Array<string>(10).fill('SHARE_ENDED'), 'TOO_MANY_ATTEMPTS']);
  });

  it('gives no password: a guest signs in by the link alone', async () => {
    signedIn(await open(link('linkonly@partner.example')));
    const answer = await run(DOCUMENTS.signIn, { email: 'linkonly@partner.example', password: PASSWORD });
    expect(answer.userErrors).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
  });
});
