import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type {
  AnalysisRequest,
  AnalysisSegment,
} from '../../subgraphs/ai/src/domain/analysis/draft-minutes.ts';

/** A real meeting with its reference summary. */
export interface SummarizedMeeting {
  readonly id: string;
  /** Sentences of the reference; empty when there is none. */
  readonly reference: readonly string[];
  readonly segments: readonly AnalysisSegment[];
}

/** A meeting whose reference items name the segments they come from. */
export interface AnnotatedMeeting extends SummarizedMeeting {
  readonly actions: readonly (readonly string[])[];
  readonly decisions: readonly (readonly string[])[];
}

interface QmsumFile {
  readonly general_query_list?: readonly { answer: string }[];
  readonly meeting_transcripts: readonly { speaker: string; content: string }[];
}

type Reference = Readonly<
  Partial<
    Record<'abstract' | 'actions' | 'decisions', readonly { text: string; evidence?: readonly string[] }[]>
  >
>;

interface AnnotatedFile {
  readonly id: string;
  readonly segments: readonly { id: string; speaker: string; start: number; end: number; text: string }[];
  readonly reference: Reference;
}

/** The corpora beside the repository: what the weights were learned from. */
export const CORPORA = new URL('../../../shared/data/', import.meta.url);
const MS_PER_CHARACTER = 65;

/** True when the corpora folder lies beside the repository. */
export function corporaPresent(): boolean {
  return existsSync(CORPORA);
}

function readJson<T>(root: URL, folder: string): { id: string; content: T }[] {
  const folderUrl = new URL(`${folder}/`, root);
  if (!existsSync(folderUrl)) return [];
  const names = readdirSync(folderUrl).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => ({
    id: name.replace('.json', ''),
    content: JSON.parse(readFileSync(new URL(encodeURIComponent(name), folderUrl), 'utf8')) as T,
  }));
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/u).filter((part) => part !== '');

/** The meetings in `qmsum/` (Zhong et al. 2021). They carry no times; times are spread by characters. */
export function qmsumMeetings(root = CORPORA): SummarizedMeeting[] {
  return readJson<QmsumFile>(root, 'qmsum').map(({ id, content }) => {
    let clockMs = 0;
    const segments = content.meeting_transcripts.map((turn, index) => {
      const startMs = clockMs;
      clockMs += turn.content.length * MS_PER_CHARACTER;
      return {
        id: `${id}.${index}`,
        startMs,
        endMs: clockMs,
        text: turn.content,
        speakerLabel: turn.speaker,
      };
    });
    return { id, reference: sentencesOf(content.general_query_list?.[0]?.answer ?? ''), segments };
  });
}

/** The meetings in `ami/` (Carletta et al. 2005) or, in the same form, the synthetic Korean ones in `ko/`. */
export function annotatedMeetings(folder: 'ami' | 'ko', root = CORPORA): AnnotatedMeeting[] {
  return readJson<AnnotatedFile>(root, folder).map(({ content }) => ({
    id: content.id,
    reference: (content.reference.abstract ?? []).map((item) => item.text),
    segments: content.segments.map((segment) => ({
      id: segment.id,
      startMs: Math.round(segment.start * 1000),
      endMs: Math.round(segment.end * 1000),
      text: segment.text,
      speakerLabel: segment.speaker,
    })),
    actions: (content.reference.actions ?? []).map((item) => item.evidence ?? []),
    decisions: (content.reference.decisions ?? []).map((item) => item.evidence ?? []),
  }));
}

/** A request for a corpus meeting. The corpora tell neither date nor people's names. */
export function requestFor(meeting: SummarizedMeeting): AnalysisRequest {
  return {
    segments: meeting.segments,
    title: meeting.id,
    startedAt: '2026-01-05T09:00:00Z',
    timeZone: 'UTC',
    participants: [],
    language: 'und',
  };
}
