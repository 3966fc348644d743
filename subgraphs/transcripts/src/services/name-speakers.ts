import type { MeetingState } from '@hoerok/shared/contracts';
import { messageOf } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import type { Logger } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import { type NamedPerson, usersByLabel } from '../domain/speaker-key.ts';

/** Those whom one page of `users` holds. */
const MAX_PEOPLE = 500;

const PEOPLE = /* GraphQL */ `
  query NamesOfUsers($ids: [ID!]!) {
    users(first: ${MAX_PEOPLE}, filter: { ids: $ids }) { edges { node { id name aliases } } }
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
  try {
    const ids = [meeting.organizerId, ...meeting.participantUserIds];
    return usersByLabel(labels, await askPeople(gateway, { workspaceId, ids, signal }));
  } catch (error) {
    signal.throwIfAborted();
    logger.warn({ meetingId: meeting.id, reason: messageOf(error) }, 'speakers are not named');
    return new Map();
  }
}

/** What speakers are called, by the id of the user whom they were assigned to. @throws AppError when nobody can be asked */
export async function namesOfUsers(
  gateway: NameSpeakersDeps['gateway'],
  wanted: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (wanted.ids.length === 0) return new Map();
  return new Map((await askPeople(gateway, wanted)).map(({ id, name }) => [id, name]));
}

async function askPeople(
  gateway: NameSpeakersDeps['gateway'],
  wanted: { readonly workspaceId: string; readonly ids: readonly string[]; readonly signal?: AbortSignal },
): Promise<NamedPerson[]> {
  const { ids, ...request } = wanted;
  const { users } = await gateway.query({
    document: PEOPLE,
    variables: { ids: [...new Set(ids)].slice(0, MAX_PEOPLE) },
    data: peopleAnswer,
    onBehalfOf: null,
    ...request,
  });
  return users.edges.map(({ node }) => node);
}
