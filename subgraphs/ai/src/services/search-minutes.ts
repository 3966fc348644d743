import type { Viewer } from '@hoerok/shared/auth';
import type { Page } from '@hoerok/shared/graphql';
import { type HitPage, type ParsedSearch, searchPage } from '@hoerok/shared/search';
import type { EntityManager } from 'typeorm';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { type MinutesSearchFilter, searchedItems } from '../repositories/minutes-search.ts';

/** What to find, where, and which page of it. */
export interface WantedItems {
  readonly search: ParsedSearch;
  readonly filter: MinutesSearchFilter;
  readonly page: Page;
}

/** Finds items in the newest minutes of the meetings that a viewer may see. */
export function createSearchMinutes(deps: {
  readonly manager: EntityManager;
}): (viewer: Viewer, wanted: WantedItems) => Promise<HitPage<MinutesItem>> {
  return async (viewer, { search, filter, page }) =>
    await searchPage(deps.manager, search, {
      ...searchedItems(viewer, filter),
      page,
      load: minutesRepository(deps.manager, viewer.workspaceId).findItems,
      textOf: ({ text }) => text,
    });
}
