import { hiddenMeetingSql, takesPartSql } from '@hoerok/shared/access';
import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { SearchedRows } from '@hoerok/shared/search';

/** Where to search; all conditions hold. */
export interface SegmentSearchFilter {
  readonly meetingId?: string | null | undefined;
  readonly speakerId?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

const BEGAN = `coalesce(meeting.state ->> 'startedAt', meeting.state ->> 'scheduledStart')::timestamptz`;

/** The segments of current transcripts that a viewer may see. */
export function searchedSegments(viewer: Viewer, filter: SegmentSearchFilter): SearchedRows {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value) + 2}`;
  const where = [`NOT ${hiddenMeetingSql('t.meeting_id')}`];
  if (viewer.kind === 'user' && !seesWholeWorkspace(viewer))
    where.push(takesPartSql('t.meeting_id', `${bind(viewer.userId)}::text`));
  if (filter.meetingId != null) where.push(`t.meeting_id = ${bind(filter.meetingId)}`);
  if (filter.speakerId != null) where.push(`s.speaker_id = ${bind(filter.speakerId)}`);
  if (filter.from != null) where.push(`${BEGAN} >= ${bind(filter.from)}`);
  if (filter.to != null) where.push(`${BEGAN} < ${bind(filter.to)}`);
  return {
    workspaceId: viewer.workspaceId,
    from: `segment_words s JOIN transcript t ON t.id = s.transcript_id AND t.current
      LEFT JOIN meeting_access meeting ON meeting.meeting_id = t.meeting_id`,
    where,
    parameters,
  };
}
