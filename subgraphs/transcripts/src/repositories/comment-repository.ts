import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In } from 'typeorm';
import { type SectionComment, SectionCommentSchema } from '../entities/section-comment.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import { type OwnedTable, pagesOfOwners } from './pages-of-owners.ts';

/** Comments of one workspace; nothing outside of it can be read or written through it. */
export interface CommentRepository {
  readonly find: (id: string) => Promise<SectionComment | null>;
  /** The same page of several sections, oldest first. */
  readonly pagesOf: (sectionIds: readonly string[], page: Page) => Promise<OwnedPage<SectionComment>[]>;
  readonly insert: (comment: SectionComment) => Promise<void>;
  readonly update: (comment: SectionComment) => Promise<void>;
  /** Comments on these segments go with them into another section. */
  readonly move: (segmentIds: readonly string[], sectionId: string) => Promise<void>;
}

const OF_SECTIONS: OwnedTable<SectionComment> = {
  schema: SectionCommentSchema,
  table: 'section_comment',
  ownerColumn: 'section_id',
  ownerOf: ({ sectionId }) => sectionId,
  placeColumn: 'id',
  placeType: 'text',
  placeField: 'id',
};

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function commentRepository(tx: EntityManager, workspaceId: string): CommentRepository {
  return {
    find: (id) => tx.findOneBy(SectionCommentSchema, { workspaceId, id }),
    pagesOf: (ownerIds, page) => pagesOfOwners(tx, OF_SECTIONS, { workspaceId, ownerIds, page }),
    insert: async (comment) => void (await tx.insert(SectionCommentSchema, comment)),
    update: async (comment) =>
      void (await tx.update(SectionCommentSchema, { id: comment.id, workspaceId }, comment)),
    move: async (segmentIds, sectionId) =>
      void (await tx.update(
        SectionCommentSchema,
        { workspaceId, segmentId: In([...segmentIds]) },
        { sectionId },
      )),
  };
}
