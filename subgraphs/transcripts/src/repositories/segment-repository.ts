import type { Page } from '@hoerok/shared/graphql';
import { tryParseSearch } from '@hoerok/shared/search';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { type Segment, SegmentSchema } from '../entities/segment.entity.ts';
import { type OwnedPage, ownedPages } from './owned-page.ts';
import { segmentsChanged } from './transcript-families.ts';

/** Whose segments: those of transcripts or those of sections. */
export type SegmentOwner = 'transcript' | 'section';

/** Which segments to list; all conditions hold. */
export interface SegmentFilter {
  readonly speakerId: string | null;
  /** Part of the text, letter case aside, or a search that finds it. */
  readonly text: string | null;
}

/** Segments of one workspace; nothing outside of it can be read or written through it. */
export interface SegmentRepository {
  readonly find: (ids: readonly string[]) => Promise<Segment[]>;
  /** All segments of a section, in order. */
  readonly allOf: (sectionId: string) => Promise<Segment[]>;
  /** The same page of several owners, in order; two queries however many there are. */
  readonly pagesOf: (
    owner: SegmentOwner,
    ownerIds: readonly string[],
    wanted: { readonly filter: SegmentFilter; readonly page: Page },
  ) => Promise<OwnedPage<Segment>[]>;
  /** Fast for a hundred thousand rows. */
  readonly insert: (segments: readonly Segment[]) => Promise<void>;
  readonly update: (segment: Segment) => Promise<void>;
  /** Puts segments into another section. */
  readonly move: (ids: readonly string[], sectionId: string) => Promise<void>;
  /** Everything that one speaker of a transcript said is said by another one. */
  readonly replaceSpeaker: (
    transcriptId: string,
    speaker: { readonly from: string; readonly into: string },
  ) => Promise<void>;
  /** The next segments of a transcript in order: up to `limit`, behind the place `afterSeq`. */
  readonly following: (transcriptId: string, afterSeq: number, limit: number) => Promise<Segment[]>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function segmentRepository(tx: EntityManager, workspaceId: string): SegmentRepository {
  return {
    find: (ids) => tx.findBy(SegmentSchema, { workspaceId, id: In([...ids]) }),
    allOf: (sectionId) =>
      tx.find(SegmentSchema, { where: { workspaceId, sectionId }, order: { seq: 'ASC' } }),
    pagesOf: async (owner, ownerIds, { filter, page }) => {
      const parameters = {
        owners: [...ownerIds],
        speakerId: filter.speakerId,
        part: filter.text === null ? null : escapeLike(filter.text),
        terms: filter.text === null ? null : (tryParseSearch(filter.text)?.json ?? null),
      };
      const column = OWNER_COLUMNS[owner];
      const rows = await tx
        .createQueryBuilder(SegmentSchema, 's')
        .where({ workspaceId })
        .andWhere(`s.id IN (${pages(column)})`, {
          ...parameters,
          after: Number(page.after?.[0] ?? -1),
          limit: page.limit + 1,
        })
        .orderBy({ 's.seq': 'ASC' })
        .getMany();
      const totals = await tx
        .createQueryBuilder(SegmentSchema, 's')
        .select(`s.${column}`, 'ownerId')
        .addSelect('count(*)::int', 'total')
        .where({ workspaceId })
        .andWhere(`s.${column} = ANY(:owners) AND ${MATCHES}`, parameters)
        .groupBy(`s.${column}`)
        .getRawMany<{ ownerId: string; total: number }>();
      return ownedPages(ownerIds, { rows, totals, ownerOf: OWNER_OF[owner] });
    },
    insert: async (segments) => {
      for (let from = 0; from < segments.length; from += INSERT_ROWS)
        await tx.query(INSERT, insertColumns(segments.slice(from, from + INSERT_ROWS)));
    },
    update: async (segment) => {
      segmentsChanged(tx, workspaceId, [segment.id]);
      await tx.update(SegmentSchema, { id: segment.id, workspaceId }, segment);
    },
    move: async (ids, sectionId) => {
      segmentsChanged(tx, workspaceId, ids);
      await tx.update(SegmentSchema, { workspaceId, id: In([...ids]) }, { sectionId });
    },
    replaceSpeaker: async (transcriptId, { from, into }) => {
      const of = { workspaceId, transcriptId, speakerId: from };
      const said = await tx.find(SegmentSchema, { where: of, select: { id: true } });
      const ids = said.map(({ id }) => id);
      segmentsChanged(tx, workspaceId, ids);
      await tx.update(SegmentSchema, of, { speakerId: into });
    },
    following: (transcriptId, afterSeq, limit) =>
      tx.find(SegmentSchema, {
        where: { workspaceId, transcriptId, seq: MoreThan(afterSeq) },
        order: { seq: 'ASC' },
        take: limit,
      }),
  };
}

const OWNER_COLUMNS = { transcript: 'transcript_id', section: 'section_id' } as const;
const OWNER_OF: Readonly<Record<SegmentOwner, (segment: Segment) => string>> = {
  transcript: ({ transcriptId }) => transcriptId,
  section: ({ sectionId }) => sectionId,
};

// No parameter may be named like a type: TypeORM would find it inside of the cast `::text`.
const MATCHES = `(:speakerId::text IS NULL OR s.speaker_id = :speakerId)
  AND (:part::text IS NULL OR s.text ILIKE '%' || :part || '%'
    OR s.search @@ search_query(:terms::jsonb))`;

function pages(ownerColumn: string): string {
  return `SELECT p.id FROM unnest(:owners::text[]) o(id) CROSS JOIN LATERAL (
    SELECT s.id FROM segment s WHERE s.${ownerColumn} = o.id AND s.seq > :after AND ${MATCHES}
    ORDER BY s.seq LIMIT :limit) p`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

const INSERT_ROWS = 5_000;

// One array a column instead of a dozen parameters a row: the statement stays short and is planned once.
const INSERT = `
  INSERT INTO segment (id, workspace_id, transcript_id, section_id, speaker_id, seq, start_ms, end_ms, text,
    original_text, confidence, revision)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[],
    $9::text[], $10::text[], $11::double precision[], $12::int[])`;

function insertColumns(segments: readonly Segment[]): unknown[] {
  return [
    segments.map(({ id }) => id),
    segments.map(({ workspaceId }) => workspaceId),
    segments.map(({ transcriptId }) => transcriptId),
    segments.map(({ sectionId }) => sectionId),
    segments.map(({ speakerId }) => speakerId),
    segments.map(({ seq }) => seq),
    segments.map(({ startMs }) => startMs),
    segments.map(({ endMs }) => endMs),
    segments.map(({ text }) => text),
    segments.map(({ originalText }) => originalText),
    segments.map(({ confidence }) => confidence),
    segments.map(({ revision }) => revision),
  ];
}
