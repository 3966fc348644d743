import { hiddenMeetingSql } from '@hoerok/shared/access';
import type { StatisticsSpan } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';

/** Transcripts of a span of time in numbers. */
export interface TranscriptStatistics {
  readonly transcripts: number;
  readonly words: number;
  readonly hours: number;
  readonly sections: number;
  readonly sectionsVerified: number;
}

/** Counts the transcripts made in a span that no later one has replaced. */
export async function countTranscripts(
  tx: EntityManager,
  { workspaceId, from, to }: StatisticsSpan,
): Promise<TranscriptStatistics> {
  const [counted]: TranscriptStatistics[] = await tx.query(COUNT, [workspaceId, from, to]);
  return counted ?? { transcripts: 0, words: 0, hours: 0, sections: 0, sectionsVerified: 0 };
}

const COUNT = `
  SELECT count(*)::int AS transcripts, coalesce(sum(t.word_count), 0)::float8 AS words,
    coalesce(sum(t.duration_ms), 0)::float8 / 3600000 AS hours,
    coalesce(sum(s.sections), 0)::int AS sections, coalesce(sum(s.verified), 0)::int AS "sectionsVerified"
  FROM transcript t CROSS JOIN LATERAL (
    SELECT count(*) AS sections, count(*) FILTER (WHERE state = 'VERIFIED') AS verified
    FROM section WHERE transcript_id = t.id) s
  WHERE t.workspace_id = $1 AND t.created_at >= $2 AND t.created_at < $3 AND t.current
    AND NOT ${hiddenMeetingSql('t.meeting_id')}`;
