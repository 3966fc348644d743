import { inject, beforeAll, describe, expect, it } from 'vitest';
import { register, type Session, session } from '../stack/session.ts';

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code message } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) {
  importTranscript(input: $input) { task { id } userErrors { code message path } } }`;
const UPLOAD = `mutation ($meetingId: ID!, $bytes: Float!) {
  createUpload(meetingId: $meetingId, filename: "a.vtt", mimeType: "text/vtt", bytes: $bytes) {
    ticket { uploadId url method headers { name value } } userErrors { code message path } } }`;
const COUNT = `query ($id: ID!) { meeting(id: $id) { transcript { id } tasks(first: 1) { totalCount } } }`;

interface Refusal {
  readonly task?: object | null;
  readonly userErrors: { code: string; message: string }[];
}

describe('wrong input', () => {
  let user: Session;
  let meetingId: string;
  beforeAll(async () => {
    user = await register('Careful');
    const input = { title: 'Careful', scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'UTC' };
    const created = (await user.data(CREATE, { input }))['createMeeting'] as { meeting: { id: string } };
    meetingId = created.meeting.id;
  });

  const importing = async (content: string, target = meetingId, who = user): Promise<Refusal> =>
    (await who.data(IMPORT, { input: { meetingId: target, content } }))['importTranscript'] as Refusal;

  it.each([
    ['an empty file', ''],
    ['a binary file', `PK\u0003\u0004${'\u0000\u0001\u0002\uFFFD'.repeat(200)}`],
    ['broken VTT', 'WEBVTT\n\nnot a cue\n\n00:99 -> nothing\n'],
  ])('answers %s with a typed error and stores nothing', async (_name, content) => {
    const refusal = await importing(content);
    expect(refusal.task).toBeNull();
    expect(refusal.userErrors).toMatchObject([{ code: 'UNREADABLE_CAPTIONS' }]);
    const { meeting } = (await user.data(COUNT, { id: meetingId })) as { meeting: object };
    expect(meeting).toEqual({ transcript: null, tasks: { totalCount: 0 } });
  });

  it('refuses a file of 50 MB before it is sent, and while it is sent', async () => {
    const bytes = 50 * 1024 * 1024;
    const refused = (await user.data(UPLOAD, { meetingId, bytes }))['createUpload'] as Refusal;
    expect(refused.userErrors).toMatchObject([{ code: 'TOO_LARGE' }]);
    const { ticket } = (await user.data(UPLOAD, { meetingId, bytes: 1_000 }))['createUpload'] as {
      ticket: { url: string; method: string; headers: { name: string; value: string }[] };
    };
    const headers = Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value]));
    const sent = await fetch(ticket.url, {
      method: ticket.method,
      headers,
      body: new Uint8Array(bytes),
    }).catch(() => null);
    // The server may close the connection before the client has sent everything.
    if (sent !== null) expect(sent.status).toBe(413);
    const body = await user.execute(IMPORT, { input: { meetingId, content: 'a'.repeat(4 * 1024 * 1024) } });
    expect(body.status).toBe(413);
    expect(body.errors[0]?.extensions).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('answers an unknown meeting and the meeting of another workspace alike', async () => {
    const stranger = await register('Stranger');
    const unknown = await importing('WEBVTT\n\n00:01.000 --> 00:02.000\nHello', 'no-such-meeting');
    const foreign = await importing('WEBVTT\n\n00:01.000 --> 00:02.000\nHello', meetingId, stranger);
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(foreign.userErrors).toEqual(unknown.userErrors);
    expect((await stranger.data(COUNT, { id: meetingId }))['meeting']).toBeNull();
  });

  it('answers an expired and a forged token with UNAUTHENTICATED, and refuses what needs one without', async () => {
    const [header, , signature] = user.accessToken.split('.');
    const claims = {
      sub: user.userId,
      ws: 'any',
      role: 'ADMIN',
      sid: 's',
      iss: 'hoerok',
      aud: 'hoerok',
      exp: 1,
    };
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    const answer = await session({ id: user.userId, email: user.email }, forged).execute('{ viewer { id } }');
    expect(answer.status).toBe(401);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    const response = await fetch(`${inject('gatewayUrl')}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: IMPORT, variables: { input: { meetingId, content: 'x' } } }),
    });
    expect(await response.json()).toMatchObject({
      data: null,
      errors: [{ path: ['importTranscript'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
    });
  });

  it('answers a subscription to a task that does not exist with NOT_FOUND', async () => {
    const events = await user.overWebSocket('subscription ($id: ID!) { taskUpdated(id: $id) { id } }', {
      id: 'no-such-task',
    });
    expect(events.flatMap(({ errors = [] }) => errors)).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ]);
  });
});
