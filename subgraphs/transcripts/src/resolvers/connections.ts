import { type Connection, connectionOf, decodePage, type Page } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';

const place = z.string().regex(/^\d{1,9}$/);
const placeKey = z.tuple([place]);
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
