import { type Sentence, splitSentences } from '../../subgraphs/ai/src/domain/analysis/sentences.ts';
import {
  type SentenceFeatures,
  summaryFeatures,
} from '../../subgraphs/ai/src/domain/analysis/summary-features.ts';
import { tabulateTerms } from '../../subgraphs/ai/src/domain/analysis/terms.ts';
import {
  type AnnotatedMeeting,
  annotatedMeetings,
  corporaPresent,
  qmsumMeetings,
  type SummarizedMeeting,
} from './corpora.ts';

/** A meeting measured for the ranker. */
export interface PreparedMeeting<T extends SummarizedMeeting = SummarizedMeeting> {
  readonly meeting: T;
  readonly sentences: readonly Sentence[];
  readonly features: SentenceFeatures;
}

/** Splits and measures a meeting. */
export function prepare<T extends SummarizedMeeting>(meeting: T): PreparedMeeting<T> {
  const sentences = [...splitSentences(meeting.segments)];
  return { meeting, sentences, features: summaryFeatures(sentences, tabulateTerms(sentences)) };
}

/** The ten QMSum and eight AMI meetings that the weights were learned from, prepared; none when they are not here. */
export function preparedCorpora(): { qmsum: PreparedMeeting[]; ami: PreparedMeeting<AnnotatedMeeting>[] } {
  if (!corporaPresent()) return { qmsum: [], ami: [] };
  return { qmsum: qmsumMeetings().map(prepare), ami: annotatedMeetings('ami').map(prepare) };
}
