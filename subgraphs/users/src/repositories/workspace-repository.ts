import type { EntityManager } from 'typeorm';
import { type Workspace, WorkspaceSchema } from '../entities/workspace.entity.ts';

/** Workspaces, each by its own id. */
export interface WorkspaceRepository {
  readonly find: (id: string) => Promise<Workspace | null>;
  readonly insert: (workspace: Workspace) => Promise<void>;
  /** Locks the row until the transaction ends: changes of roles in one workspace go one after the other. */
  readonly lock: (id: string) => Promise<void>;
}

/** Binds the queries to a transaction or the manager. */
export function workspaceRepository(tx: EntityManager): WorkspaceRepository {
  return {
    find: (id) => tx.findOneBy(WorkspaceSchema, { id }),
    insert: async (workspace) => void (await tx.insert(WorkspaceSchema, workspace)),
    lock: async (id) =>
      void (await tx.findOne(WorkspaceSchema, { where: { id }, lock: { mode: 'for_no_key_update' } })),
  };
}
