import { requireUser, requireViewer } from '@hoerok/shared/auth';
import { payloadOf } from '@hoerok/shared/graphql';
import { snapshotOf } from '@hoerok/shared/tasks';
import type { Context } from '../context.ts';
import type { Recording as RecordingRow } from '../entities/recording.entity.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  RecordingResolvers,
  SpeechToTextProviderResolvers,
} from '../generated/resolvers.ts';
import { mayHear } from '../services/may-hear.ts';
import type { PlaybackLink } from '../services/playback.ts';

export const Recording: RecordingResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.recording.load(id)) ?? null,
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  createdBy: ({ createdBy }) => ({ __typename: 'User', id: createdBy }),
  checksum: ({ checksum }) => checksum ?? '',
  playbackUrl: async (recording, _args, context) => (await linkOf(recording, context))?.url ?? null,
  expiresAt: async (recording, _args, context) => (await linkOf(recording, context))?.expiresAt ?? null,
};

export const SpeechToTextProvider: SpeechToTextProviderResolvers = {
  note: ({ note }, { language }) => (language?.split('-')[0] === 'ko' ? note.ko : note.en),
};

async function linkOf(
  recording: RecordingRow,
  { reads, services, viewer }: Context,
): Promise<PlaybackLink | null> {
  const meeting = await reads?.meeting.load(recording.meetingId);
  if (viewer?.kind !== 'user' || meeting == null || !mayHear(services.consent, viewer, meeting)) return null;
  return services.linkFor(viewer, recording);
}

export const recordingMutations: Pick<MutationResolvers, 'transcribeRecording' | 'deleteRecording'> = {
  transcribeRecording: async (_root, { input }, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ task: null }, async () => {
      return { task: snapshotOf(await services.transcribeRecording(user, input)) };
    });
  },
  deleteRecording: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ deletedId: null }, async () => ({
      deletedId: await services.deleteRecording(user, args),
    }));
  },
};

export const speechToTextProviders: NonNullable<QueryResolvers['speechToTextProviders']> = async (
  _root,
  _args,
  { viewer, services },
) => {
  requireViewer(viewer);
  return await Promise.all(
    services.speechProviders.map(async ({ name, capabilities }) => ({ name, ...(await capabilities()) })),
  );
};
