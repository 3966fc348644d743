import { readFileSync } from 'node:fs';
import type { Role } from '@hoerok/shared/auth';
import { until } from '@hoerok/shared/testing';
import { register, type Session } from '../stack/session.ts';

const INVITE = `mutation ($email: String!, $role: Role!) { inviteUser(email: $email, role: $role) { token userErrors { code } } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting {
  id participants(first: 9) { edges { node { id user { id } } } } } userErrors { code message } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } userErrors { code } } }`;
const SECTIONS = `query ($id: ID!) { meeting(id: $id) { transcript {
  sections(first: 50) { edges { node { id revision } } } } } }`;
const TODO = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;

/** The organizer's workspace: ADMIN is whoever founded it. */
export interface Workspace {
  readonly admin: Session;
  /** Somebody else in it. @default role MEMBER */
  readonly join: (name: string, role?: Role) => Promise<Session>;
}

/** A workspace of its own. */
export async function foundWorkspace(name: string): Promise<Workspace> {
  const admin = await register(name);
  return {
    admin,
    join: async (member, role = 'MEMBER') => {
      const email = `${member.toLowerCase()}-${Date.now()}@hoerok.example`;
      const { token } = (await admin.data(INVITE, { email, role }))['inviteUser'] as { token: string };
      return await register(member, token);
    },
  };
}

/** A meeting, and the id of each user's participation in it. */
export interface Meeting {
  readonly id: string;
  readonly participantOf: (who: Session) => string;
}

/** Schedules a meeting of the organizer and others. */
export async function schedule(organizer: Session, ...others: readonly Session[]): Promise<Meeting> {
  const input = {
    title: 'Release sync',
    scheduledStart: '2026-03-04T01:00:00Z',
    timeZone: 'Asia/Seoul',
    verificationPolicy: 'ALL_PRESENT',
    participants: others.map(({ userId }) => ({ userId })),
  };
  const { meeting } = (await organizer.data(CREATE, { input }))['createMeeting'] as {
    meeting: {
      id: string;
      participants: { edges: { node: { id: string; user: { id: string } } }[] };
    };
  };
  const { edges } = meeting.participants;
  return {
    id: meeting.id,
    participantOf: ({ userId }) => edges.find(({ node }) => node.user.id === userId)?.node.id ?? '',
  };
}

/** Imports a transcript and waits for its sections. */
export async function transcribe(
  organizer: Session,
  meetingId: string,
): Promise<{ readonly id: string; readonly revision: number }[]> {
  const content = readFileSync(new URL('../../samples/release-sync.en.vtt', import.meta.url), 'utf8');
  await organizer.data(IMPORT, { input: { meetingId, content } });
  return await until('there are sections', async () => {
    const { meeting } = (await organizer.data(SECTIONS, { id: meetingId })) as {
      meeting: { transcript: { sections: { edges: { node: { id: string; revision: number } }[] } } | null };
    };
    return meeting.transcript?.sections.edges.map(({ node }) => node);
  });
}

/** Writes a todo down; answers its id. */
export async function writeTodo(who: Session, input: object): Promise<string> {
  const { todo } = (await who.data(TODO, { input: { title: 'Send the draft', ...input } }))['createTodo'] as {
    todo: { id: string };
  };
  return todo.id;
}
