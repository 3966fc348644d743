import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';

/** True for who may see what went wrong in the workspace and set it right. */
export function isOperator(viewer: Viewer): viewer is UserViewer {
  return viewer.kind === 'user' && viewer.role === 'ADMIN';
}

/** @throws AppError `FORBIDDEN` for everybody but an ADMIN. */
export function requireOperator(viewer: Viewer): void {
  if (isOperator(viewer)) return;
  throw new AppError('FORBIDDEN', 'Only an ADMIN of the workspace may do this.', { logLevel: 'debug' });
}

/** What tells whose letter it is. */
export interface Addressed {
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The workspace that a letter belongs to; null when its headers do not say, or when an event's header and subject do not
 * agree: then nobody may see or replay it.
 */
export function workspaceOf({ subject, headers }: Addressed): string | null {
  const workspaceId = headers['x-workspace-id'];
  if (workspaceId === undefined || workspaceId === '') return null;
  if (subject.startsWith('task.')) return workspaceId;
  const [root, , named, ...rest] = subject.split('.');
  return root === 'evt' && named === workspaceId && rest.length === 3 ? workspaceId : null;
}

/** The task that a letter is about; null for the letter of an event. */
export function taskIdOf({ subject, headers }: Addressed, payload: unknown): string | null {
  if (!subject.startsWith('task.')) return null;
  const fromHeader = headers['x-task-id'];
  if (fromHeader !== undefined && fromHeader !== '') return fromHeader;
  const taskId: unknown = isRecord(payload) ? payload['taskId'] : undefined;
  return typeof taskId === 'string' ? taskId : null;
}

/** What is replayed of an event. */
export interface ReplayableEvent extends Addressed {
  readonly at: Date;
  /** The whole of it; undefined when that is not JSON, or was too large to be kept. */
  readonly payload: unknown;
}

const DAY_MS = 24 * 3_600_000;

/** What the moment says about a replay. */
export interface ReplayMoment {
  readonly now: Date;
  /** Days for which consumers remember which events they have handled. */
  readonly rememberedDays: number;
  /** What is known of the task whose change the event tells; null for any other event. */
  readonly knownRevision: number | null;
}

/**
 * Makes sure that replaying an event is safe: those who have handled it still know its id.
 * @throws AppError `WRONG_STATE` saying why not.
 */
export function requireReplayable(event: ReplayableEvent, moment: ReplayMoment): void {
  const { now, knownRevision } = moment;
  const { headers, payload } = event;
  if (headers['ce-id'] === undefined)
    throw refused('It has no event id: others could not tell that they know it.');
  if (payload === undefined) throw refused('Its payload is not JSON, or too large to be kept.');
  const publishedAt = Date.parse(headers['ce-time'] ?? '');
  const bornAt = Math.min(event.at.getTime(), Number.isNaN(publishedAt) ? Infinity : publishedAt);
  // A day clear of the moment at which others begin to forget.
  const maxDays = moment.rememberedDays - 1;
  if (now.getTime() - bornAt > maxDays * DAY_MS)
    throw refused(`It is older than ${maxDays} days: others may have forgotten that they handled it.`);
  const revision: unknown = isRecord(payload) ? payload['revision'] : undefined;
  // The last message of a task's subject is what subscribers begin with: an old one would show them the past.
  if (knownRevision !== null && typeof revision === 'number' && knownRevision > revision)
    throw refused('A newer state of this task is known already.');
}

/** The id of the task whose change an event tells; null for any other subject. */
export function changedTaskOf(subject: string): string | null {
  const [, , , aggregate, id = null, event] = subject.split('.');
  return aggregate === 'task' && event === 'changed' ? id : null;
}

/** An expected refusal of a replay. */
export function refused(reason: string): AppError {
  return new AppError('WRONG_STATE', `This dead letter cannot be replayed. ${reason}`, { logLevel: 'debug' });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
