import type { UserViewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { captions, type Payload, type TestTranscripts } from './transcripts-service.ts';

/** A transcript that was just imported. */
export interface Imported {
  readonly meeting: MeetingState;
  readonly id: string;
  /** Ids in the order of the meeting. */
  readonly sections: readonly string[];
  readonly segments: readonly SegmentRow[];
  readonly speakers: readonly { readonly id: string; readonly label: string }[];
}

/** A segment as the database has it. */
export interface SegmentRow {
  readonly id: string;
  readonly sectionId: string;
  readonly text: string;
  readonly revision: number;
}

/** Imports captions into a meeting of its own. */
export async function importScene(
  service: TestTranscripts,
  viewer: UserViewer,
  scene: { readonly meeting?: Partial<MeetingState>; readonly captions?: string } = {},
): Promise<Imported> {
  const meeting = await service.hold(viewer, scene.meeting);
  const content = scene.captions ?? captions(20);
  const { transcript } = await service.importCaptions(viewer, meeting.id, content);
  const id = transcript?.id ?? '';
  const sections = await sectionsOf(service, id);
  const speakers = (await service.database.query(
    'SELECT id, label FROM speaker WHERE transcript_id = $1 ORDER BY position',
    [id],
  )) as { id: string; label: string }[];
  return {
    meeting,
    id,
    sections: sections.map((section) => section.id),
    segments: await segmentsOf(service, id),
    speakers,
  };
}

export async function segmentsOf(service: TestTranscripts, transcriptId: string): Promise<SegmentRow[]> {
  return await service.database.query(
    'SELECT id, section_id AS "sectionId", text, revision FROM segment WHERE transcript_id = $1 ORDER BY seq',
    [transcriptId],
  );
}

export async function sectionsOf(
  service: TestTranscripts,
  transcriptId: string,
): Promise<{ id: string; revision: number; state: string }[]> {
  return await service.database.query(
    'SELECT id, revision, state FROM section WHERE transcript_id = $1 ORDER BY position',
    [transcriptId],
  );
}

/** Captions of one voice: up to sixty cues are one section. */
export function monologue(cues: number): string {
  const clock = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(11, 23);
  const lines = Array.from(
    { length: cues },
    (_, place) =>
      `${clock(place * 5)} --> ${clock(place * 5 + 4)}\n<v Dana Lee>This is sentence ${place}.</v>\n`,
  );
  return `WEBVTT\n\n${lines.join('\n')}`;
}

const SEGMENT = '{ id text originalText revision speaker { id } }';

export const EDIT = `mutation ($input: EditSectionInput!) { editSection(input: $input) {
  autoMerged
  section { id revision state segments(first: 100) { edges { node ${SEGMENT} } } }
  conflict { baseRevision current { id revision } conflicts {
    segment { id text } baseText theirText yourText
    baseSpeaker { id } theirSpeaker { id } yourSpeaker { id } theirEditor { id } theirAt } }
  userErrors { code message path } } }`;

/** What editSection answers. */
export interface EditAnswer extends Payload {
  readonly autoMerged: boolean;
  readonly section: {
    readonly id: string;
    readonly revision: number;
    readonly state: string;
    readonly segments: { readonly edges: readonly { readonly node: SegmentAnswer }[] };
  } | null;
  readonly conflict: {
    readonly baseRevision: number;
    readonly current: { readonly id: string; readonly revision: number };
    readonly conflicts: readonly {
      readonly segment: { readonly id: string; readonly text: string };
      readonly baseText: string;
      readonly theirText: string;
      readonly yourText: string;
      readonly theirEditor: { readonly id: string } | null;
      readonly [field: string]: unknown;
    }[];
  } | null;
}

interface SegmentAnswer {
  readonly id: string;
  readonly text: string;
  readonly originalText: string;
  readonly revision: number;
  readonly speaker: { readonly id: string } | null;
}

export const VERIFY = `mutation ($sectionId: ID!, $revision: Int!, $verdict: Verdict!, $comment: String) {
  verifySection(sectionId: $sectionId, revision: $revision, verdict: $verdict, comment: $comment) {
    autoMerged conflict { baseRevision }
    section { id revision state pendingVerifiers { id } verifications { verifier { id } verdict revision stale }
      transcript { state verification { required sectionsVerified sectionsTotal } } }
    userErrors { code message path } } }`;

/** What verifySection answers. */
export interface VerifyAnswer extends Payload {
  readonly section: { readonly state: string; readonly [field: string]: unknown } | null;
}
