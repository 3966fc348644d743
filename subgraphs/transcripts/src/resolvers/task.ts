import { snapshotOf } from '@hoerok/shared/tasks';
import type { TaskResolvers } from '../generated/resolvers.ts';
import { transcriptIdOf, validationOf } from '../services/task-result.ts';

export const Task: TaskResolvers = {
  // Tasks of other services are known by their key alone; this one then adds nothing to them.
  __resolveReference: async ({ id }, { reads }) => {
    const row = await reads?.task.load(id);
    return row == null ? { __typename: 'Task', id } : snapshotOf(row);
  },
  transcript: async ({ id }, _args, { reads }) => {
    const row = await reads?.task.load(id);
    const transcriptId = row == null ? null : transcriptIdOf(row);
    return transcriptId === null ? null : ((await reads?.transcript.load(transcriptId)) ?? null);
  },
  validation: async ({ id }, _args, { reads }) => {
    const row = await reads?.task.load(id);
    const validation = row == null ? null : validationOf(row);
    // Who may watch the task need not see the transcript any more.
    const transcript = validation === null ? null : await reads?.transcript.load(validation.transcriptId);
    return transcript == null ? null : validation;
  },
};
