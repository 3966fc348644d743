import { seesWholeWorkspace, type UserViewer, type Viewer } from '@hoerok/shared/auth';
import type { TaskStatus } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';

/** What the rules look at. */
export interface RuledTask {
  readonly kind: string;
  readonly status: TaskStatus;
  readonly requestedById: string | null;
  readonly watchers: readonly string[];
}

/** True for who asked for the task, whom it concerns, ADMIN, MANAGER and our own services. */
export function maySee(viewer: Viewer, task: RuledTask): boolean {
  if (viewer.kind === 'service' || seesWholeWorkspace(viewer)) return true;
  return task.requestedById === viewer.userId || task.watchers.includes(viewer.userId);
}

/** What a person may ask of a task. */
export type TaskCommand = 'cancel' | 'retry';

/**
 * True when the command is to be sent, false when the task is already what was asked for.
 * @throws AppError `FORBIDDEN` for a viewer who may only watch; `WRONG_STATE` when the status does not allow it.
 */
export function needsCommand(viewer: UserViewer, task: RuledTask, command: TaskCommand): boolean {
  if (task.requestedById !== viewer.userId && !seesWholeWorkspace(viewer)) {
    throw new AppError('FORBIDDEN', 'Only who asked for this task, a MANAGER or an ADMIN may do this.', {
      logLevel: 'debug',
    });
  }
  if (command === 'cancel' && task.status === 'CANCELLED') return false;
  if (command === 'retry' && task.kind === 'SAGA_STEP') {
    const message =
      'This is a step of a larger task, which tries it again by itself or undoes it. Retry that one.';
    throw new AppError('WRONG_STATE', message, { logLevel: 'debug' });
  }
  if (ALLOWED[command].includes(task.status)) return true;
  throw new AppError('WRONG_STATE', `A task that is ${task.status} cannot be ${PAST[command]}.`, {
    logLevel: 'debug',
  });
}

const ALLOWED: Readonly<Record<TaskCommand, readonly TaskStatus[]>> = {
  cancel: ['PENDING', 'PROCESSING'],
  retry: ['FAILED', 'CANCELLED'],
};
const PAST: Readonly<Record<TaskCommand, string>> = { cancel: 'cancelled', retry: 'retried' };
