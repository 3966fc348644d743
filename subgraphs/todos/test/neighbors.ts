import type { UserViewer } from '@hoerok/shared/auth';
import type { EventContract, EventPayload, MeetingState } from '@hoerok/shared/contracts';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { type TestService, testNamespace, testServers, until } from '@hoerok/shared/testing';

/** An action item as the ai domain answers it. */
export interface FoundActionItem {
  readonly id: string;
  readonly text: string;
  readonly dueAt: string | null;
  readonly suggestedAssignee: { readonly id: string } | null;
  readonly meeting: { readonly id: string };
}

/** What the other domains know in a test. */
export interface Neighbors {
  readonly userIds: string[];
  readonly meetings: Map<string, MeetingState>;
  readonly actionItems: Map<string, FoundActionItem>;
  readonly gateway: GatewayClient;
}

/** Stands in for the users, meetings and ai domains behind the gateway. */
export function createNeighbors(...users: readonly UserViewer[]): Neighbors {
  const userIds = users.map(({ userId }) => userId);
  const meetings = new Map<string, MeetingState>();
  const actionItems = new Map<string, FoundActionItem>();
  const answer = (document: string, variables: Readonly<Record<string, unknown>>): unknown => {
    if (document.includes('meeting(id: $id)')) {
      return { meeting: inGraphQL(meetings.get(variables['id'] as string)) };
    }
    const ids = variables['ids'] as string[];
    if (document.includes('actionItems'))
      return { actionItems: ids.map((id) => actionItems.get(id) ?? null) };
    return { users: { edges: ids.filter((id) => userIds.includes(id)).map((id) => ({ node: { id } })) } };
  };
  const gateway: GatewayClient = {
    query: async ({ document, variables, data }) => data.parse(answer(document, variables)),
    ready: async () => undefined,
  };
  return { userIds, meetings, actionItems, gateway };
}

function inGraphQL(meeting: MeetingState | undefined): unknown {
  if (meeting === undefined) return null;
  const edges = meeting.participantUserIds.map((id) => ({ node: { user: { id } } }));
  return { ...meeting, organizer: { id: meeting.organizerId }, participants: { edges } };
}

/** A meeting of the first of its participants. */
export function meetingOf(organizer: UserViewer, ...participants: readonly UserViewer[]): MeetingState {
  return {
    __typename: 'Meeting',
    id: `m-${testNamespace()}`,
    revision: 1,
    title: 'Release sync',
    status: 'SCHEDULED',
    language: 'en',
    timeZone: 'UTC',
    organizerId: organizer.userId,
    participantUserIds: [organizer, ...participants].map(({ userId }) => userId),
    scheduledStart: '2026-03-04T01:00:00.000Z',
    startedAt: null,
    endedAt: null,
    verificationPolicy: 'NONE',
  };
}

/** The last event of a kind that the service has told about a todo. */
export async function lastEvent<C extends EventContract>(
  test: TestService,
  contract: C,
  todo: { readonly workspaceId: string; readonly id: string },
): Promise<EventPayload<C>> {
  const messaging = await connectMessaging({
    url: testServers().natsUrl,
    name: 'test',
    namespace: test.namespace,
  });
  const { service, aggregate, event } = contract;
  const subject = qualify(
    test.namespace,
    ['evt', service, todo.workspaceId, aggregate, todo.id, event].join('.'),
  );
  const message = await until(`${event} is in the stream`, async () => {
    const found = await messaging.manager.streams
      .getMessage(streamNames(test.namespace, service).events, { last_by_subj: subject })
      .catch(() => null);
    return found ?? undefined;
  });
  await messaging.connection.close();
  return contract.schema.parse(message.json()) as EventPayload<C>;
}
