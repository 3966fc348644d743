import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { Page } from '@hoerok/shared/graphql';
import { tryParseSearch } from '@hoerok/shared/search';
import { type EntityManager, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { MeetingStatus } from '../domain/meeting-status.ts';
import { type Meeting, MeetingSchema } from '../entities/meeting.entity.ts';
import { holdsShareSql } from './share-repository.ts';

/** Which meetings to list; all conditions hold. */
export interface MeetingFilter {
  readonly text?: string | undefined;
  readonly status?: readonly MeetingStatus[] | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only meetings this user takes part in. */
  readonly participantId?: string | undefined;
  /** Only meetings that the viewer sees by a share alone (true), or only the others (false). */
  readonly sharedWithMe?: boolean | undefined;
}

/**
 * Meetings that the viewer may see, newest start first, or last for a page that is read backward; up to `page.limit + 1` rows
 * and the count of all.
 */
export async function listMeetings(
  tx: EntityManager,
  wanted: {
    readonly workspaceId: string;
    readonly viewer: Viewer;
    readonly filter: MeetingFilter;
    readonly page: Page;
  },
): Promise<{ rows: Meeting[]; total: number }> {
  const { workspaceId, viewer, filter, page } = wanted;
  const all = tx.createQueryBuilder(MeetingSchema, 'm').where({ workspaceId, deletingAt: IsNull() });
  const query = restrict(all, viewer, filter);
  const total = await query.getCount();
  if (page.after !== undefined) {
    const [start, id] = page.after;
    const sign = page.backward === true ? '>' : '<';
    query.andWhere(`(m.scheduledStart, m.id) ${sign} (:start::timestamptz, :id)`, { start, id });
  }
  const direction = page.backward === true ? 'ASC' : 'DESC';
  query.orderBy({ 'm.scheduledStart': direction, 'm.id': direction }).take(page.limit + 1);
  return { rows: await query.getMany(), total };
}

function restrict(
  query: SelectQueryBuilder<Meeting>,
  viewer: Viewer,
  filter: MeetingFilter,
): SelectQueryBuilder<Meeting> {
  const isUser = viewer.kind === 'user';
  if (isUser && !seesWholeWorkspace(viewer)) {
    const shared = holdsShareSql('m.id', ':viewer');
    restrictTo(query, { parameter: 'viewer', userId: viewer.userId, shared });
  }
  if (filter.participantId !== undefined)
    restrictTo(query, { parameter: 'person', userId: filter.participantId });
  if (filter.sharedWithMe !== undefined) restrictToShared(query, viewer, filter.sharedWithMe);
  if (filter.text !== undefined)
    query.andWhere(`(m.title ILIKE '%' || :part || '%' OR ${FOUND})`, searchOf(viewer, filter.text));
  if (filter.status !== undefined) query.andWhere('m.status = ANY(:status)', { status: filter.status });
  if (filter.from !== undefined) query.andWhere('m.scheduledStart >= :from', { from: filter.from });
  if (filter.to !== undefined) query.andWhere('m.scheduledStart < :to', { to: filter.to });
  return query;
}

function takesPartSql(parameter: string): string {
  const invited = `SELECT 1 FROM participant p WHERE p.meeting_id = m.id AND p.user_id = :${parameter}`;
  return `(m.organizerId = :${parameter} OR EXISTS (${invited}))`;
}

/** Meetings that a person takes part in, or that `shared` is true of. */
function restrictTo(
  query: SelectQueryBuilder<Meeting>,
  by: { readonly parameter: string; readonly userId: string; readonly shared?: string },
): void {
  const takesPart = takesPartSql(by.parameter);
  const condition = by.shared === undefined ? takesPart : `(${takesPart} OR ${by.shared})`;
  query.andWhere(condition, { [by.parameter]: by.userId });
}

function restrictToShared(query: SelectQueryBuilder<Meeting>, viewer: Viewer, wanted: boolean): void {
  const condition = `(${holdsShareSql('m.id', ':holder')} AND NOT ${takesPartSql('holder')})`;
  const holder = viewer.kind === 'user' ? viewer.userId : '';
  query.andWhere(wanted ? condition : `NOT ${condition}`, { holder });
}

const FOUND = 'm.search @@ (search_scope(:scope) && search_query(:terms::jsonb))';

function searchOf({ workspaceId }: Viewer, text: string): object {
  const terms = tryParseSearch(text, ['filter', 'text'])?.json ?? null;
  return { part: escapeLike(text), scope: workspaceId, terms };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
