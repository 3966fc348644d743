import type { createDataSource } from '../../subgraphs/users/src/data-source.ts';

export type DataSource = ReturnType<typeof createDataSource>;

export const workspaceId = 'w';
export const PEOPLE = 8;

/** A workspace with its people. */
export async function fillPeople(dataSource: DataSource): Promise<void> {
  await insert(dataSource, 'workspace', { id: workspaceId, name: 'Bench', created_at: new Date() });
  for (let person = 0; person < PEOPLE; person += 1)
    await insert(dataSource, 'user_account', {
      id: `u${person}`,
      workspace_id: workspaceId,
      email: `u${person}@example.com`,
      name: `Person ${person}`,
      locale: 'ko',
      time_zone: 'Asia/Seoul',
      role: 'MEMBER',
      active: true,
      aliases: ['An alias'],
      revision: 1,
      created_at: new Date(),
    });
}

/** A meeting with eight people. */
export async function fillMeeting(dataSource: DataSource): Promise<void> {
  await insert(dataSource, 'meeting', {
    id: 'm',
    workspace_id: workspaceId,
    title: 'Release sync',
    status: 'ENDED',
    language: 'ko',
    scheduled_start: new Date(),
    time_zone: 'Asia/Seoul',
    organizer_id: 'u0',
    verification_policy: 'QUORUM',
    revision: 4,
  });
  for (let position = 0; position < PEOPLE; position += 1)
    await insert(dataSource, 'participant', {
      id: `p${position}`,
      meeting_id: 'm',
      user_id: `u${position}`,
      role: position === 0 ? 'ORGANIZER' : 'REQUIRED',
      position,
    });
}

/** Templates that the workspace has saved. */
export async function fillTemplates(dataSource: DataSource): Promise<void> {
  for (const name of ['a', 'b', 'c'])
    await insert(dataSource, 'meeting_template', {
      id: name,
      workspace_id: workspaceId,
      name,
      agenda: ['One', 'Two', 'Three'],
      default_minutes: 60,
      verification_policy: 'ORGANIZER',
    });
}

/** What the other services know of the meeting. */
export async function fillAccess(dataSource: DataSource): Promise<void> {
  const state = JSON.stringify(meetingState());
  await insert(dataSource, 'meeting_access', {
    meeting_id: 'm',
    workspace_id: workspaceId,
    revision: 1,
    state,
  });
}

/** What is to be done after the meeting. */
export async function fillTodos(dataSource: DataSource): Promise<void> {
  for (let todo = 0; todo < 12; todo += 1)
    await insert(dataSource, 'todo', {
      id: `t${todo}`,
      workspace_id: workspaceId,
      title: `Send draft ${todo}`,
      status: todo % 3 === 0 ? 'DONE' : 'OPEN',
      priority: 'NORMAL',
      meeting_id: 'm',
      created_by_id: 'u1',
      remind_before: [24],
      created_at: new Date(),
      revision: 1,
    });
}

/** A transcript of ten sections with ten segments each; answers the ids of one segment of each. */
export async function fillTranscript(dataSource: DataSource): Promise<string[]> {
  const of = { workspace_id: workspaceId };
  await insert(dataSource, 'caption_source', {
    ...of,
    id: 'c',
    meeting_id: 'm',
    created_by: 'u0',
    created_at: new Date(),
  });
  await insert(dataSource, 'transcript', {
    ...of,
    id: 't',
    meeting_id: 'm',
    source_id: 'c',
    state: 'DRAFT',
    current: true,
    origin: 'IMPORT',
    provider: 'captions',
    language: 'ko',
    duration_ms: 600_000,
    word_count: 900,
    revision: 1,
    created_at: new Date(),
  });
  for (let section = 0; section < 10; section += 1) {
    const times = { start_ms: section * 60_000, end_ms: (section + 1) * 60_000 };
    const content = { title: 'What was said', revision: 1, content_hash: 'hash', state: 'UNVERIFIED' };
    const place = { ...of, transcript_id: 't', ...times };
    await insert(dataSource, 'section', { ...place, ...content, id: `s${section}`, position: section });
    for (let segment = 0; segment < 10; segment += 1)
      await insert(dataSource, 'segment', {
        ...place,
        id: `s${section}-${segment}`,
        section_id: `s${section}`,
        seq: section * 10 + segment,
        text: 'We agreed to send the draft on Friday, once legal has read it.',
        revision: 1,
      });
  }
  return Array.from({ length: 10 }, (_, section) => `s${section}-0`);
}

function meetingState(): object {
  return {
    __typename: 'Meeting',
    id: 'm',
    revision: 1,
    title: 'Release sync',
    status: 'ENDED',
    organizerId: 'u0',
    participantUserIds: Array.from({ length: PEOPLE }, (_, person) => `u${person}`),
    language: 'ko',
    timeZone: 'Asia/Seoul',
    scheduledStart: new Date(),
    startedAt: new Date(),
    endedAt: new Date(),
    verificationPolicy: 'QUORUM',
  };
}

export async function insert(
  dataSource: DataSource,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, place) => `$${place + 1}`).join(', ');
  await dataSource.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
    Object.values(row),
  );
}
