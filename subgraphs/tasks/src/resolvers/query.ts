import { requireViewer } from '@hoerok/shared/auth';
import { type Connection, connectionOf, decodePage, type Page } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { Context, Reads } from '../context.ts';
import { requireOperator } from '../domain/dead-letter.ts';
import type { Task } from '../entities/task.entity.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import type { TaskPage } from '../repositories/task-repository.ts';

/** Sort key of every list here: the moment and the id of the last one seen. */
export const taskKey = z.tuple([z.iso.datetime(), z.string()]);

export const Query: QueryResolvers = {
  task: async (_root, { id }, { reads }) => (await reads?.task.load(id)) ?? null,
  tasks: async (_root, args, context) => {
    const viewer = requireViewer(context.viewer);
    const page = decodePage(args, taskKey);
    const filter = {
      status: args.filter?.status ?? undefined,
      kind: args.filter?.kind ?? undefined,
      meetingId: args.filter?.meetingId ?? undefined,
    };
    return toConnection(await context.reads?.tasks.list(viewer, filter, page), page);
  },
  deadLetters: async (_root, args, context) => {
    const page = decodePage(args, taskKey);
    const filter = { cause: args.filter?.cause ?? undefined, replayed: args.filter?.replayed ?? undefined };
    const { rows, total } = await operatorReads(context).deadLetters.list(filter, page);
    return connectionOf(rows, page, { totalCount: total, keyOf: (row) => [row.at, row.id] });
  },
  queues: async (_root, _args, context) => await operatorReads(context).queues(),
  operatorAudit: async (_root, args, context) => {
    const page = decodePage(args, taskKey);
    const { rows, total } = await operatorReads(context).deeds(page);
    return connectionOf(rows, page, { totalCount: total, keyOf: (row) => [row.at, row.id] });
  },
};

/** What an ADMIN may read; `FORBIDDEN` for everybody else. */
function operatorReads({ viewer, reads }: Context): Reads {
  requireOperator(requireViewer(viewer));
  // A viewer has reads.
  return reads as Reads;
}

/** The connection of a page of tasks. */
export function toConnection(found: TaskPage | undefined, page: Page): Connection<Task> {
  const { rows, total } = found ?? { rows: [], total: 0 };
  return connectionOf(rows, page, { totalCount: total, keyOf: (row) => [row.createdAt, row.id] });
}
