import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { taskRetryRequested } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { INBOX_KEEP_DAYS } from '@hoerok/shared/events';
import { addEvent, addMessage } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { changedTaskOf, refused, requireOperator, requireReplayable } from '../domain/dead-letter.ts';
import type { DeadLetter, DeadLetterSummary } from '../entities/dead-letter.entity.ts';
import { payloadOfLetter } from '../repositories/dead-letter-mapper.ts';
import { deadLetterRepository } from '../repositories/dead-letter-repository.ts';
import { recordDeed } from '../repositories/operator-audit-repository.ts';
import { taskRepository } from '../repositories/task-repository.ts';

/** Gives dead letters another chance: all of them, or none. Answers them as they are then. */
export type ReplayDeadLetters = (viewer: UserViewer, ids: readonly string[]) => Promise<DeadLetterSummary[]>;

/**
 * Builds {@link ReplayDeadLetters}. The letter of a task asks its owner to start it again; that of an event publishes
 * the event once more under its own id, which everybody who has handled it ignores. What leaves, the mark and the audit
 * row commit together. A letter that was replayed already is left as it is.
 * @throws AppError `FORBIDDEN`, `NOT_FOUND` for a letter that is not there or of another workspace, or `WRONG_STATE`.
 */
export function createReplayDeadLetters(deps: {
  readonly transact: Transact;
  readonly clock: () => Date;
}): ReplayDeadLetters {
  return (viewer, ids) =>
    deps.transact(async (tx) => {
      requireOperator(viewer);
      const letters = deadLetterRepository(tx, viewer.workspaceId);
      const found = await letters.findForUpdate(ids);
      requireAll(ids, found);
      const fresh = found.filter(({ replayedAt }) => replayedAt === null);
      const now = deps.clock();
      for (const letter of fresh) {
        await locate(ids, letter, () =>
          letter.subject.startsWith('task.')
            ? restartTask(tx, viewer, letter)
            : publishAgain(tx, viewer, { letter, now }),
        );
      }
      const replay = { replayedAt: now, replayedById: viewer.userId };
      const freshIds = fresh.map(({ id }) => id);
      await letters.markReplayed(freshIds, replay);
      await audit(tx, viewer, { at: now, sent: freshIds, all: found.map(({ id }) => id) });
      return found.map((letter) => (letter.replayedAt === null ? { ...letter, ...replay } : letter));
    });
}

async function restartTask(tx: EntityManager, viewer: UserViewer, letter: DeadLetter): Promise<void> {
  if (letter.taskId === null) throw refused('It names no task.');
  const task = await taskRepository(tx, viewer.workspaceId).findForUpdate(letter.taskId);
  if (task === null) throw refused('Its task is not known.');
  if (task.status !== 'FAILED') throw refused(`Its task is ${task.status}.`);
  if (task.kind === 'SAGA_STEP')
    throw refused('Its task is a step of a larger one, which tries it again by itself or undoes it.');
  await addEvent(tx, {
    contract: taskRetryRequested,
    workspaceId: viewer.workspaceId,
    aggregateId: task.id,
    payload: { taskId: task.id, owner: task.owner },
    actorId: viewer.userId,
    causationId: letter.id,
  });
}

async function publishAgain(
  tx: EntityManager,
  viewer: UserViewer,
  { letter, now }: { readonly letter: DeadLetter; readonly now: Date },
): Promise<void> {
  const { subject, headers } = letter;
  const payload = payloadOfLetter(letter);
  const taskId = changedTaskOf(subject);
  const task = taskId === null ? null : await taskRepository(tx, viewer.workspaceId).findForUpdate(taskId);
  const moment = { now, rememberedDays: INBOX_KEEP_DAYS, knownRevision: task?.revision ?? null };
  requireReplayable({ ...letter, payload }, moment);
  await addMessage(tx, {
    // JetStream would drop the event under its first message id.
    messageId: randomUUIDv7(),
    aggregateKey: `replay:${subject.split('.').slice(0, -1).join('.')}`,
    subject,
    headers: { ...headers, 'x-replay-of': letter.id },
    payload,
  });
}

async function audit(
  tx: EntityManager,
  viewer: UserViewer,
  done: { readonly at: Date; readonly sent: readonly string[]; readonly all: readonly string[] },
): Promise<void> {
  const { at, sent } = done;
  const unchanged = done.all.filter((id) => !sent.includes(id));
  const deed = { action: 'REPLAY_DEAD_LETTERS', at } as const;
  if (sent.length > 0) await recordDeed(tx, viewer, { ...deed, targetIds: sent, outcome: 'SENT' });
  if (unchanged.length > 0)
    await recordDeed(tx, viewer, { ...deed, targetIds: unchanged, outcome: 'UNCHANGED' });
}

function requireAll(ids: readonly string[], found: readonly DeadLetter[]): void {
  const missing = ids.findIndex((id) => !found.some((letter) => letter.id === id));
  if (missing === -1) return;
  throw new AppError('NOT_FOUND', 'There is no such dead letter in your workspace.', {
    logLevel: 'debug',
    extensions: { path: ['ids', String(missing)] },
  });
}

/** Says in a refusal which of the ids it is about. */
async function locate(ids: readonly string[], letter: DeadLetter, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const path = ['ids', String(ids.indexOf(letter.id))];
    throw new AppError(error.code, error.message, { logLevel: 'debug', extensions: { path }, cause: error });
  }
}
