import { requireUser } from '@hoerok/shared/auth';
import { requiredApprovals } from '../domain/verification.ts';
import type { SpeakerResolvers, TranscriptResolvers } from '../generated/resolvers.ts';
import {
  decodeIdPage,
  decodePlacePage,
  noteConnection,
  sectionConnection,
  segmentConnection,
} from './connections.ts';
import { owned } from './owned.ts';

export const Transcript: TranscriptResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.transcript.load(id)) ?? null,
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  recording: async ({ recordingId }, _args, { reads }) =>
    recordingId === null ? null : ((await reads?.recording.load(recordingId)) ?? null),
  speakers: async ({ id }, _args, { reads }) => (await reads?.speakers.load(id)) ?? [],
  sections: async ({ id }, args, { reads }) => {
    const page = decodePlacePage(args);
    return sectionConnection(page, await reads?.sectionPages(page).load(id));
  },
  segments: async ({ id }, args, { reads }) => {
    const page = decodePlacePage(args);
    const filter = { speakerId: args.speakerId ?? null, text: args.text ?? null };
    return segmentConnection(page, await reads?.segmentPages('transcript', filter, page).load(id));
  },
  history: async ({ id }, args, { reads }) => {
    const page = decodeIdPage(args);
    return noteConnection(page, await reads?.notePages(page).load(id));
  },
  export: async (transcript, { format }, { viewer, services, reads }) => {
    const meeting = owned(await reads?.meeting.load(transcript.meetingId));
    return services.exportTranscript(requireUser(viewer), { transcript, meeting, format });
  },
  verification: async ({ id, meetingId }, _args, { reads }) => {
    const [meeting, counts] = await Promise.all([
      reads?.meeting.load(meetingId),
      reads?.verification.load(id),
    ]);
    const { sections = 0, verified = 0, approved = 0, disputed = 0 } = counts ?? {};
    return {
      required: meeting == null ? 0 : requiredApprovals(meeting),
      approved,
      disputed,
      sectionsVerified: verified,
      sectionsTotal: sections,
      complete: verified === sections,
    };
  },
};

export const Speaker: SpeakerResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.speaker.load(id)) ?? null,
  user: ({ userId }) => (userId === null ? null : { __typename: 'User', id: userId }),
};
