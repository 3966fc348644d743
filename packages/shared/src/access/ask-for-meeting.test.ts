import { describe, expect, it } from 'vitest';
import type { GatewayClient } from '../graphql/index.ts';
import { askForMeeting } from './ask-for-meeting.ts';

const meeting = {
  __typename: 'Meeting',
  id: 'm-1',
  revision: 4,
  title: '주간 회의',
  status: 'ENDED',
  language: 'ko',
  timeZone: 'Asia/Seoul',
  scheduledStart: '2026-03-04T01:00:00.000Z',
  startedAt: null,
  endedAt: null,
  verificationPolicy: 'QUORUM',
  organizer: { id: 'o' },
};

function answering(answer: unknown): GatewayClient {
  return { ready: async () => undefined, query: async ({ data }) => data.parse(answer) };
}

const edgesOf = (...nodes: object[]): object => ({ edges: nodes.map((node) => ({ node })) });

describe('a meeting that no event has told of', () => {
  it('is known as its events would tell it: who may see it, who was there, who agreed to what', async () => {
    const there = { attendance: 'PRESENT', leftAt: null, recordingConsent: 'GIVEN' };
    const participants = edgesOf(
      { user: { id: 'o' }, ...there },
      { user: { id: 'a' }, ...there, attendance: 'ABSENT', recordingConsent: 'REFUSED' },
      { user: null, ...there },
    );
    const shares = edgesOf(
      { user: { id: 's' }, access: 'VERIFY', expiresAt: null, live: true },
      { user: { id: 'late' }, access: 'READ', expiresAt: '2026-03-04T01:00:00.000Z', live: false },
      { user: null, access: 'READ', expiresAt: null, live: true },
    );
    const state = await askForMeeting(
      answering({ meeting: { ...meeting, participants, shares } }),
      'w',
      'm-1',
    );
    expect(state).toMatchObject({
      organizerId: 'o',
      participantUserIds: ['o', 'a'],
      shares: [
        { userId: 's', access: 'VERIFY', expiresAt: null },
        { userId: 'late', access: 'READ', expiresAt: '2026-03-04T01:00:00.000Z' },
      ],
      audienceUserIds: ['o', 'a', 's'],
      presentUserIds: ['o'],
      recordingConsents: [
        { userId: 'o', state: 'GIVEN' },
        { userId: 'a', state: 'REFUSED' },
      ],
    });
  });

  it('is none when the meetings service knows none', async () => {
    expect(await askForMeeting(answering({ meeting: null }), 'w', 'm-1')).toBeNull();
  });
});
