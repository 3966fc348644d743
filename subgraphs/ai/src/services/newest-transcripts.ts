import type { GatewayClient } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';

/** The newest transcript of each meeting that has one, by meeting. */
export type NewestTranscripts = (
  workspaceId: string,
  meetingIds: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

const CURRENT_TRANSCRIPT = /* GraphQL */ `
  query CurrentTranscript($meetingId: ID!) {
    meeting(id: $meetingId) { transcript { id } }
  }
`;

const currentTranscript = z.object({
  meeting: z.object({ transcript: z.object({ id: z.string() }).nullable() }).nullable(),
});

/** Builds {@link NewestTranscripts}: what its events have told, and through the gateway what they have not told yet. */
export function createNewestTranscripts(deps: {
  readonly manager: EntityManager;
  readonly gateway: GatewayClient;
}): NewestTranscripts {
  const ask = async (workspaceId: string, meetingId: string): Promise<readonly [string, string][]> => {
    const { meeting } = await deps.gateway.query({
      document: CURRENT_TRANSCRIPT,
      variables: { meetingId },
      data: currentTranscript,
      workspaceId,
      onBehalfOf: null,
    });
    return meeting?.transcript == null ? [] : [[meetingId, meeting.transcript.id]];
  };
  return async (workspaceId, meetingIds) => {
    const told = await transcriptRefRepository(deps.manager, workspaceId).newestOfMeetings(meetingIds);
    const newest = new Map(told.map(({ meetingId, id }) => [meetingId, id]));
    const untold = meetingIds.filter((id) => !newest.has(id));
    const asked = await Promise.all(untold.map((id) => ask(workspaceId, id)));
    return new Map([...newest, ...asked.flat()]);
  };
}
