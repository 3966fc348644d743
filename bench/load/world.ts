import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { REPOSITORY } from '../../scripts/supergraph/supergraph-config.ts';
import { type Api, recorded } from './client.ts';

/** Somebody who uses the platform. */
export interface Person {
  readonly email: string;
  readonly userId: string;
  readonly accessToken: string;
}

/** A section as whoever changes it knows it. */
export interface KnownSection {
  readonly id: string;
  revision: number;
  readonly segmentIds: readonly string[];
  /** Somebody is changing it right now. */
  busy: boolean;
}

/** A meeting that was held, with transcript, minutes and todos. */
export interface HeldMeeting {
  readonly id: string;
  readonly people: readonly Person[];
  readonly transcriptId: string;
  readonly sections: readonly KnownSection[];
  readonly actionItemIds: readonly string[];
  /** Todos that nobody has completed yet. */
  readonly openTodos: string[];
}

/** A team with its meetings. */
export interface Team {
  readonly people: readonly Person[];
  readonly meetings: readonly HeldMeeting[];
}

export const PASSWORD = 'a password that is only for measuring';

const reference = z.object({ id: z.string() });
const edges = <T extends z.ZodType>(node: T) => z.object({ edges: z.array(z.object({ node })) });

/** Makes teams whose people take part in all meetings of their team. */
export async function makeTeams(
  api: Api,
  size: { readonly teams: number; readonly people: number; readonly meetings: number },
): Promise<Team[]> {
  const captions = await sampleCaptions();
  const made: Team[] = [];
  for (let team = 0; team < size.teams; team += 1) {
    const people = await makePeople(api, `team${team}`, size.people);
    const ids = [];
    for (let place = 0; place < size.meetings; place += 1)
      ids.push(await holdMeeting(api, people, captions[place % captions.length] ?? ''));
    const meetings = [];
    for (const id of ids) meetings.push(await readMeeting(api, people, id));
    made.push({ people, meetings });
  }
  return made;
}

/** Captions of the samples that come with the platform. */
export async function sampleCaptions(): Promise<string[]> {
  const names = ['app-release.ko.vtt', 'release-sync.en.vtt'];
  return await Promise.all(names.map((name) => readFile(new URL(`samples/${name}`, REPOSITORY), 'utf8')));
}

const CREATE_USER = `mutation ($input: CreateUserInput!) { createUser(input: $input) {
  user { id } userErrors { code message } } }`;

async function makePeople(api: Api, name: string, count: number): Promise<Person[]> {
  const timeZone = 'Asia/Seoul';
  const email = `admin@${name}.example`;
  const input = { email, password: PASSWORD, name: 'Admin', workspaceName: name, timeZone };
  await api.run(null, recorded('register'), { input });
  const admin = await signIn(api, email);
  const people = [admin];
  for (let person = 1; person < count; person += 1) {
    const member = { email: `p${person}@${name}.example`, name: `Person ${person}`, password: PASSWORD };
    await api.run(admin.accessToken, CREATE_USER, { input: member });
    people.push(await signIn(api, member.email));
  }
  return people;
}

const SIGNED_IN = z.object({ signIn: z.object({ accessToken: z.string(), user: reference }) });

/** Signs somebody in whom {@link makeTeams} has made. */
export async function signIn(api: Api, email: string): Promise<Person> {
  const { data } = await api.run(null, recorded('sign-in'), { email, password: PASSWORD });
  const { accessToken, user } = SIGNED_IN.parse(data).signIn;
  return { email, userId: user.id, accessToken };
}

const CREATED = z.object({ createMeeting: z.object({ meeting: reference }) });
const IMPORT_CONTENT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) {
  task { id } userErrors { code message } } }`;

/** A meeting of these people that has ended, and whose captions are being imported. */
export async function holdMeeting(api: Api, people: readonly Person[], content: string): Promise<string> {
  const [organizer, ...others] = people;
  const token = organizer?.accessToken ?? null;
  const input = {
    title: `Release sync of ${new Date().toISOString()}`,
    scheduledStart: new Date().toISOString(),
    timeZone: 'Asia/Seoul',
    verificationPolicy: 'QUORUM',
    participants: others.map(({ userId }) => ({ userId })),
  };
  const { data } = await api.run(token, recorded('create-meeting'), { input });
  const meetingId = CREATED.parse(data).createMeeting.meeting.id;
  await api.run(token, recorded('start-meeting'), { id: meetingId });
  await api.run(token, recorded('end-meeting'), { id: meetingId });
  const { refusals } = await api.run(token, IMPORT_CONTENT, { input: { meetingId, content } });
  if (refusals.length > 0) throw new Error(`The captions were refused: ${refusals.join(', ')}`);
  return meetingId;
}

const READ = `query ($id: ID!) { meeting(id: $id) {
  transcript { id sections(first: 50) { edges { node { id revision segments(first: 50) { edges { node { id } } } } } } }
  minutes { actionItems { id } } } }`;
const section = z.object({ id: z.string(), revision: z.number(), segments: edges(reference) });
const READ_ANSWER = z.object({
  meeting: z.object({
    transcript: z.object({ id: z.string(), sections: edges(section) }).nullable(),
    minutes: z.object({ actionItems: z.array(reference) }).nullable(),
  }),
});
const MINUTES_DEADLINE_MS = 120_000;

/** A meeting as soon as it has minutes; its action items become todos. */
async function readMeeting(api: Api, people: readonly Person[], id: string): Promise<HeldMeeting> {
  const token = people[0]?.accessToken ?? null;
  const deadline = performance.now() + MINUTES_DEADLINE_MS;
  for (;;) {
    const { meeting } = READ_ANSWER.parse((await api.run(token, READ, { id })).data);
    const { transcript, minutes } = meeting;
    if (transcript !== null && minutes !== null) {
      const actionItemIds = minutes.actionItems.map((item) => item.id);
      for (const itemId of actionItemIds)
        await api.run(token, recorded('review-item'), { itemId, review: 'ACCEPTED' });
      const sections = transcript.sections.edges.map(({ node }) => {
        const segmentIds = node.segments.edges.map((edge) => edge.node.id);
        return { id: node.id, revision: node.revision, segmentIds, busy: false };
      });
      return { id, people, transcriptId: transcript.id, sections, actionItemIds, openTodos: [] };
    }
    if (performance.now() > deadline) throw new Error('A meeting has no minutes after two minutes.');
    await pause(250);
  }
}
