import { hiddenMeetingSql } from '@hoerok/shared/access';
import { insertRows } from '@hoerok/shared/database';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In } from 'typeorm';
import { type Section, SectionSchema } from '../entities/section.entity.ts';
import { type OwnedPage, ownedPages } from './owned-page.ts';

/** Sections of one workspace; nothing outside of it can be read or written through it. */
export interface SectionRepository {
  readonly find: (ids: readonly string[]) => Promise<Section[]>;
  /** All sections of a transcript, in order. */
  readonly allOf: (transcriptId: string) => Promise<Section[]>;
  /** The same page of several transcripts, in order; two queries however many there are. */
  readonly pagesOf: (transcriptIds: readonly string[], page: Page) => Promise<OwnedPage<Section>[]>;
  /** Sections that wait for a person's verdict, oldest transcript first. */
  readonly awaiting: (userId: string, page: Page) => Promise<Omit<OwnedPage<Section>, 'ownerId'>>;
  readonly insert: (sections: readonly Section[]) => Promise<void>;
  readonly update: (section: Section) => Promise<void>;
  /** Moves the sections behind this one by one place. */
  readonly makeRoomAfter: (section: Section) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function sectionRepository(tx: EntityManager, workspaceId: string): SectionRepository {
  return {
    find: (ids) => tx.findBy(SectionSchema, { workspaceId, id: In([...ids]) }),
    allOf: (transcriptId) =>
      tx.find(SectionSchema, { where: { workspaceId, transcriptId }, order: { index: 'ASC' } }),
    pagesOf: async (transcriptIds, page) => {
      const owners = [...transcriptIds];
      const after = Number(page.after?.[0] ?? -1);
      const rows = await tx
        .createQueryBuilder(SectionSchema, 's')
        .where({ workspaceId })
        .andWhere(`s.id IN (${PAGES})`, { owners, after, limit: page.limit + 1 })
        .orderBy({ 's.index': 'ASC' })
        .getMany();
      const totals: { ownerId: string; total: number }[] = await tx.query(TOTALS, [workspaceId, owners]);
      return ownedPages(owners, { rows, totals, ownerOf: ({ transcriptId }) => transcriptId });
    },
    awaiting: async (userId, page) => {
      const query = tx
        .createQueryBuilder(SectionSchema, 's')
        .where({ workspaceId })
        .andWhere(AWAITING, { userId });
      const total = await query.getCount();
      if (page.after !== undefined) {
        const [transcript, index] = page.after;
        query.andWhere('(s.transcriptId, s.index) > (:transcript, :index::int)', { transcript, index });
      }
      query.orderBy({ 's.transcriptId': 'ASC', 's.index': 'ASC' }).take(page.limit + 1);
      return { rows: await query.getMany(), total };
    },
    insert: (sections) => insertRows(tx, SectionSchema, sections),
    update: async (section) =>
      void (await tx.update(SectionSchema, { id: section.id, workspaceId }, section)),
    makeRoomAfter: async ({ transcriptId, index }) => {
      // By way of negative places: PostgreSQL checks that places are unique row by row, in no order.
      const ofTranscript = [workspaceId, transcriptId];
      await tx.query(`${MOVE} SET position = -position - 1 WHERE ${OWN} AND position > $3`, [
        ...ofTranscript,
        index,
      ]);
      await tx.query(`${MOVE} SET position = -position WHERE ${OWN} AND position < 0`, ofTranscript);
    },
  };
}

const MOVE = 'UPDATE section';
const OWN = 'workspace_id = $1 AND transcript_id = $2';

const PAGES = `SELECT p.id FROM unnest(:owners::text[]) o(id) CROSS JOIN LATERAL (
  SELECT id FROM section WHERE transcript_id = o.id AND position > :after ORDER BY position LIMIT :limit) p`;

const TOTALS = `SELECT transcript_id AS "ownerId", count(*)::int AS total FROM section
  WHERE workspace_id = $1 AND transcript_id = ANY($2) GROUP BY transcript_id`;

const TAKES_PART = "(m.state ->> 'organizerId' = :userId OR m.state -> 'participantUserIds' ? :userId)";

/** One who was there; everybody when nobody of the participants is known to have been. */
const IS_PRESENT = `(m.state -> 'presentUserIds' ? :userId OR NOT EXISTS (
  SELECT 1 FROM jsonb_array_elements_text(m.state -> 'presentUserIds') present(id)
  WHERE m.state ->> 'organizerId' = present.id OR m.state -> 'participantUserIds' ? present.id))`;

/** What `pendingVerifiers` in domain/verification.ts says, for one person over all transcripts. */
const AWAITING = `s.state <> 'VERIFIED'
  AND EXISTS (
    SELECT 1 FROM transcript t JOIN meeting_access m ON m.meeting_id = t.meeting_id
    WHERE t.id = s.transcript_id AND t.current AND NOT ${hiddenMeetingSql('t.meeting_id')} AND CASE m.state ->> 'verificationPolicy'
      WHEN 'NONE' THEN false
      WHEN 'ORGANIZER' THEN m.state ->> 'organizerId' = :userId
      ELSE ${TAKES_PART} AND (m.state ->> 'verificationPolicy' = 'QUORUM' OR ${IS_PRESENT}) END)
  AND NOT EXISTS (
    SELECT 1 FROM section_verdict v
    WHERE v.section_id = s.id AND v.revision = s.revision AND v.verifier_id = :userId)`;
