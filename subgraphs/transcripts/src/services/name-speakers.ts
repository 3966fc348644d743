import type { MeetingState } from '@hoerok/shared/contracts';
import { messageOf } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import type { Logger } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import { usersByLabel } from '../domain/speaker-key.ts';

const PEOPLE = /* GraphQL */ `
  query NamesOfUsers($ids: [ID!]!) {
    users(first: 500, filter: { ids: $ids }) { edges { node { id name aliases } } }
  }
`;

const peopleAnswer = z.object({
  users: z.object({
    edges: z.array(
      z.object({ node: z.object({ id: z.string(), name: z.string(), aliases: z.array(z.string()) }) }),
    ),
  }),
});

/** What finding out who speaks needs. */
export interface NameSpeakersDeps {
  readonly gateway: Pick<GatewayClient, 'query'>;
  readonly logger: Logger;
}

/**
 * The participants whom the labels of a transcript name, by label: by name or alias, when exactly one has it. Nobody when the
 * users cannot be asked now: a transcript without names is better than none, and assignSpeaker is there.
 */
export async function nameSpeakers(
  { gateway, logger }: NameSpeakersDeps,
  wanted: {
    readonly workspaceId: string;
    readonly meeting: Pick<MeetingState, 'id' | 'organizerId' | 'participantUserIds'>;
    readonly labels: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<ReadonlyMap<string, string>> {
  const { workspaceId, meeting, labels, signal } = wanted;
  if (labels.length === 0) return new Map();
  const ids = [...new Set([meeting.organizerId, ...meeting.participantUserIds])].slice(0, 500);
  try {
    const { users } = await gateway.query({
      document: PEOPLE,
      variables: { ids },
      data: peopleAnswer,
      workspaceId,
      onBehalfOf: null,
      signal,
    });
    return usersByLabel(
      labels,
      users.edges.map(({ node }) => node),
    );
  } catch (error) {
    signal.throwIfAborted();
    logger.warn({ meetingId: meeting.id, reason: messageOf(error) }, 'speakers are not named');
    return new Map();
  }
}
