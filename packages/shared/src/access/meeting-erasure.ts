import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { EventContract, EventPayload } from '../contracts/index.ts';
import { holdName } from '../database/index.ts';
import { AppError } from '../errors/index.ts';
import { type EventHandler, onEvent, type ReceivedEvent } from '../events/index.ts';
import { meetingStateChanged } from './cached-states.ts';

/**
 * The table of meetings that are being deleted (`erased_at` null: hidden, it may still be shown again) or are gone. What is
 * gone stays here for ever as an id, so that no event that comes late brings anything of it back.
 */
export class CreateMeetingErasure1700000000005 implements MigrationInterface {
  readonly name = 'CreateMeetingErasure1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meeting_erasure (
        meeting_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        hidden_at timestamptz NOT NULL DEFAULT now(),
        erased_at timestamptz
      );
      CREATE INDEX meeting_erasure_hidden ON meeting_erasure (meeting_id) WHERE erased_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

/** A meeting and whose it is; what the steps of a deletion are told. */
export const meetingKey = z.object({ workspaceId: z.string(), meetingId: z.string() });

/** A meeting and whose it is. */
export type MeetingKey = Readonly<z.output<typeof meetingKey>>;

/** What a service knows of the deletion of a meeting: none, decided but not final, or final. */
export type MeetingStanding = 'THERE' | 'HIDDEN' | 'ERASED';

/**
 * Says whether a meeting is being deleted, and keeps it that way until `tx` ends. Whoever writes what belongs to a meeting
 * asks first, before any row is locked: hiding and erasing wait for those who write, and who comes after them is told.
 */
export async function holdMeeting(tx: EntityManager, meetingId: string): Promise<MeetingStanding> {
  // Two statements: what the second sees must be younger than the lock.
  await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockName(meetingId)]);
  const rows: { erased: boolean }[] = await tx.query(
    'SELECT erased_at IS NOT NULL AS erased FROM meeting_erasure WHERE meeting_id = $1',
    [meetingId],
  );
  if (rows[0] === undefined) return 'THERE';
  return rows[0].erased ? 'ERASED' : 'HIDDEN';
}

/**
 * For the transaction of a mutation, before any other statement.
 * @param path the argument that names the meeting, or what belongs to it.
 * @throws AppError `NOT_FOUND`, as for a meeting that is not there, once its deletion has begun.
 */
export async function requireStanding(
  tx: EntityManager,
  meetingId: string,
  path: readonly string[] = [],
): Promise<void> {
  if ((await holdMeeting(tx, meetingId)) === 'THERE') return;
  throw new AppError('NOT_FOUND', 'There is no such meeting, or you do not take part in it.', {
    logLevel: 'debug',
    extensions: { path },
  });
}

/**
 * For the effects of a task. Erasing has asked every task of the meeting to stop; one that ends before it has heard of that
 * is refused here, and ends as CANCELLED. What is written while a meeting is hidden is hidden with it.
 * @throws AppError `CANCELLED`, retryable: the next look at the row is what ends the task.
 */
export async function refuseErased(tx: EntityManager, meetingId: string): Promise<void> {
  if ((await holdMeeting(tx, meetingId)) !== 'ERASED') return;
  throw new AppError('CANCELLED', 'The meeting was deleted.', { retryable: true });
}

/**
 * {@link onEvent} for what belongs to a meeting: an event of one that is gone changes nothing, however late it comes or
 * however often. One of a meeting that is hidden is handled as any other: what it leads to is hidden with it.
 */
export function onEventOfMeeting<C extends EventContract>(
  contract: C,
  meetingIdOf: (payload: EventPayload<C>) => string | null,
  handle: (event: ReceivedEvent<EventPayload<C>>, tx: EntityManager) => Promise<void>,
): EventHandler {
  return onEvent(contract, async (event, tx) => {
    const meetingId = meetingIdOf(event.payload);
    if (meetingId !== null && (await holdMeeting(tx, meetingId)) === 'ERASED') return;
    await handle(event, tx);
  });
}

/**
 * SQL that is true for rows of meetings that are hidden; `column` holds the meeting's id and may be null. Rows of erased
 * meetings are not there any more.
 */
export function hiddenMeetingSql(column: string): string {
  // In one line with a space behind the column: TypeORM recognizes a property path by what stands around it.
  return `(${column} IN (SELECT e.meeting_id FROM meeting_erasure e WHERE e.erased_at IS NULL)) IS TRUE`;
}

/** Those among the ids whose deletion has begun. */
export async function erasureBegunAmong(
  tx: EntityManager,
  meetingIds: readonly string[],
): Promise<Set<string>> {
  const rows: { meeting_id: string }[] = await tx.query(
    'SELECT meeting_id FROM meeting_erasure WHERE meeting_id = ANY($1)',
    [[...meetingIds]],
  );
  return new Set(rows.map((row) => row.meeting_id));
}

/** Hides a meeting from every viewer of this service. Idempotent. */
export async function hideMeeting(tx: EntityManager, { workspaceId, meetingId }: MeetingKey): Promise<void> {
  meetingStateChanged(tx, workspaceId, meetingId);
  await lockAlone(tx, meetingId);
  await tx.query(
    'INSERT INTO meeting_erasure (meeting_id, workspace_id) VALUES ($1, $2) ON CONFLICT (meeting_id) DO NOTHING',
    [meetingId, workspaceId],
  );
}

/** Shows a hidden meeting again, as it is now; says since when it was hidden, null when it was not. Idempotent. */
export async function showMeeting(
  tx: EntityManager,
  { workspaceId, meetingId }: MeetingKey,
): Promise<Date | null> {
  meetingStateChanged(tx, workspaceId, meetingId);
  await lockAlone(tx, meetingId);
  // TypeORM answers a DELETE with the rows and their number.
  const [rows]: [{ hidden_at: Date }[], number] = await tx.query(
    'DELETE FROM meeting_erasure WHERE meeting_id = $1 AND erased_at IS NULL RETURNING hidden_at',
    [meetingId],
  );
  return rows[0]?.hidden_at ?? null;
}

/**
 * Forgets a meeting for good but for its id: from now on nothing of it is written any more. The caller deletes the rest in
 * the same transaction. Idempotent.
 */
export async function eraseMeeting(tx: EntityManager, { workspaceId, meetingId }: MeetingKey): Promise<void> {
  meetingStateChanged(tx, workspaceId, meetingId);
  await lockAlone(tx, meetingId);
  await tx.query(
    `INSERT INTO meeting_erasure (meeting_id, workspace_id, erased_at) VALUES ($1, $2, now())
     ON CONFLICT (meeting_id) DO UPDATE SET erased_at = coalesce(meeting_erasure.erased_at, now())`,
    [meetingId, workspaceId],
  );
  await tx.query('DELETE FROM meeting_access WHERE meeting_id = $1', [meetingId]);
}

async function lockAlone(tx: EntityManager, meetingId: string): Promise<void> {
  await holdName(tx, lockName(meetingId));
}

function lockName(meetingId: string): string {
  return `meeting:${meetingId}`;
}
