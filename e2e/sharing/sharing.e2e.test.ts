import { until } from '@hoerok/shared/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Session, session } from '../stack/session.ts';
import {
  foundWorkspace,
  schedule,
  transcribe,
  type Workspace,
  writeTodo,
} from '../subscriptions/meeting-together.ts';
import { codesOf, openSocket, operation, type Socket, type Watch } from '../subscriptions/watch.ts';

const SHARE = `mutation ($input: ShareMeetingInput!) { shareMeeting(input: $input) { share { id } url token
  userErrors { code message } } }`;
const CHANGE = `mutation ($input: ChangeShareInput!) { changeShare(input: $input) { userErrors { code } } }`;
const REVOKE = `mutation ($id: ID!) { revokeShare(shareId: $id) { userErrors { code } } }`;
const PAGE = `query ($id: ID!) { meeting(id: $id) { title sharedWithViewer { access } todos(first: 5) { totalCount }
  transcript { sections(first: 50) { totalCount edges { node { id revision
    segments(first: 1) { edges { node { text } } } } } } } } }`;
const VERIFY = `mutation ($id: ID!, $revision: Int!) { verifySection(sectionId: $id, revision: $revision, verdict: APPROVED) {
  userErrors { code } } }`;
const RENAME = `mutation ($id: ID!) { updateMeeting(input: { id: $id, expectedRevision: 1, title: "Mine" }) { userErrors { code } } }`;
const TODO = `mutation ($id: ID!) { createTodo(input: { title: "Mine", meetingId: $id }) { userErrors { code } } }`;
const OPEN = `mutation ($token: String!) { openShare(token: $token) { accessToken user { id email role }
  userErrors { code } } }`;
const HISTORY = 'query ($id: ID!) { meeting(id: $id) { shareHistory { kind actor { name } email } } }';

interface Page {
  readonly title: string;
  readonly sharedWithViewer: { readonly access: string } | null;
  readonly todos: { readonly totalCount: number };
  readonly transcript: {
    readonly sections: {
      readonly totalCount: number;
      readonly edges: { node: { id: string; revision: number } }[];
    };
  } | null;
}

const REVOKED_WITHIN_MS = 2_000;

describe('a meeting that is shared', () => {
  let workspace: Workspace;
  let organizer: Session;
  let reader: Session;
  beforeAll(async () => {
    workspace = await foundWorkspace('Founder');
    organizer = await workspace.join('Organizer');
    reader = await workspace.join('Reader');
  });

  const share = async (meetingId: string, extra: object) =>
    (await organizer.data(SHARE, { input: { meetingId, access: 'READ', ...extra } }))['shareMeeting'] as {
      share: { id: string };
      url: string | null;
      token: string | null;
      userErrors: object[];
    };
  const pageOf = async (who: Session, id: string): Promise<Page | null> =>
    (await who.data(PAGE, { id }))['meeting'] as Page | null;
  /** All of the services have heard of the share by then. */
  const wholePageOf = (who: Session, id: string, sections: number): Promise<Page> =>
    until('the page is there as a whole', async () => {
      const page = await pageOf(who, id);
      return page?.transcript?.sections.totalCount === sections && page.todos.totalCount > 0
        ? page
        : undefined;
    });
  const codesIn = async (who: Session, document: string, variables: object): Promise<unknown[]> => {
    const [payload] = Object.values(await who.data(document, variables)) as {
      userErrors: { code: string }[];
    }[];
    return payload?.userErrors.map(({ code }) => code) ?? [];
  };
  const held = async () => {
    const { id } = await schedule(organizer);
    const sections = await transcribe(organizer, id);
    await writeTodo(organizer, { meetingId: id });
    return { id, sections };
  };
  const watchAll = (socket: Socket, meetingId: string): Watch[] =>
    ['meeting-events', 'section-updates', 'todo-updates'].map((name) =>
      socket.watch(operation(name), { meetingId }),
    );

  it('is read by who it is shared with, with transcript and todos, and by nobody else', async () => {
    const { id, sections } = await held();
    expect(await pageOf(reader, id)).toBeNull();
    await share(id, { userId: reader.userId });
    const page = await wholePageOf(reader, id, sections.length);
    expect(page).toMatchObject({ title: 'Release sync', sharedWithViewer: { access: 'READ' } });
    const stranger = await workspace.join('Stranger');
    expect(await pageOf(stranger, id)).toBeNull();
  });

  it('is changed by them as far as the share goes: nothing to READ, approvals to VERIFY', async () => {
    const { id, sections } = await held();
    const { share: made } = await share(id, { userId: reader.userId });
    await wholePageOf(reader, id, sections.length);
    const [section] = sections;
    const refused = [
      await codesIn(reader, VERIFY, { ...section }),
      await codesIn(reader, RENAME, { id }),
      await codesIn(reader, TODO, { id }),
      await codesIn(reader, SHARE, { input: { meetingId: id, userId: reader.userId, access: 'VERIFY' } }),
    ];
    expect(refused).toEqual([['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']]);
    expect(await codesIn(organizer, CHANGE, { input: { shareId: made.id, access: 'VERIFY' } })).toEqual([]);
    await until('the section can be verified', async () => {
      const codes = await codesIn(reader, VERIFY, { ...section });
      return codes.length === 0 || undefined;
    });
    expect(await codesIn(reader, TODO, { id })).toEqual(['FORBIDDEN']);
  });

  it('is closed to them within two seconds of the revocation, open streams first', async () => {
    const { id, sections } = await held();
    const { share: made } = await share(id, { userId: reader.userId });
    await wholePageOf(reader, id, sections.length);
    await using socket = openSocket(reader);
    const watches = watchAll(socket, id);
    const [meetingEvents] = watches;
    await meetingEvents?.seen('the last event', () => true);
    // All three are open: each tells of a change.
    const [section] = sections;
    await organizer.data(VERIFY, { ...section });
    await writeTodo(organizer, { meetingId: id });
    for (const watch of watches) await watch.seen('an event', ({ errors }) => errors === undefined);
    const revokedAt = Date.now();
    expect(await codesIn(organizer, REVOKE, { id: made.id })).toEqual([]);
    for (const watch of watches) {
      const last = await watch.seen('the refusal', (event) => codesOf(event).length > 0);
      expect(codesOf(last)).toEqual(['FORBIDDEN']);
      expect((watch.endedAt() ?? Date.now()) - revokedAt).toBeLessThan(REVOKED_WITHIN_MS);
    }
    expect(await pageOf(reader, id)).toBeNull();
    const again = await until('nobody is let in again', async () => {
      const watch = socket.watch(operation('section-updates'), { meetingId: id });
      return await watch.seen('the answer', (event) => codesOf(event).length > 0);
    });
    expect(codesOf(again)).toEqual(['NOT_FOUND']);
  });

  it('opens to an outsider by its link, as a guest of this meeting alone, until it is revoked', async () => {
    const { id, sections } = await held();
    const other = await schedule(organizer);
    const email = `Partner-${Date.now()}@partner.example`;
    const { share: made, url, token } = await share(id, { email, message: '회의록입니다' });
    expect(new URL(url ?? '').hash).toBe(`#share=${token}`);
    const open = async () => {
      const response = await fetch(`${inject('gatewayUrl')}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: OPEN, variables: { token } }),
      });
      const { data } = (await response.json()) as {
        data: {
          openShare: {
            accessToken: string | null;
            user: { id: string; email: string; role: string } | null;
            userErrors: object[];
          };
        };
      };
      return data.openShare;
    };
    const opened = await open();
    expect(opened).toMatchObject({ user: { email: email.toLowerCase(), role: 'GUEST' }, userErrors: [] });
    if (opened.user === null || opened.accessToken === null) throw new Error('The link did not open.');
    const guest = session(opened.user, opened.accessToken);
    expect(await pageOf(guest, id)).toMatchObject({ title: 'Release sync' });
    await wholePageOf(guest, id, sections.length);
    expect(await pageOf(guest, other.id)).toBeNull();
    const { meetings, users } = await guest.data(
      '{ meetings { edges { node { id } } } users { totalCount } }',
    );
    expect({ meetings, users }).toEqual({
      meetings: { edges: [{ node: { id } }] },
      users: { totalCount: 1 },
    });
    await using socket = openSocket(guest);
    const watch = socket.watch(operation('section-updates'), { meetingId: id });
    const waiting = [...sections];
    await until('the stream is open', async () => {
      const section = waiting.shift();
      if (section !== undefined) await organizer.data(VERIFY, section);
      return watch.events.length > 0 || undefined;
    });
    await organizer.data(REVOKE, { id: made.id });
    const last = await watch.seen('the refusal', (event) => codesOf(event).length > 0);
    expect(codesOf(last)).toEqual(['FORBIDDEN']);
    expect(await pageOf(guest, id)).toBeNull();
    expect(await open()).toMatchObject({ accessToken: null, userErrors: [{ code: 'SHARE_ENDED' }] });
    const { meeting } = await organizer.data(HISTORY, { id });
    expect(meeting).toMatchObject({
      shareHistory: [{ kind: 'REVOKED' }, { kind: 'OPENED' }, { kind: 'SHARED' }],
    });
  });

  it('sends an address that has an account to sign in, and needs no link for it', async () => {
    const { id } = await schedule(organizer);
    const { token, share: made } = await share(id, { email: reader.email.toUpperCase() });
    expect(token).toBeNull();
    expect(made.id).toEqual(expect.any(String));
    expect(await pageOf(reader, id)).toMatchObject({ title: 'Release sync' });
  });
});
