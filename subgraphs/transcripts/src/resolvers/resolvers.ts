import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import {
  RevisionConflict,
  SectionComment,
  SegmentConflict,
  SegmentRevision,
  TranscriptNote,
  TranscriptValidation,
  ValidationFinding,
} from './history.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Recording, SpeechToTextProvider } from './recording.ts';
import { TranscriptHit, TranscriptHitConnection } from './search.ts';
import { SectionVerification, TranscriptSection, TranscriptSegment } from './section.ts';
import { Task } from './task.ts';
import { Speaker, Transcript } from './transcript.ts';
import { User } from './user.ts';
import { TranscriptStatistics, WorkspaceStatistics } from './statistics.ts';

/** The resolvers of the transcripts subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  TranscriptStatistics,
  WorkspaceStatistics,
  Transcript,
  TranscriptSection,
  TranscriptSegment,
  SectionVerification,
  SegmentRevision,
  SectionComment,
  TranscriptNote,
  RevisionConflict,
  SegmentConflict,
  TranscriptValidation,
  ValidationFinding,
  Recording,
  SpeechToTextProvider,
  Speaker,
  TranscriptHit,
  TranscriptHitConnection,
  Meeting,
  User,
  Task,
};
