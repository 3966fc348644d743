import { insertRows } from '@hoerok/shared/database';
import type { Page } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { type ValidationFinding, ValidationFindingSchema } from '../entities/validation-finding.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import { type OwnedTable, pagesOfOwners } from './pages-of-owners.ts';

/** What validations found in one workspace; nothing outside of it can be read or written through it. */
export interface FindingRepository {
  /** The same page of several tasks, in the order of the meeting. */
  readonly pagesOf: (taskIds: readonly string[], page: Page) => Promise<OwnedPage<ValidationFinding>[]>;
  readonly insert: (findings: readonly ValidationFinding[]) => Promise<void>;
}

const OF_TASKS: OwnedTable<ValidationFinding> = {
  schema: ValidationFindingSchema,
  table: 'validation_finding',
  ownerColumn: 'task_id',
  ownerOf: ({ taskId }) => taskId,
  placeColumn: 'place',
  placeType: 'integer',
  placeField: 'place',
};

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function findingRepository(tx: EntityManager, workspaceId: string): FindingRepository {
  return {
    pagesOf: (ownerIds, page) => pagesOfOwners(tx, OF_TASKS, { workspaceId, ownerIds, page }),
    insert: (findings) => insertRows(tx, ValidationFindingSchema, findings),
  };
}
