import { hiddenMeetingSql, takesPartSql } from '@hoerok/shared/access';
import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { SearchedRows } from '@hoerok/shared/search';
import type { ReviewState } from '../domain/review.ts';

/** Where to search; all conditions hold. */
export interface MinutesSearchFilter {
  readonly meetingId?: string | null | undefined;
  readonly review?: readonly ReviewState[] | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

const BEGAN = `coalesce(meeting.state ->> 'startedAt', meeting.state ->> 'scheduledStart')::timestamptz`;

/** Those items of each meeting's newest minutes that a viewer may see; rejected ones only when they are asked for. */
export function searchedItems(viewer: Viewer, filter: MinutesSearchFilter): SearchedRows {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value) + 2}`;
  const where = [
    `NOT ${hiddenMeetingSql('s.meeting_id')}`,
    'NOT EXISTS (SELECT 1 FROM minutes newer WHERE newer.meeting_id = m.meeting_id AND newer.revision > m.revision)',
  ];
  if (viewer.kind === 'user' && !seesWholeWorkspace(viewer))
    where.push(takesPartSql('s.meeting_id', `${bind(viewer.userId)}::text`));
  if (filter.meetingId != null) where.push(`s.meeting_id = ${bind(filter.meetingId)}`);
  where.push(filter.review == null ? `s.review <> 'REJECTED'` : `s.review = ANY(${bind(filter.review)})`);
  if (filter.from != null) where.push(`${BEGAN} >= ${bind(filter.from)}`);
  if (filter.to != null) where.push(`${BEGAN} < ${bind(filter.to)}`);
  return {
    workspaceId: viewer.workspaceId,
    from: `minutes_item_words s JOIN minutes m ON m.id = s.minutes_id
      LEFT JOIN meeting_access meeting ON meeting.meeting_id = s.meeting_id`,
    where,
    parameters,
  };
}
