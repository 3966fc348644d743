import { markStale, tenantKey } from '@hoerok/shared/cache';
import { type EntityManager, In } from 'typeorm';
import { type SectionVerdict, SectionVerdictSchema } from '../entities/section-verdict.entity.ts';
import { VERDICTS } from './transcript-families.ts';

/** Verdicts of one workspace; nothing outside of it can be read or written through it. */
export interface VerdictRepository {
  /** Every verdict ever given on these sections, oldest first. */
  readonly of: (sectionIds: readonly string[]) => Promise<SectionVerdict[]>;
  /** One verdict per verifier and revision: a second one replaces the first. */
  readonly save: (verdict: SectionVerdict) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function verdictRepository(tx: EntityManager, workspaceId: string): VerdictRepository {
  return {
    of: (sectionIds) =>
      tx.find(SectionVerdictSchema, {
        where: { workspaceId, sectionId: In([...sectionIds]) },
        order: { at: 'ASC', id: 'ASC' },
      }),
    save: async (verdict) => {
      markStale(tx, VERDICTS, [tenantKey(workspaceId, verdict.sectionId)]);
      await tx
        .createQueryBuilder()
        .insert()
        .into(SectionVerdictSchema)
        .values(verdict)
        .orUpdate(['verdict', 'comment', 'at'], ['section_id', 'revision', 'verifier_id'])
        .execute();
    },
  };
}
