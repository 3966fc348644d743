import { snapshotOf } from '@hoerok/shared/tasks';
import type {
  MeetingAnalysisResolvers,
  MeetingResolvers,
  TaskResolvers,
  TranscriptResolvers,
} from '../generated/resolvers.ts';

export const Meeting: MeetingResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Meeting', id }),
  minutes: async ({ id }, _args, { reads }) => (await reads?.newestOfMeeting.load(id)) ?? null,
};

export const Transcript: TranscriptResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Transcript', id }),
  minutes: async ({ id }, _args, { reads }) => (await reads?.newestOfTranscript.load(id)) ?? null,
};

/** Tasks of other services come by here too: they made no minutes. */
export const Task: TaskResolvers = {
  __resolveReference: ({ id }) => ({ __typename: 'Task', id }),
  minutes: async ({ id }, _args, { reads }) => {
    const made = await reads?.madeByTask.load(id);
    return made == null ? null : ((await reads?.minutes.load(made.minutesId)) ?? null);
  },
  analyses: async ({ id }, _args, { reads }) => [...((await reads?.analyses.load(id)) ?? [])],
};

export const MeetingAnalysis: MeetingAnalysisResolvers = {
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  task: ({ task }) => (task === null ? null : snapshotOf(task)),
  minutes: async ({ task }, _args, { reads }) => {
    const made = task === null ? null : await reads?.madeByTask.load(task.id);
    return made == null ? null : ((await reads?.minutes.load(made.minutesId)) ?? null);
  },
};
