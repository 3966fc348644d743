import { z } from 'zod';
import { type Api, recorded } from './client.ts';
import { type HeldMeeting, holdMeeting, type KnownSection, type Person, signIn, type Team } from './world.ts';

/** What kinds of work are made of. */
export interface Scene {
  readonly api: Api;
  readonly teams: readonly Team[];
  readonly captions: readonly string[];
  /** Between 0 and 1. */
  readonly random: () => number;
  /** Told of each import. */
  readonly onImported: (meetingId: string) => void;
}

/** Something that people do; `share` of a hundred actions are of this kind. */
export interface Kind {
  readonly name: string;
  readonly share: number;
  /** Answers refusals, or null when there is nothing to do it with right now. */
  readonly act: (scene: Scene) => Promise<readonly string[] | null>;
}

interface Chosen {
  readonly meeting: HeldMeeting;
  readonly person: Person;
}

export function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from.');
  return value;
}

function choose({ teams, random }: Scene): Chosen {
  const team = pick(teams, random);
  return { meeting: pick(team.meetings, random), person: pick(team.people, random) };
}

/** A read of one meeting by one of its people. */
function read(name: string, share: number, query: string): Kind {
  const act = async (scene: Scene): Promise<readonly string[]> => {
    const { meeting, person } = choose(scene);
    const variables = { id: meeting.id, me: person.userId, transcriptId: meeting.transcriptId };
    return (await scene.api.run(person.accessToken, query, variables)).refusals;
  };
  return { name, share, act };
}

const LIST = `{ meetings(first: 20) { edges { node { id title status scheduledStart organizer { name }
  participants(first: 10) { edges { node { user { name avatarUrl } } } } } } } }`;
const TODOS = `query ($me: ID!) { todos(first: 20, filter: { assigneeId: $me }) {
  edges { node { id title status dueAt overdue meeting { title } } } } viewer { id name notifications(first: 10) { unreadCount } } }`;
const TRANSCRIPT = `query ($id: ID!) { meeting(id: $id) { title transcript { revision speakers { label user { name } }
  sections(first: 20) { edges { node { title state revision } } }
  segments(first: 50) { edges { node { startMs text speaker { label } } } } } } }`;
const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) {
  section { revision } userErrors { code message } } }`;
const VERIFY = `mutation ($id: ID!, $revision: Int!) { verifySection(sectionId: $id, revision: $revision, verdict: APPROVED) {
  section { revision state } userErrors { code message } } }`;
const CREATE_TODO = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) {
  todo { id title } userErrors { code message } } }`;
const COMPLETE_TODO = `mutation ($id: ID!) { completeTodo(id: $id) { todo { id status } userErrors { code message } } }`;

const changed = z.object({ section: z.object({ revision: z.number() }).nullish() });
const created = z.object({ createTodo: z.object({ todo: z.object({ id: z.string() }).nullable() }) });

/** The mix. Reads outnumber writes as they do in a product that people look at more than they write to. */
export const KINDS: readonly Kind[] = [
  read('page of a meeting', 40, recorded('meeting-page')),
  read('list of meetings', 15, LIST),
  read('todos and notifications', 13, TODOS),
  read('transcript', 12, TRANSCRIPT),
  {
    name: 'edit a section',
    share: 4,
    act: (scene) =>
      withSection(scene, async ({ person }, section) => {
        const segmentId = pick(section.segmentIds, scene.random);
        const text = `Corrected at ${new Date().toISOString()}.`;
        const input = { sectionId: section.id, baseRevision: section.revision, edits: [{ segmentId, text }] };
        return await scene.api.run(person.accessToken, EDIT, { input });
      }),
  },
  {
    name: 'verify a section',
    share: 4,
    act: (scene) =>
      withSection(scene, ({ person }, { id, revision }) =>
        scene.api.run(person.accessToken, VERIFY, { id, revision }),
      ),
  },
  {
    name: 'review an action item',
    share: 3,
    act: async (scene) => {
      const { meeting, person } = choose(scene);
      if (meeting.actionItemIds.length === 0) return null;
      const query = `mutation ($itemId: ID!, $text: String!) { reviewItem(itemId: $itemId, review: EDITED, text: $text) {
        item { id review } userErrors { code message } } }`;
      const text = `Reworded at ${new Date().toISOString()}.`;
      const variables = { itemId: pick(meeting.actionItemIds, scene.random), text };
      return (await scene.api.run(person.accessToken, query, variables)).refusals;
    },
  },
  {
    name: 'create a todo',
    share: 3,
    act: async (scene) => {
      const { meeting, person } = choose(scene);
      const input = { title: 'Send the draft', meetingId: meeting.id, assigneeId: person.userId };
      const { data, refusals } = await scene.api.run(person.accessToken, CREATE_TODO, { input });
      const { todo } = created.parse(data).createTodo;
      if (todo !== null) meeting.openTodos.push(todo.id);
      return refusals;
    },
  },
  {
    name: 'complete a todo',
    share: 3,
    act: async (scene) => {
      const { meeting } = choose(scene);
      const id = meeting.openTodos.shift();
      if (id === undefined) return null;
      const token = meeting.people[0]?.accessToken ?? null;
      return (await scene.api.run(token, COMPLETE_TODO, { id })).refusals;
    },
  },
  {
    name: 'sign in',
    share: 2,
    act: async (scene) => {
      await signIn(scene.api, pick(pick(scene.teams, scene.random).people, scene.random).email);
      return [];
    },
  },
  {
    name: 'hold a meeting, import captions',
    share: 1,
    act: async (scene) => {
      const { people } = pick(scene.teams, scene.random);
      scene.onImported(await holdMeeting(scene.api, people, pick(scene.captions, scene.random)));
      return [];
    },
  },
];

/** Changes a section that nobody else is changing: what is measured is the work, not how people get in each other's way. */
async function withSection(
  scene: Scene,
  change: (chosen: Chosen, section: KnownSection) => ReturnType<Api['run']>,
): Promise<readonly string[] | null> {
  const chosen = choose(scene);
  const free = chosen.meeting.sections.filter(({ busy }) => !busy);
  if (free.length === 0) return null;
  const section = pick(free, scene.random);
  section.busy = true;
  try {
    const { data, refusals } = await change(chosen, section);
    const said = changed.safeParse(Object.values(data)[0]);
    section.revision = said.data?.section?.revision ?? section.revision;
    return refusals;
  } finally {
    section.busy = false;
  }
}
