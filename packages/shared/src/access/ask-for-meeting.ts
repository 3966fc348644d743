import { z } from 'zod';
import { CONSENT_STATES, type MeetingState, meetingState, SHARE_ACCESS } from '../contracts/index.ts';
import type { GatewayClient } from '../graphql/index.ts';

const MEETING_STATE = /* GraphQL */ `
  query MeetingState($id: ID!) {
    meeting(id: $id) {
      __typename id revision title status language timeZone scheduledStart startedAt endedAt verificationPolicy
      organizer { id }
      participants(first: 500) { edges { node { user { id } attendance leftAt recordingConsent } } }
      shares(first: 500) { edges { node { user { id } access expiresAt live } } }
    }
  }
`;

const person = z.object({ id: z.string() }).nullable();

const meetingAnswer = z.object({
  meeting: z
    .object({
      status: z.string(),
      organizer: z.object({ id: z.string() }),
      participants: z.object({
        edges: z.array(
          z.object({
            node: z.object({
              user: person,
              attendance: z.string().optional(),
              leftAt: z.string().nullish(),
              recordingConsent: z.enum(CONSENT_STATES).default('UNASKED'),
            }),
          }),
        ),
      }),
      shares: z
        .object({
          edges: z.array(
            z.object({
              node: z.object({
                user: person,
                access: z.enum(SHARE_ACCESS),
                expiresAt: z.string().nullable(),
                live: z.boolean(),
              }),
            }),
          ),
        })
        .nullish(),
    })
    .loose()
    .nullable(),
});

/** A meeting as its events tell it, asked of the meetings service through the gateway; null when there is none. */
export async function askForMeeting(
  gateway: GatewayClient,
  workspaceId: string,
  id: string,
): Promise<MeetingState | null> {
  const { meeting } = await gateway.query({
    document: MEETING_STATE,
    variables: { id },
    data: meetingAnswer,
    workspaceId,
    onBehalfOf: null,
  });
  if (meeting === null) return null;
  const participants = meeting.participants.edges.flatMap(({ node: { user, ...node } }) =>
    user === null ? [] : [{ ...node, userId: user.id }],
  );
  const shares = (meeting.shares?.edges ?? []).flatMap(({ node: { user, ...node } }) =>
    user === null ? [] : [{ ...node, userId: user.id }],
  );
  const participantUserIds = participants.map(({ userId }) => userId);
  const holders = shares.filter(({ live }) => live).map(({ userId }) => userId);
  return meetingState.parse({
    ...meeting,
    organizerId: meeting.organizer.id,
    participantUserIds,
    shares,
    audienceUserIds: [...new Set([...participantUserIds, ...holders])],
    presentUserIds: participants
      .filter(
        ({ attendance, leftAt }) =>
          attendance === 'PRESENT' && (meeting.status === 'ENDED' || leftAt == null),
      )
      .map(({ userId }) => userId),
    recordingConsents: participants.map(({ userId, recordingConsent: state }) => ({ userId, state })),
  });
}
