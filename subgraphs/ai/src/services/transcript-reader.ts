import { AppError, PermanentError } from '@hoerok/shared/errors';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { TranscriptRef } from '../entities/transcript-ref.entity.ts';

/** What the minutes of a transcript are made from. Segments are in the order they were said. */
export interface SpokenMeeting {
  readonly revision: number;
  readonly language: string;
  readonly meeting: z.output<typeof spokenMeeting>;
  readonly segments: readonly SpokenSegment[];
}

export type SpokenSegment = z.output<typeof spokenSegment>;

/** Reads transcripts, which the transcripts domain owns, through the gateway. */
export interface TranscriptReader {
  /** Resolves when the gateway can be asked, or the signal aborts. */
  readonly ready: GatewayClient['ready'];
  /** Null when the workspace has no such transcript. */
  readonly lookUp: (workspaceId: string, id: string) => Promise<Omit<TranscriptRef, 'workspaceId'> | null>;
  /**
   * Reads all of a transcript, page by page; `onPage` is told the share read, 0 to 1.
   * @throws PermanentError `NOT_FOUND`; AppError `CONFLICT` (worth a retry) when it was edited while being read.
   */
  readonly readAll: (order: {
    readonly workspaceId: string;
    readonly transcriptId: string;
    readonly signal: AbortSignal;
    readonly onPage: (share: number) => void;
  }) => Promise<SpokenMeeting>;
}

const LOOK_UP = /* GraphQL */ `
  query TranscriptToAnalyze($id: ID!) {
    transcript(id: $id) { id revision meeting { id } }
  }
`;

const READ_PAGE = /* GraphQL */ `
  query TranscriptPage($id: ID!, $after: String) {
    transcript(id: $id) {
      revision
      language
      meeting {
        id title startedAt scheduledStart timeZone autoAcceptActionItems
        organizer { id name aliases }
        participants(first: 500) { edges { node { displayName user { id name aliases } } } }
      }
      segments(first: 500, after: $after) {
        totalCount
        edges { node { id startMs endMs text revision speaker { label user { id } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

const knownTranscript = z.object({
  transcript: z
    .object({
      id: z.string(),
      revision: z.number().int(),
      meeting: z.object({ id: z.string() }),
    })
    .nullable(),
});

const person = z.object({ id: z.string(), name: z.string(), aliases: z.array(z.string()) });

const spokenMeeting = z.object({
  id: z.string(),
  title: z.string(),
  startedAt: z.string().nullable(),
  scheduledStart: z.string(),
  timeZone: z.string(),
  autoAcceptActionItems: z.boolean(),
  organizer: person,
  participants: z.object({
    edges: z.array(
      z.object({ node: z.object({ displayName: z.string().nullable(), user: person.nullable() }) }),
    ),
  }),
});

const spokenSegment = z.object({
  id: z.string(),
  startMs: z.number().int(),
  endMs: z.number().int(),
  text: z.string(),
  revision: z.number().int(),
  speaker: z.object({ label: z.string(), user: z.object({ id: z.string() }).nullable() }).nullable(),
});

const transcriptPage = z.object({
  transcript: z
    .object({
      revision: z.number().int(),
      language: z.string(),
      meeting: spokenMeeting,
      segments: z.object({
        totalCount: z.number().int(),
        edges: z.array(z.object({ node: spokenSegment })),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

type Page = NonNullable<z.output<typeof transcriptPage>['transcript']>;

/** Builds {@link TranscriptReader}; it asks with the rights of the service. */
export function createTranscriptReader(gateway: GatewayClient): TranscriptReader {
  return {
    ready: gateway.ready,
    lookUp: async (workspaceId, id) => {
      const { transcript } = await gateway.query({
        document: LOOK_UP,
        variables: { id },
        data: knownTranscript,
        workspaceId,
        onBehalfOf: null,
      });
      if (transcript === null) return null;
      return { id: transcript.id, revision: transcript.revision, meetingId: transcript.meeting.id };
    },
    readAll: async (order) => {
      let page = await readPage(gateway, order, null);
      const { revision, language, meeting } = page;
      const segments: SpokenSegment[] = [];
      for (;;) {
        const { edges, pageInfo, totalCount } = page.segments;
        segments.push(...edges.map(({ node }) => node));
        order.onPage(totalCount === 0 ? 1 : segments.length / totalCount);
        if (!pageInfo.hasNextPage) return { revision, language, meeting, segments };
        page = await readPage(gateway, order, pageInfo.endCursor);
        if (page.revision !== revision) {
          const message = 'The transcript was edited while it was being read.';
          throw new AppError('CONFLICT', message, { retryable: true });
        }
      }
    },
  };
}

async function readPage(
  gateway: GatewayClient,
  order: { readonly workspaceId: string; readonly transcriptId: string; readonly signal: AbortSignal },
  after: string | null,
): Promise<Page> {
  // A task that was taken just before the gateway went away waits for it, instead of using up its attempts.
  await gateway.ready(order.signal);
  const { transcript } = await gateway.query({
    document: READ_PAGE,
    variables: { id: order.transcriptId, after },
    data: transcriptPage,
    workspaceId: order.workspaceId,
    onBehalfOf: null,
    signal: order.signal,
  });
  if (transcript === null) throw new PermanentError('NOT_FOUND', 'The transcript is not there any more.');
  return transcript;
}
