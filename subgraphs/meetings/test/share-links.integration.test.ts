import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guest, organizer, type Scene, service, startScene, stranger } from './sharing-scene.ts';

const LINK = 'query ($token: String!) { shareLink(token: $token) { shareId email meetingId } }';
const ACCEPT = `mutation ($token: String!, $userId: ID!) { acceptShareLink(token: $token, userId: $userId) {
  link { email meetingId } userErrors { code path } } }`;
const INVITATION = `query ($id: ID!) { shareInvitation(shareId: $id) { title url meetingId
  share { email message access sharedBy { id } } } }`;
const HISTORY = 'query ($id: ID!) { meeting(id: $id) { shareHistory { kind actor { id } email } } }';
const EMAIL = 'Out@Partner.example';

describe('the link of a share', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const shareByLink = async (extra: object = {}) => {
    const { id } = await scene.hold();
    const input = { meetingId: id, email: EMAIL, access: 'READ', ...extra };
    const { share, url, token } = await scene.shares('shareMeeting', { input });
    return { meetingId: id, shareId: share?.id ?? '', share, url, token: token ?? '' };
  };
  const accept = async (token: string, userId = guest.userId) =>
    (await scene.data(service, ACCEPT, { token, userId }))['acceptShareLink'] as {
      link: object | null;
      userErrors: { code: string }[];
    };
  const linkOf = async (token: string): Promise<unknown> =>
    (await scene.data(service, LINK, { token }))['shareLink'];

  it('goes to who shared it, ends after 30 days, and is stored nowhere', async () => {
    const { url, token, share } = await shareByLink();
    expect(new URL(url ?? '').hash).toBe(`#share=${token}`);
    expect(share).toMatchObject({ email: 'out@partner.example', user: null, live: true });
    const days = (new Date(String(share?.['expiresAt'])).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    const client = new pg.Client({ connectionString: scene.test.databaseUrl });
    await client.connect();
    const { rows } = await client.query('SELECT s::text AS row FROM meeting_share s');
    await client.end();
    expect(JSON.stringify(rows)).not.toContain(token.split('.').at(-1));
  });

  it('lets the guest see the meeting from the opening on, which is written down', async () => {
    const { meetingId, token } = await shareByLink();
    expect(await scene.sees(guest, meetingId)).toBe(false);
    expect(await linkOf(token)).toMatchObject({ email: 'out@partner.example', meetingId });
    expect(await accept(token)).toMatchObject({ link: { meetingId }, userErrors: [] });
    expect(await scene.sees(guest, meetingId)).toBe(true);
    expect((await accept(token)).userErrors).toEqual([]);
    const { meeting } = await scene.data(organizer, HISTORY, { id: meetingId });
    const opened = { kind: 'OPENED', actor: { id: guest.userId }, email: 'out@partner.example' };
    expect(meeting).toMatchObject({ shareHistory: [opened, opened, { kind: 'SHARED' }] });
    const [, , told] = await scene.told('meeting', meetingId, 3);
    expect(told).toMatchObject({ shares: [{ userId: guest.userId, access: 'READ' }] });
  });

  it('is for one person: nobody else comes in by it', async () => {
    const { token } = await shareByLink();
    await accept(token);
    expect((await accept(token, stranger.userId)).userErrors).toMatchObject([{ code: 'SHARE_ENDED' }]);
  });

  it('works no more once revoked, nor when the meeting is shared with the address again', async () => {
    const { meetingId, shareId, token } = await shareByLink();
    await scene.shares('revokeShare', { shareId });
    expect(await linkOf(token)).toBeNull();
    expect((await accept(token)).userErrors).toMatchObject([{ code: 'SHARE_ENDED' }]);
    const input = { meetingId, email: EMAIL, access: 'READ' };
    const again = await scene.shares('shareMeeting', { input });
    expect(again.token).not.toBe(token);
    expect(await linkOf(token)).toBeNull();
  });

  it('works in its own workspace alone, and made up nowhere', async () => {
    const { token } = await shareByLink();
    const foreign = { ...service, workspaceId: 'another' };
    expect((await scene.data(foreign, LINK, { token }))['shareLink']).toBeNull();
    for (const wrong of [`${token.slice(0, -4)}AAAA`, 'nonsense', '', `${token}\0`])
      expect(await linkOf(wrong)).toBeNull();
  });

  it('is handed to the service that delivers the invitation, with the words that go with it', async () => {
    const { shareId, url, meetingId } = await shareByLink({ message: 'Please have a look.' });
    const { shareInvitation } = await scene.data(service, INVITATION, { id: shareId });
    expect(shareInvitation).toEqual({
      title: 'Release sync',
      url,
      meetingId,
      share: {
        email: 'out@partner.example',
        message: 'Please have a look.',
        access: 'READ',
        sharedBy: { id: organizer.userId },
      },
    });
    await scene.shares('revokeShare', { shareId });
    expect((await scene.data(service, INVITATION, { id: shareId }))['shareInvitation']).toBeNull();
  });

  it('makes nobody who schedules meetings: a guest sees, and takes part where invited', async () => {
    const input = { title: 'Mine', scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'UTC' };
    const document = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { userErrors { code } } }`;
    expect((await scene.data(guest, document, { input }))['createMeeting']).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  });

  it('is no matter for people: whoever asks is refused', async () => {
    const { token, shareId } = await shareByLink();
    const asked = await Promise.all([
      scene.test.execute(organizer, LINK, { token }),
      scene.test.execute(organizer, INVITATION, { id: shareId }),
      scene.test.execute(guest, ACCEPT, { token, userId: guest.userId }),
    ]);
    for (const { errors } of asked) expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
