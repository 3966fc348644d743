import type { Viewer } from '@hoerok/shared/auth';
import { createLoader, type Loader, type Page, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import DataLoader from 'dataloader';
import type { DeadLetterSummary } from './entities/dead-letter.entity.ts';
import type { Task } from './entities/task.entity.ts';
import { type DeadLetterRepository, deadLetterRepository } from './repositories/dead-letter-repository.ts';
import { type AuditPage, listDeeds } from './repositories/operator-audit-repository.ts';
import { type QueueStatus, readQueues } from './repositories/queue-repository.ts';
import { type TaskPage, type TaskRepository, taskRepository } from './repositories/task-repository.ts';
import { type CommandTask, createCommandTask } from './services/command-task.ts';
import { createReplayDeadLetters, type ReplayDeadLetters } from './services/replay-dead-letters.ts';
import { createRetellTasks, type RetellTasks } from './services/retell-tasks.ts';

/** Reads of one request, batched; everything in them is of the viewer's workspace and visible to the viewer. */
export interface Reads {
  readonly tasks: TaskRepository;
  readonly task: Loader<Task>;
  /** Pages of tasks by meeting; one loader for each page that the request asks for. */
  readonly ofMeeting: (page: Page) => DataLoader<string, TaskPage>;
  /** Of the whole workspace: resolvers ask for an operator first, as for the rest. */
  readonly deadLetters: DeadLetterRepository;
  readonly deadLetter: Loader<DeadLetterSummary>;
  readonly queues: () => Promise<QueueStatus[]>;
  readonly deeds: (page: Page) => Promise<AuditPage>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly commandTask: CommandTask;
  readonly replayDeadLetters: ReplayDeadLetters;
  readonly retellTasks: RetellTasks;
  readonly reads: Reads | null;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(platform: Platform): (request: SubgraphRequest) => Context {
  const { transact, dataSource } = platform;
  const deps = { transact, clock: () => new Date() };
  const commandTask = createCommandTask(deps);
  const replayDeadLetters = createReplayDeadLetters(deps);
  const retellTasks = createRetellTasks(deps);
  return ({ viewer }) => {
    const reads = viewer === null ? null : createReads(dataSource, viewer);
    return { viewer, commandTask, replayDeadLetters, retellTasks, reads };
  };
}

function createReads(dataSource: Platform['dataSource'], viewer: Viewer): Reads {
  const { workspaceId } = viewer;
  const tasks = taskRepository(dataSource.manager, workspaceId);
  const deadLetters = deadLetterRepository(dataSource.manager, workspaceId);
  const pages = new Map<string, DataLoader<string, TaskPage>>();
  return {
    tasks,
    task: createLoader(
      (ids) => tasks.findVisible(viewer, ids),
      ({ id }) => id,
    ),
    ofMeeting: (page) => {
      const key = JSON.stringify(page);
      const loader = pages.get(key) ?? createPageLoader(tasks, viewer, page);
      pages.set(key, loader);
      return loader;
    },
    deadLetters,
    deadLetter: createLoader(deadLetters.find, ({ id }) => id),
    queues: () => readQueues(dataSource.manager, workspaceId),
    deeds: (page) => listDeeds(dataSource.manager, workspaceId, page),
  };
}

function createPageLoader(tasks: TaskRepository, viewer: Viewer, page: Page): DataLoader<string, TaskPage> {
  return new DataLoader(async (meetingIds) => {
    const found = await tasks.listByMeeting(viewer, meetingIds, page);
    return meetingIds.map((id) => found.get(id) ?? { rows: [], total: 0 });
  });
}
