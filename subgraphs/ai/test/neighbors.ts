import { readFileSync } from 'node:fs';
import { AppError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { buildSchema, graphql } from 'graphql';

/** A meeting of test/fixtures. */
export interface MeetingFixture {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly startedAt: string;
  readonly participants: readonly string[];
  readonly segments: readonly {
    id: string;
    seq: number;
    speaker: string;
    start: number;
    end: number;
    text: string;
  }[];
}

/** Reads `test/fixtures/<name>.json`. */
export function readFixture(name: string): MeetingFixture {
  return JSON.parse(
    readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'),
  ) as MeetingFixture;
}

/** A meeting and its transcript, as their domains hold them. */
export interface HeldMeeting {
  readonly workspaceId: string;
  readonly id: string;
  readonly transcriptId: string;
  fixture: MeetingFixture;
  /** User ids by the names in the fixture; who is not in here is a guest. The first participant is the organizer. */
  readonly users: Readonly<Record<string, string>>;
  transcriptRevision: number;
  /** @default false */
  readonly autoAccept?: boolean;
}

/** The part of the supergraph that this service asks for, in the shape its owners give it. */
const SCHEMA = buildSchema(/* GraphQL */ `
  scalar DateTime
  type Query { transcript(id: ID!): Transcript meeting(id: ID!): Meeting user(id: ID!): User }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type User { id: ID! name: String! aliases: [String!]! role: String! active: Boolean! }
  type Meeting {
    id: ID! revision: Int! title: String! status: String! language: String! timeZone: String! scheduledStart: DateTime!
    startedAt: DateTime endedAt: DateTime verificationPolicy: String! autoAcceptActionItems: Boolean! organizer: User!
    participants(first: Int, after: String): ParticipantConnection! transcript: Transcript
    shares(first: Int, after: String): ShareConnection!
  }
  type ParticipantConnection { edges: [ParticipantEdge!]! }
  type ParticipantEdge { node: Participant! }
  type Participant { displayName: String user: User attendance: String leftAt: DateTime recordingConsent: String }
  type ShareConnection { edges: [ShareEdge!]! }
  type ShareEdge { node: Share! }
  type Share { user: User access: String! expiresAt: DateTime live: Boolean! }
  type Transcript {
    id: ID! revision: Int! language: String! meeting: Meeting! segments(first: Int, after: String): SegmentConnection!
  }
  type SegmentConnection { edges: [SegmentEdge!]! pageInfo: PageInfo! totalCount: Int! }
  type SegmentEdge { node: TranscriptSegment! }
  type TranscriptSegment { id: ID! startMs: Int! endMs: Int! text: String! revision: Int! speaker: Speaker }
  type Speaker { label: String! user: User }
`);

/** Smaller than what is asked for, so that a fixture has several pages. */
const PAGE_SIZE = 10;

/** The domains behind the gateway, as a test holds them. */
export interface Neighbors {
  readonly meetings: HeldMeeting[];
  /** How many of the next operations find the gateway down. */
  failures: number;
  /** Comes before every page of a transcript that is read. */
  beforeReading: (transcriptId: string, signal: AbortSignal) => Promise<void>;
  /** What users domain says of people that is not the rule: a MEMBER with an account. */
  readonly accounts: Map<string, { readonly role?: string; readonly active?: boolean }>;
  readonly gateway: GatewayClient;
}

/** Stands in for users, meetings and transcripts behind the gateway; answers by executing the operation it is sent. */
export function createNeighbors(): Neighbors {
  const neighbors: Neighbors = {
    meetings: [],
    failures: 0,
    accounts: new Map(),
    beforeReading: async () => undefined,
    gateway: {
      ready: async () => undefined,
      query: async ({ document, variables, workspaceId, data, signal }) => {
        signal?.throwIfAborted();
        if (neighbors.failures > 0) {
          neighbors.failures -= 1;
          throw new AppError('UNAVAILABLE', 'The gateway cannot be asked now.', { retryable: true });
        }
        if (document.includes('TranscriptPage') && signal !== undefined)
          await neighbors.beforeReading(String(variables['id']), signal);
        const rootValue = rootOf(
          neighbors.meetings.filter((held) => held.workspaceId === workspaceId),
          neighbors.accounts,
        );
        const answer = await graphql({
          schema: SCHEMA,
          source: document,
          variableValues: variables,
          rootValue,
        });
        if (answer.errors?.[0] !== undefined) throw answer.errors[0];
        return data.parse(answer.data);
      },
    },
  };
  return neighbors;
}

function rootOf(held: readonly HeldMeeting[], accounts: Neighbors['accounts']): object {
  const names = new Map(
    held.flatMap(({ users }) => Object.entries(users).map(([name, id]) => [id, name] as const)),
  );
  return {
    user: ({ id }: { id: string }) =>
      names.has(id) || accounts.has(id)
        ? { id, name: names.get(id) ?? id, aliases: [], role: 'MEMBER', active: true, ...accounts.get(id) }
        : null,
    meeting: ({ id }: { id: string }) =>
      held.filter((meeting) => meeting.id === id).map(toMeeting)[0] ?? null,
    transcript: ({ id }: { id: string }) =>
      held.filter(({ transcriptId }) => transcriptId === id).map(toTranscript)[0] ?? null,
  };
}

function toMeeting(held: HeldMeeting): object {
  const { id, fixture, users, transcriptId } = held;
  const participants = fixture.participants.map((name) => {
    const user = users[name];
    const presence = { attendance: 'INVITED', leftAt: null, recordingConsent: 'UNASKED' };
    return user === undefined
      ? { ...presence, displayName: name, user: null }
      : { ...presence, displayName: null, user: { id: user, name, aliases: [] } };
  });
  return {
    __typename: 'Meeting',
    id,
    revision: 1,
    title: fixture.title,
    status: 'ENDED',
    language: fixture.language,
    timeZone: 'Asia/Seoul',
    scheduledStart: new Date(fixture.startedAt).toISOString(),
    startedAt: null,
    endedAt: null,
    verificationPolicy: 'ORGANIZER',
    autoAcceptActionItems: held.autoAccept ?? false,
    organizer: participants[0]?.user,
    transcript: () => (transcriptId === '' ? null : toTranscript(held)),
    shares: { edges: [] },
    participants: { edges: participants.map((node) => ({ node })) },
  };
}

function toTranscript(held: HeldMeeting): object {
  const { fixture, transcriptId, transcriptRevision, users } = held;
  const segments = fixture.segments.map(({ id, speaker, start, end, text }) => ({
    id: `${transcriptId}-${id}`.replaceAll('.', '-'),
    startMs: Math.round(start * 1_000),
    endMs: Math.round(end * 1_000),
    text,
    revision: transcriptRevision,
    speaker: { label: speaker, user: users[speaker] === undefined ? null : { id: users[speaker] } },
  }));
  return {
    id: transcriptId,
    revision: transcriptRevision,
    language: fixture.language,
    meeting: toMeeting(held),
    segments: ({ first, after }: { first: number; after: string | null }) => {
      const from = Number(after ?? 0);
      const to = from + Math.min(first, PAGE_SIZE);
      return {
        totalCount: segments.length,
        edges: segments.slice(from, to).map((node) => ({ node })),
        pageInfo: { hasNextPage: to < segments.length, endCursor: String(to) },
      };
    },
  };
}
