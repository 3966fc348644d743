import type { EntityManager } from 'typeorm';
import type { DoomedFile } from '../entities/doomed-file.entity.ts';

/** Files of recordings that are gone, of all workspaces. */
export interface DoomedFileRepository {
  /** Those that may be deleted by now, at most 20. */
  readonly due: () => Promise<Pick<DoomedFile, 'id' | 'storageState'>[]>;
  readonly forget: (id: string) => Promise<void>;
  /** Tries it again in five minutes. */
  readonly postpone: (id: string) => Promise<void>;
}

/** Binds the queries to a manager. */
export function doomedFileRepository(tx: EntityManager): DoomedFileRepository {
  return {
    due: () =>
      tx.query(
        `SELECT id, storage_state AS "storageState" FROM doomed_file WHERE due_at <= now() ORDER BY due_at LIMIT 20`,
      ),
    forget: async (id) => void (await tx.query('DELETE FROM doomed_file WHERE id = $1', [id])),
    postpone: async (id) =>
      void (await tx.query(`UPDATE doomed_file SET due_at = now() + interval '5 minutes' WHERE id = $1`, [
        id,
      ])),
  };
}
