import { createLoader, type Loader, type Page } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { SectionComment } from './entities/section-comment.entity.ts';
import type { SegmentEdit } from './entities/segment-edit.entity.ts';
import type { TranscriptNote } from './entities/transcript-note.entity.ts';
import type { ValidationFinding } from './entities/validation-finding.entity.ts';
import { commentRepository } from './repositories/comment-repository.ts';
import { findingRepository } from './repositories/finding-repository.ts';
import { noteRepository } from './repositories/note-repository.ts';
import type { OwnedPage } from './repositories/owned-page.ts';
import { segmentEditRepository } from './repositories/segment-edit-repository.ts';

/** The same page asked of many owners, read at once. */
export type PageReads<T> = (page: Page) => Loader<OwnedPage<T>>;

/** What was done and said, in pages; the owners have to be ones that the viewer may see. */
export interface HistoryReads {
  /** By segment. */
  readonly editPages: PageReads<SegmentEdit>;
  /** By section. */
  readonly commentPages: PageReads<SectionComment>;
  /** By transcript. */
  readonly notePages: PageReads<TranscriptNote>;
  /** By task. */
  readonly findingPages: PageReads<ValidationFinding>;
}

/** Builds the loaders of one request. */
export function createHistoryReads(tx: EntityManager, workspaceId: string): HistoryReads {
  return {
    editPages: pagesFrom(segmentEditRepository(tx, workspaceId).pagesOf),
    commentPages: pagesFrom(commentRepository(tx, workspaceId).pagesOf),
    notePages: pagesFrom(noteRepository(tx, workspaceId).pagesOf),
    findingPages: pagesFrom(findingRepository(tx, workspaceId).pagesOf),
  };
}

function pagesFrom<T>(
  pagesOf: (ownerIds: readonly string[], page: Page) => Promise<OwnedPage<T>[]>,
): PageReads<T> {
  const loaders = new Map<string, Loader<OwnedPage<T>>>();
  return (page) => {
    const key = JSON.stringify(page);
    const loader =
      loaders.get(key) ??
      createLoader<OwnedPage<T>>(
        (ownerIds) => pagesOf(ownerIds, page),
        ({ ownerId }) => ownerId,
      );
    loaders.set(key, loader);
    return loader;
  };
}
