import { DateTimeScalar } from '@hoerok/shared/graphql';
import type { Resolvers } from '../generated/resolvers.ts';
import { Meeting } from './meeting.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { SectionVerification, TranscriptSection, TranscriptSegment } from './section.ts';
import { Task } from './task.ts';
import { Speaker, Transcript } from './transcript.ts';
import { User } from './user.ts';

/** The resolvers of the transcripts subgraph, by type. */
export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Transcript,
  TranscriptSection,
  TranscriptSegment,
  SectionVerification,
  Speaker,
  Meeting,
  User,
  Task,
};
