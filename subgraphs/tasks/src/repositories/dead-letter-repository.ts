import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In } from 'typeorm';
import { type DeadLetter, DeadLetterSchema, type DeadLetterSummary } from '../entities/dead-letter.entity.ts';

/** Which letters to list; all conditions hold. */
export interface DeadLetterFilter {
  readonly cause?: readonly string[] | undefined;
  readonly replayed?: boolean | undefined;
}

/** A page of rows, one more than asked for when there is a next page, and the count of all. */
export interface DeadLetterPage {
  readonly rows: readonly DeadLetterSummary[];
  readonly total: number;
}

/** Dead letters of one workspace; nothing outside of it can be read or written through it. */
export interface DeadLetterRepository {
  readonly find: (ids: readonly string[]) => Promise<DeadLetterSummary[]>;
  /** With payload. Locks the rows until the transaction ends; in the order in which they died. */
  readonly findForUpdate: (ids: readonly string[]) => Promise<DeadLetter[]>;
  /** Newest first. */
  readonly list: (filter: DeadLetterFilter, page: Page) => Promise<DeadLetterPage>;
  readonly markReplayed: (
    ids: readonly string[],
    replay: Pick<DeadLetter, 'replayedAt' | 'replayedById'>,
  ) => Promise<void>;
}

/** Stores a letter of any workspace; false when it is there already. */
export async function keepDeadLetter(tx: EntityManager, letter: DeadLetter): Promise<boolean> {
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(DeadLetterSchema)
    .values(letter)
    .orIgnore()
    .returning('id')
    .execute();
  return Array.isArray(inserted.raw) && inserted.raw.length > 0;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function deadLetterRepository(tx: EntityManager, workspaceId: string): DeadLetterRepository {
  return {
    find: (ids) => tx.findBy(DeadLetterSchema, { workspaceId, id: In([...ids]) }),
    findForUpdate: (ids) =>
      tx
        .createQueryBuilder(DeadLetterSchema, 'd')
        .addSelect('d.payload')
        .where({ workspaceId, id: In([...ids]) })
        .orderBy({ 'd.at': 'ASC', 'd.id': 'ASC' })
        .setLock('pessimistic_write')
        .getMany(),
    list: async ({ cause, replayed }, page) => {
      const query = tx.createQueryBuilder(DeadLetterSchema, 'd').where({ workspaceId });
      // An empty list of alternatives is met by nothing.
      if (cause !== undefined) query.andWhere('d.cause = ANY(:cause)', { cause });
      if (replayed !== undefined) query.andWhere(`d.replayedAt IS ${replayed ? 'NOT NULL' : 'NULL'}`);
      const total = await query.getCount();
      if (page.after !== undefined) {
        const [at, id] = page.after;
        query.andWhere('(d.at, d.id) < (:at::timestamptz, :id)', { at, id });
      }
      const rows = await query
        .orderBy({ 'd.at': 'DESC', 'd.id': 'DESC' })
        .take(page.limit + 1)
        .getMany();
      return { rows, total };
    },
    markReplayed: async (ids, replay) => {
      await tx.update(DeadLetterSchema, { workspaceId, id: In([...ids]) }, replay);
    },
  };
}
