import { hiddenMeetingSql } from '@hoerok/shared/access';
import type { StatisticsSpan } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';

/** Minutes of a span of time in numbers. */
export interface MinutesStatistics {
  readonly minutes: number;
  readonly suggested: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly pending: number;
}

/** Counts the minutes made in a span and what people decided about their items. */
export async function countMinutes(
  tx: EntityManager,
  { workspaceId, from, to }: StatisticsSpan,
): Promise<MinutesStatistics> {
  const [counted]: MinutesStatistics[] = await tx.query(COUNT, [workspaceId, from, to]);
  return counted ?? { minutes: 0, suggested: 0, accepted: 0, rejected: 0, pending: 0 };
}

const COUNT = `
  SELECT count(*)::int AS minutes, coalesce(sum(i.suggested), 0)::int AS suggested,
    coalesce(sum(i.accepted), 0)::int AS accepted, coalesce(sum(i.rejected), 0)::int AS rejected,
    coalesce(sum(i.pending), 0)::int AS pending
  FROM minutes m CROSS JOIN LATERAL (
    SELECT count(*) AS suggested, count(*) FILTER (WHERE review IN ('ACCEPTED', 'EDITED')) AS accepted,
      count(*) FILTER (WHERE review = 'REJECTED') AS rejected, count(*) FILTER (WHERE review = 'SUGGESTED') AS pending
    FROM minutes_item WHERE minutes_id = m.id) i
  WHERE m.workspace_id = $1 AND m.generated_at >= $2 AND m.generated_at < $3
    AND NOT ${hiddenMeetingSql('m.meeting_id')}`;
