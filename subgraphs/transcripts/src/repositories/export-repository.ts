import type { DataSource } from 'typeorm';
import type { ExportedSegment } from '../domain/transcript-file.ts';
import { type Transcript, TranscriptSchema } from '../entities/transcript.entity.ts';

/** A segment as it is stored: with the label of its speaker, and who that speaker is. */
export type StoredSegment = Omit<ExportedSegment, 'speaker'> & { readonly userId: string | null };

/** A transcript with all that was said, as one moment had it; null when the workspace has none with this id. */
export async function findWholeTranscript(
  dataSource: DataSource,
  workspaceId: string,
  id: string,
): Promise<{ readonly transcript: Transcript; readonly segments: StoredSegment[] } | null> {
  return await dataSource.transaction('REPEATABLE READ', async (tx) => {
    const transcript = await tx.findOneBy(TranscriptSchema, { workspaceId, id });
    if (transcript === null) return null;
    const segments: StoredSegment[] = await tx.query(SEGMENTS, [workspaceId, id]);
    return { transcript, segments };
  });
}

const SEGMENTS = `
  SELECT g.id, g.start_ms AS "startMs", g.end_ms AS "endMs", g.text, g.original_text AS "originalText",
    p.label AS "speakerLabel", p.user_id AS "userId", g.confidence, g.revision,
    CASE WHEN g.section_id IS DISTINCT FROM lag(g.section_id) OVER (ORDER BY g.seq) THEN s.title END AS opens
  FROM segment g JOIN section s ON s.id = g.section_id LEFT JOIN speaker p ON p.id = g.speaker_id
  WHERE g.workspace_id = $1 AND g.transcript_id = $2 ORDER BY g.seq`;
