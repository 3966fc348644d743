import { requireUser } from '@hoerok/shared/auth';
import { decodeInput, payloadOf, type UserError } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { TaskCommand } from '../domain/task.ts';
import type { Task } from '../entities/task.entity.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

/** Sends the command as the signed-in viewer and wraps the task it gives back. */
async function command(
  context: Context,
  id: string,
  kind: TaskCommand,
): Promise<{ task: Task | null; userErrors: UserError[] }> {
  const viewer = requireUser(context.viewer);
  return await payloadOf({ task: null }, async () => ({ task: await context.commandTask(viewer, id, kind) }));
}

const replayInput = z.object({ ids: z.array(z.string()).min(1).max(100) });

export const Mutation: MutationResolvers = {
  cancelTask: (_root, { id }, context) => command(context, id, 'cancel'),
  retryTask: (_root, { id }, context) => command(context, id, 'retry'),
  replayDeadLetters: (_root, args, context) => {
    const viewer = requireUser(context.viewer);
    return payloadOf({ deadLetters: [] }, async () => {
      const { ids } = decodeInput(replayInput, args);
      return { deadLetters: await context.replayDeadLetters(viewer, ids) };
    });
  },
  retellTasks: (_root, { createdSince }, context) => {
    const viewer = requireUser(context.viewer);
    return payloadOf({ requested: false }, async () => {
      await context.retellTasks(viewer, createdSince ?? null);
      return { requested: true };
    });
  },
};
