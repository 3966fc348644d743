import { pendingVerifiers } from '../domain/verification.ts';
import type { SectionVerdict, VerdictOnSection } from '../entities/section-verdict.entity.ts';
import type { Section } from '../entities/section.entity.ts';
import type {
  SectionVerificationResolvers,
  TranscriptSectionResolvers,
  TranscriptSegmentResolvers,
} from '../generated/resolvers.ts';
import {
  commentConnection,
  decodeIdPage,
  decodePlacePage,
  editConnection,
  segmentConnection,
} from './connections.ts';
import { owned } from './owned.ts';

const EVERY_SEGMENT = { speakerId: null, text: null };

export const TranscriptSection: TranscriptSectionResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.section.load(id)) ?? null,
  transcript: async ({ transcriptId }, _args, { reads }) => owned(await reads?.transcript.load(transcriptId)),
  segments: async ({ id }, args, { reads }) => {
    const page = decodePlacePage(args);
    return segmentConnection(page, await reads?.segmentPages('section', EVERY_SEGMENT, page).load(id));
  },
  verifications: async (section, _args, { reads }) => {
    return ((await reads?.verdicts.load(section.id)) ?? []).map((verdict) => onSection(section, verdict));
  },
  pendingVerifiers: async ({ id, revision, transcriptId }, _args, { reads }) => {
    const [transcript, verdicts] = await Promise.all([
      reads?.transcript.load(transcriptId),
      reads?.verdicts.load(id),
    ]);
    const meeting = transcript == null ? null : await reads?.meeting.load(transcript.meetingId);
    // Whoever joins the meeting of a locked transcript is not asked.
    if (meeting == null || transcript?.state === 'LOCKED') return [];
    const current = (verdicts ?? []).filter((verdict) => verdict.revision === revision);
    return pendingVerifiers(meeting, current).map((userId) => ({ __typename: 'User', id: userId }));
  },
  viewerVerification: async (section, _args, { reads, viewer }) => {
    if (viewer?.kind !== 'user') return null;
    const own = ((await reads?.verdicts.load(section.id)) ?? []).find(
      ({ verifierId, revision }) => verifierId === viewer.userId && revision === section.revision,
    );
    return own === undefined ? null : onSection(section, own);
  },
  comments: async ({ id }, args, { reads }) => {
    const page = decodeIdPage(args);
    return commentConnection(page, await reads?.commentPages(page).load(id));
  },
};

function onSection(section: Section, verdict: SectionVerdict): VerdictOnSection {
  return { ...verdict, stale: verdict.revision !== section.revision };
}

export const SectionVerification: SectionVerificationResolvers = {
  verifier: ({ verifierId }) => ({ __typename: 'User', id: verifierId }),
};

export const TranscriptSegment: TranscriptSegmentResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.segment.load(id)) ?? null,
  speaker: async ({ speakerId }, _args, { reads }) =>
    speakerId === null ? null : ((await reads?.speaker.load(speakerId)) ?? null),
  originalText: ({ text, originalText }) => originalText ?? text,
  edited: ({ originalText }) => originalText !== null,
  section: async ({ sectionId }, _args, { reads }) => owned(await reads?.section.load(sectionId)),
  history: async ({ id }, args, { reads }) => {
    const page = decodePlacePage(args);
    return editConnection(page, await reads?.editPages(page).load(id));
  },
};
