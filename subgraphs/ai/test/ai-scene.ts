import type { UserViewer } from '@hoerok/shared/auth';
import {
  type EventPayload,
  meetingCreated,
  type TaskSnapshot,
  taskChanged,
  transcriptCreated,
} from '@hoerok/shared/contracts';
import { connectMessaging, qualify } from '@hoerok/shared/messaging';
import {
  publishEvent,
  recordQueries,
  startTestService,
  type TestService,
  testNamespace,
  testServers,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import { environment } from '../src/config.ts';
import { aiService } from '../src/service.ts';
import { createNeighbors, type HeldMeeting, type Neighbors, readFixture } from './neighbors.ts';

/** An event that the service has published. */
export interface PublishedEvent {
  readonly type: string;
  readonly payload: unknown;
}

/** The service under test among its neighbors, with everything it publishes. */
export interface Scene extends AsyncDisposable {
  readonly test: TestService;
  readonly neighbors: Neighbors;
  readonly events: readonly PublishedEvent[];
  readonly queriesDuring: ReturnType<typeof recordQueries>['during'];
  /** Lets the neighbors hold a meeting and its transcript; tells nobody. */
  readonly hold: (fixture: string, organizer: UserViewer, options?: HoldOptions) => HeldMeeting;
  /** Tells of the meeting and its transcript as their domains do. */
  readonly publishImport: (held: HeldMeeting, options?: { readonly id?: string }) => Promise<void>;
  /** Waits for the minutes that a transcript has led to. */
  readonly minutesOf: (held: HeldMeeting, viewer: UserViewer, fields?: string) => Promise<FoundMinutes>;
  /** Imports ko-dev-1 for a new organizer and waits for its minutes. */
  readonly imported: () => Promise<ImportedMeeting>;
  readonly snapshots: (meetingId: string) => TaskSnapshot[];
}

/** Who in the fixture is which user; the others are guests. @default the first participant is the organizer */
export interface HoldOptions {
  readonly users?: Readonly<Record<string, UserViewer>>;
  readonly autoAccept?: boolean;
}

/** Minutes as the test asked for them. */
export interface FoundMinutes {
  readonly id: string;
  readonly [field: string]: unknown;
}

const ITEM = `id text origin confidence review revision
  evidence { segment { id } segmentRevision stale quote startChar endChar }`;
const ACTION = `${ITEM} suggestedAssignee { id } assigneeName dueAt dueText`;

/** All fields of minutes but the document. */
export const ALL = `language provider extractive transcriptRevision outdated overview meeting { id } transcript { id }
  points { ${ITEM} topic } decisions { ${ITEM} } openQuestions { ${ITEM} } actionItems { ${ACTION} }
  schedule { ${ITEM} title startsAt endsAt allDay attendees { id } }
  keywords(first: 3) { text weight segments { id } }`;

/** Sends one review and asks for all it answers. */
export const REVIEW = `mutation ($itemId: ID!, $review: ReviewState!, $text: String, $assigneeId: ID, $dueAt: DateTime, $expectedRevision: Int) {
  reviewItem(itemId: $itemId, review: $review, text: $text, assigneeId: $assigneeId, dueAt: $dueAt, expectedRevision: $expectedRevision) {
    item { __typename id text origin review revision ... on ActionItem { suggestedAssignee { id } dueAt } }
    minutes { id } userErrors { code message path } } }`;

/** An item of the minutes in {@link ALL}. */
export interface FoundItem {
  readonly id: string;
  readonly text: string;
  readonly evidence: readonly {
    segment: { id: string };
    quote: string;
    startChar: number;
    endChar: number;
  }[];
  readonly [field: string]: unknown;
}

/** Minutes asked for with {@link ALL}. */
export interface WholeMinutes extends FoundMinutes {
  readonly points: readonly FoundItem[];
  readonly decisions: readonly FoundItem[];
  readonly openQuestions: readonly FoundItem[];
  readonly actionItems: readonly FoundItem[];
}

/** A meeting whose transcript has been imported and analyzed. */
export interface ImportedMeeting {
  readonly organizer: UserViewer;
  readonly held: HeldMeeting;
  readonly minutes: WholeMinutes;
}

/** Starts the scene; dispose it to stop the service. */
export async function startScene(settings: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const neighbors = createNeighbors();
  const recorded = recordQueries(aiService);
  const test = await startTestService(environment, recorded.definition, {
    adapters: { gateway: neighbors.gateway },
    environment: settings,
  });
  const messaging = await connectMessaging({
    url: testServers().natsUrl,
    name: 'test observer',
    namespace: test.namespace,
  });
  const events: PublishedEvent[] = [];
  messaging.connection.subscribe(qualify(test.namespace, 'evt.ai.>'), {
    callback: (_error, message) => {
      events.push({ type: message.headers?.get('ce-type') ?? '', payload: message.json() });
    },
  });
  await messaging.connection.flush();
  const scene: Scene = {
    test,
    neighbors,
    events,
    queriesDuring: recorded.during,
    hold: (fixture, organizer, options) => {
      const held = holdMeeting(fixture, organizer, options);
      neighbors.meetings.push(held);
      return held;
    },
    publishImport: (held, options) => publishImport(test.namespace, held, options),
    minutesOf: (held, viewer, fields = '') => findMinutes(test, { held, viewer, fields }),
    snapshots: (meetingId) =>
      events
        .filter(({ type }) => type === taskChanged('ai').type)
        .map(({ payload }) => payload as TaskSnapshot)
        .filter(({ meeting }) => meeting?.id === meetingId),
    imported: async () => {
      const organizer = testViewer();
      const held = scene.hold('ko-dev-1', organizer);
      await scene.publishImport(held);
      const minutes = (await scene.minutesOf(held, organizer, ALL)) as WholeMinutes;
      return { organizer, held, minutes };
    },
    [Symbol.asyncDispose]: async () => {
      await messaging.connection.close();
      await test[Symbol.asyncDispose]();
    },
  };
  return scene;
}

function holdMeeting(fixture: string, organizer: UserViewer, options: HoldOptions = {}): HeldMeeting {
  const content = readFixture(fixture);
  const others = Object.entries(options.users ?? {}).map(([name, { userId }]) => [name, userId] as const);
  return {
    workspaceId: organizer.workspaceId,
    id: `m-${testNamespace()}`,
    transcriptId: `t-${testNamespace()}`,
    fixture: content,
    users: Object.fromEntries([[content.participants[0] ?? '', organizer.userId], ...others]),
    transcriptRevision: 1,
    autoAccept: options.autoAccept ?? false,
  };
}

/** What `transcript.created` and `transcript.verified` say of a transcript. */
export function transcriptFacts(held: HeldMeeting): EventPayload<typeof transcriptCreated> {
  return {
    __typename: 'Transcript',
    id: held.transcriptId,
    revision: held.transcriptRevision,
    meetingId: held.id,
    language: held.fixture.language,
    wordCount: 200,
    durationMs: 180_000,
  };
}

async function publishImport(
  namespace: string,
  held: HeldMeeting,
  options: { readonly id?: string } = {},
): Promise<void> {
  const { workspaceId, id, fixture, users } = held;
  const organizerId = users[fixture.participants[0] ?? ''] ?? '';
  const scheduledStart = new Date(fixture.startedAt).toISOString();
  await publishEvent(namespace, meetingCreated, {
    workspaceId,
    aggregateId: id,
    payload: {
      __typename: 'Meeting',
      id,
      revision: 1,
      title: fixture.title,
      status: 'ENDED',
      language: fixture.language,
      timeZone: 'Asia/Seoul',
      organizerId,
      participantUserIds: Object.values(users),
      scheduledStart,
      startedAt: null,
      endedAt: null,
      verificationPolicy: 'ORGANIZER',
    },
  });
  await publishEvent(namespace, transcriptCreated, {
    workspaceId,
    aggregateId: held.transcriptId,
    actorId: organizerId,
    payload: transcriptFacts(held),
    ...options,
  });
}

const ofTranscript = (fields: string): string => `query ($id: ID!) {
  _entities(representations: [{ __typename: "Transcript", id: $id }]) {
    ... on Transcript { minutes { id revision ${fields} } }
  }
}`;

async function findMinutes(
  test: TestService,
  wanted: { readonly held: HeldMeeting; readonly viewer: UserViewer; readonly fields: string },
): Promise<FoundMinutes> {
  return await until('the transcript has minutes', async () => {
    const document = ofTranscript(wanted.fields);
    const { data, errors } = await test.execute(wanted.viewer, document, { id: wanted.held.transcriptId });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const [transcript] = (data?.['_entities'] ?? []) as { minutes: FoundMinutes | null }[];
    return transcript?.minutes ?? undefined;
  });
}

/** A member of the same workspace as another. */
export function colleagueOf({ workspaceId }: UserViewer): UserViewer {
  return testViewer({ workspaceId });
}
