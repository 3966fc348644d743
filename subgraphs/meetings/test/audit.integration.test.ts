import { startTestService, testViewer } from '@hoerok/shared/testing';
import pg from 'pg';
import { expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { meetingsService } from '../src/service.ts';

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const INVITE = `mutation ($id: ID!, $who: [ParticipantInput!]!) { addParticipants(meetingId: $id, participants: $who) { userErrors { code } } }`;
const DELETE = `mutation ($id: ID!) { deleteMeeting(id: $id) { userErrors { code } } }`;

it('C27: each sharing, deletion and refusal leaves one record that nobody can change', async () => {
  await using test = await startTestService(environment, meetingsService);
  const organizer = testViewer();
  const stranger = testViewer();
  const input = { title: 'Budget', scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'UTC' };
  const created = (await test.execute(organizer, CREATE, { input })).data?.['createMeeting'];
  const { id } = (created as { meeting: { id: string } }).meeting;
  const who = [{ email: 'guest@hoerok.example' }];
  await test.execute(organizer, INVITE, { id, who });
  await test.execute(stranger, DELETE, { id });
  await test.execute(null, DELETE, { id });
  await test.execute(organizer, DELETE, { id });
  const client = new pg.Client({ connectionString: test.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT actor, workspace_id, action, object_ids, outcome, code FROM audit_record ORDER BY id',
    );
    const mine = {
      actor: `user:${organizer.userId}`,
      workspace_id: organizer.workspaceId,
      outcome: 'DONE',
      code: null,
    };
    const foreign = {
      actor: `user:${stranger.userId}`,
      workspace_id: stranger.workspaceId,
      outcome: 'DENIED',
    };
    expect(rows).toEqual([
      { ...mine, action: 'addParticipants', object_ids: [id] },
      { ...foreign, action: 'deleteMeeting', object_ids: [id], code: 'NOT_FOUND' },
      {
        actor: 'anonymous',
        workspace_id: null,
        action: 'deleteMeeting',
        object_ids: [id],
        outcome: 'DENIED',
        code: 'UNAUTHENTICATED',
      },
      { ...mine, action: 'deleteMeeting', object_ids: [id] },
    ]);
    for (const change of [
      `UPDATE audit_record SET actor = 'x'`,
      'DELETE FROM audit_record',
      'TRUNCATE audit_record',
    ])
      await expect(client.query(change)).rejects.toThrow(/append-only/);
  } finally {
    await client.end();
  }
});
