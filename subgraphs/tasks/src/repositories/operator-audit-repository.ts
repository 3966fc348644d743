import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Page } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { type OperatorAudit, OperatorAuditSchema } from '../entities/operator-audit.entity.ts';

/** A page of rows, one more than asked for when there is a next page, and the count of all. */
export interface AuditPage {
  readonly rows: readonly OperatorAudit[];
  readonly total: number;
}

/** Writes down, in the transaction of the deed, what a person did. */
export async function recordDeed(
  tx: EntityManager,
  viewer: UserViewer,
  deed: Pick<OperatorAudit, 'action' | 'outcome' | 'at'> & { readonly targetIds: readonly string[] },
): Promise<void> {
  const { userId: actorId, workspaceId } = viewer;
  const row = { ...deed, id: randomUUIDv7(), workspaceId, actorId, targetIds: [...deed.targetIds] };
  await tx.insert(OperatorAuditSchema, row);
}

/** Deeds of a workspace, newest first. */
export async function listDeeds(tx: EntityManager, workspaceId: string, page: Page): Promise<AuditPage> {
  const query = tx.createQueryBuilder(OperatorAuditSchema, 'a').where({ workspaceId });
  const total = await query.getCount();
  if (page.after !== undefined) {
    const [at, id] = page.after;
    query.andWhere('(a.at, a.id) < (:at::timestamptz, :id)', { at, id });
  }
  const rows = await query
    .orderBy({ 'a.at': 'DESC', 'a.id': 'DESC' })
    .take(page.limit + 1)
    .getMany();
  return { rows, total };
}
