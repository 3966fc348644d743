import type { StatisticsSpan } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';

/** Meetings of a span of time in numbers. */
export interface MeetingStatistics {
  readonly held: number;
  readonly canceled: number;
  readonly hours: number;
  /** Different people; a guest counts once for each address or name. */
  readonly participants: number;
  readonly averageParticipants: number;
}

/** Counts the meetings that ended, and those that were canceled, in a span; two queries. */
export async function countMeetings(
  tx: EntityManager,
  { workspaceId, from, to }: StatisticsSpan,
): Promise<MeetingStatistics> {
  const span = [workspaceId, from, to];
  const [held]: Omit<MeetingStatistics, 'canceled'>[] = await tx.query(HELD, span);
  const [canceled]: { n: number }[] = await tx.query(CANCELED, span);
  const none = { held: 0, hours: 0, participants: 0, averageParticipants: 0 };
  return { ...(held ?? none), canceled: canceled?.n ?? 0 };
}

const HELD = `
  WITH held AS (
    SELECT id, extract(epoch FROM ended_at - coalesce(started_at, ended_at))::float8 / 3600 AS hours FROM meeting
    WHERE workspace_id = $1 AND ended_at >= $2 AND ended_at < $3 AND deleting_at IS NULL),
  people AS (
    SELECT coalesce(p.user_id, lower(p.email), p.display_name, p.id) AS person FROM participant p JOIN held h ON h.id = p.meeting_id)
  SELECT (SELECT count(*)::int FROM held) AS held,
    (SELECT coalesce(sum(hours), 0)::float8 FROM held) AS hours,
    (SELECT count(DISTINCT person)::int FROM people) AS participants,
    (SELECT count(*) FROM people)::float8 / greatest((SELECT count(*) FROM held), 1) AS "averageParticipants"`;

const CANCELED = `SELECT count(*)::int AS n FROM meeting
  WHERE workspace_id = $1 AND canceled_at >= $2 AND canceled_at < $3 AND deleting_at IS NULL`;
