import type { EntityReference } from '@hoerok/shared/graphql';
import { validationMessage } from '../domain/validation-message.ts';
import type { Speaker } from '../entities/speaker.entity.ts';
import type {
  RevisionConflictResolvers,
  SectionCommentResolvers,
  SegmentConflictResolvers,
  SegmentRevisionResolvers,
  TranscriptNoteResolvers,
  TranscriptValidationResolvers,
  ValidationFindingResolvers,
} from '../generated/resolvers.ts';
import type { Reads } from '../reads.ts';
import { decodePlacePage, findingConnection } from './connections.ts';
import { owned } from './owned.ts';

export const SegmentRevision: SegmentRevisionResolvers = {
  speakerBefore: ({ speakerBefore }, _args, { reads }) => speakerOf(reads, speakerBefore),
  speakerAfter: ({ speakerAfter }, _args, { reads }) => speakerOf(reads, speakerAfter),
  autoMerged: ({ merged }) => merged,
  editor: ({ editorId }) => userOrNull(editorId),
};

export const SectionComment: SectionCommentResolvers = {
  segment: async ({ segmentId }, _args, { reads }) =>
    segmentId === null ? null : ((await reads?.segment.load(segmentId)) ?? null),
  author: ({ authorId }) => userOf(authorId),
  resolvedBy: ({ resolvedBy }) => userOrNull(resolvedBy),
};

export const TranscriptNote: TranscriptNoteResolvers = {
  actor: ({ actorId }) => userOf(actorId),
};

export const RevisionConflict: RevisionConflictResolvers = {
  current: async ({ sectionId }, _args, { reads }) => owned(await reads?.section.load(sectionId)),
};

export const SegmentConflict: SegmentConflictResolvers = {
  segment: async ({ segmentId }, _args, { reads }) => owned(await reads?.segment.load(segmentId)),
  baseText: ({ base }) => base.text,
  theirText: ({ theirs }) => theirs.text,
  yourText: ({ yours }) => yours.text,
  baseSpeaker: ({ base }, _args, { reads }) => speakerOf(reads, base.speakerId),
  theirSpeaker: ({ theirs }, _args, { reads }) => speakerOf(reads, theirs.speakerId),
  yourSpeaker: ({ yours }, _args, { reads }) => speakerOf(reads, yours.speakerId),
  theirEditor: ({ theirEditorId }) => userOrNull(theirEditorId),
};

export const TranscriptValidation: TranscriptValidationResolvers = {
  findings: async ({ taskId }, args, { reads }) => {
    const page = decodePlacePage(args);
    return findingConnection(page, await reads?.findingPages(page).load(taskId));
  },
};

export const ValidationFinding: ValidationFindingResolvers = {
  segment: async ({ segmentId }, _args, { reads }) => owned(await reads?.segment.load(segmentId)),
  message: async ({ rule, measured, transcriptId }, { language }, { reads }) => {
    const wanted = language ?? (await reads?.transcript.load(transcriptId))?.language ?? 'en';
    return validationMessage(rule, measured, wanted);
  },
};

/** A speaker who was merged into another one is that one; null when nobody is named. */
async function speakerOf(reads: Reads | null, id: string | null): Promise<Speaker | null> {
  return id === null ? null : ((await reads?.speaker.load(id)) ?? null);
}

function userOf(id: string): EntityReference & { __typename: 'User' } {
  return { __typename: 'User', id };
}

function userOrNull(id: string | null): ReturnType<typeof userOf> | null {
  return id === null ? null : userOf(id);
}
