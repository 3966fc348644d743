import { type Connection, connectionOf, decodePage, type Page } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { SectionComment } from '../entities/section-comment.entity.ts';
import type { Section } from '../entities/section.entity.ts';
import type { SegmentEdit } from '../entities/segment-edit.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { TranscriptNote } from '../entities/transcript-note.entity.ts';
import type { ValidationFinding } from '../entities/validation-finding.entity.ts';

const place = z.string().regex(/^\d{1,9}$/);
const placeKey = z.tuple([place]);
const idKey = z.tuple([z.string().regex(/^[\w-]{1,100}$/)]);
const awaitingKey = z.tuple([z.string().regex(/^[\w-]{1,100}$/), place]);

interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

interface Found<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

const NOTHING = { rows: [], total: 0 };

/** A page of a list in the order of the meeting. */
export function decodePlacePage(args: PageArgs): Page {
  return decodePage(args, placeKey);
}

/** A page of a list in the order in which its things came about. */
export function decodeIdPage(args: PageArgs): Page {
  return decodePage(args, idKey);
}

/** A page of the sections that wait for a verdict. */
export function decodeAwaitingPage(args: PageArgs): Page {
  return decodePage(args, awaitingKey);
}

/** Sections of one transcript, in order. */
export function sectionConnection(page: Page, found: Found<Section> | null | undefined): Connection<Section> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<Section>(rows, page, { totalCount: total, keyOf: ({ index }) => [index] });
}

/** Segments of one transcript or section, in order. */
export function segmentConnection(page: Page, found: Found<Segment> | null | undefined): Connection<Segment> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<Segment>(rows, page, { totalCount: total, keyOf: ({ seq }) => [seq] });
}

/** Sections of many transcripts that wait for a verdict. */
export function awaitingConnection(page: Page, found: Found<Section> | undefined): Connection<Section> {
  const { rows, total } = found ?? NOTHING;
  const keyOf = ({ transcriptId, index }: Section): [string, number] => [transcriptId, index];
  return connectionOf<Section>(rows, page, { totalCount: total, keyOf });
}

/** Edits of one segment, oldest first. */
export function editConnection(
  page: Page,
  found: Found<SegmentEdit> | null | undefined,
): Connection<SegmentEdit> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<SegmentEdit>(rows, page, { totalCount: total, keyOf: ({ revision }) => [revision] });
}

/** Comments on one section, oldest first. */
export function commentConnection(
  page: Page,
  found: Found<SectionComment> | null | undefined,
): Connection<SectionComment> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<SectionComment>(rows, page, { totalCount: total, keyOf: ({ id }) => [id] });
}

/** What happened to one transcript, oldest first. */
export function noteConnection(
  page: Page,
  found: Found<TranscriptNote> | null | undefined,
): Connection<TranscriptNote> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<TranscriptNote>(rows, page, { totalCount: total, keyOf: ({ id }) => [id] });
}

/** What one validation found, in the order of the meeting. */
export function findingConnection(
  page: Page,
  found: Found<ValidationFinding> | null | undefined,
): Connection<ValidationFinding> {
  const { rows, total } = found ?? NOTHING;
  return connectionOf<ValidationFinding>(rows, page, { totalCount: total, keyOf: ({ place }) => [place] });
}
