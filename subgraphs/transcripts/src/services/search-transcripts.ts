import type { Viewer } from '@hoerok/shared/auth';
import type { Page } from '@hoerok/shared/graphql';
import { type HitPage, type ParsedSearch, searchPage } from '@hoerok/shared/search';
import type { EntityManager } from 'typeorm';
import type { Segment } from '../entities/segment.entity.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { searchedSegments, type SegmentSearchFilter } from '../repositories/segment-search.ts';

/** What to find, where, and which page of it. */
export interface WantedSegments {
  readonly search: ParsedSearch;
  readonly filter: SegmentSearchFilter;
  readonly page: Page;
}

/** Finds what was said in the meetings that a viewer may see, in the newest transcript of each. */
export function createSearchTranscripts(deps: {
  readonly manager: EntityManager;
}): (viewer: Viewer, wanted: WantedSegments) => Promise<HitPage<Segment>> {
  return async (viewer, { search, filter, page }) =>
    await searchPage(deps.manager, search, {
      ...searchedSegments(viewer, filter),
      page,
      load: segmentRepository(deps.manager, viewer.workspaceId).find,
      textOf: ({ text }) => text,
    });
}
