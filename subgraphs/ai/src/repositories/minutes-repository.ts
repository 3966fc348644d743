import { holdName, insertRows } from '@hoerok/shared/database';
import { type DataSource, type EntityManager, In } from 'typeorm';
import { type Evidence, EvidenceSchema } from '../entities/evidence.entity.ts';
import { type Keyword, KeywordSchema } from '../entities/keyword.entity.ts';
import { type Minutes, MinutesSchema } from '../entities/minutes.entity.ts';
import { type MinutesItem, MinutesItemSchema } from '../entities/minutes-item.entity.ts';

/** Minutes with everything that belongs to them. */
export interface WholeMinutes {
  readonly minutes: Minutes;
  readonly items: readonly MinutesItem[];
  readonly evidence: readonly Evidence[];
  readonly keywords: readonly Keyword[];
}

/**
 * Minutes of one workspace. `evidenceOf` and `keywordsOf` take ids that one of the other questions answered; who may see
 * the meeting is asked elsewhere.
 */
export interface MinutesRepository {
  readonly find: (ids: readonly string[]) => Promise<Minutes[]>;
  /** The newest of each meeting. */
  readonly newestOfMeetings: (meetingIds: readonly string[]) => Promise<Minutes[]>;
  /** The newest of each transcript. */
  readonly newestOfTranscripts: (transcriptIds: readonly string[]) => Promise<Minutes[]>;
  /** All of one transcript. */
  readonly ofTranscript: (transcriptId: string) => Promise<Minutes[]>;
  /** Which minutes each of our finished tasks made. */
  readonly madeByTasks: (
    taskIds: readonly string[],
  ) => Promise<{ readonly taskId: string; readonly minutesId: string }[]>;
  /** In their order within each kind. */
  readonly itemsOf: (minutesIds: readonly string[]) => Promise<MinutesItem[]>;
  readonly findItems: (ids: readonly string[]) => Promise<MinutesItem[]>;
  /** Locks the rows, in one order, until the transaction ends. */
  readonly findItemsForUpdate: (ids: readonly string[]) => Promise<MinutesItem[]>;
  /** Locks the minutes and all their items until the transaction ends; null when they are gone. */
  readonly findWholeForUpdate: (
    id: string,
  ) => Promise<{ readonly minutes: Minutes; readonly items: readonly MinutesItem[] } | null>;
  readonly updateItem: (item: MinutesItem) => Promise<void>;
  readonly evidenceOf: (itemIds: readonly string[]) => Promise<Evidence[]>;
  readonly keywordsOf: (minutesIds: readonly string[]) => Promise<Keyword[]>;
  /** The revision that the next minutes of a meeting get; nobody else gets it before the transaction ends. */
  readonly nextRevision: (meetingId: string) => Promise<number>;
  readonly insert: (whole: WholeMinutes) => Promise<void>;
  /** Into minutes that are there. */
  readonly insertItems: (items: readonly MinutesItem[], evidence: readonly Evidence[]) => Promise<void>;
  /** Stores items that were in other minutes; `renewed` takes the place of the evidence of those it is of. */
  readonly moveItems: (items: readonly MinutesItem[], renewed: readonly Evidence[]) => Promise<void>;
  /** With their evidence. */
  readonly deleteItems: (ids: readonly string[]) => Promise<void>;
  /** With their items, evidence and keywords. */
  readonly delete: (id: string) => Promise<void>;
  /** As delete does. */
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function minutesRepository(tx: EntityManager, workspaceId: string): MinutesRepository {
  const newest = (owner: 'meetingId' | 'transcriptId', ids: readonly string[]): Promise<Minutes[]> =>
    tx
      .createQueryBuilder(MinutesSchema, 'm')
      .distinctOn([`m.${owner}`])
      .where({ workspaceId, [owner]: In([...ids]) })
      .orderBy({ [`m.${owner}`]: 'ASC', 'm.revision': 'DESC' })
      .getMany();
  return {
    find: (ids) => tx.findBy(MinutesSchema, { workspaceId, id: In([...ids]) }),
    newestOfMeetings: (meetingIds) => newest('meetingId', meetingIds),
    newestOfTranscripts: (transcriptIds) => newest('transcriptId', transcriptIds),
    ofTranscript: (transcriptId) => tx.findBy(MinutesSchema, { workspaceId, transcriptId }),
    madeByTasks: (taskIds) =>
      tx.query(
        `SELECT id AS "taskId", result ->> 'minutesId' AS "minutesId" FROM task
         WHERE workspace_id = $1 AND id = ANY($2) AND kind IN ('MINUTES', 'SCHEDULE') AND state = 'COMPLETED'`,
        [workspaceId, [...taskIds]],
      ),
    itemsOf: (minutesIds) =>
      tx.find(MinutesItemSchema, {
        where: { workspaceId, minutesId: In([...minutesIds]) },
        order: { position: 'ASC' },
      }),
    findItems: (ids) => tx.findBy(MinutesItemSchema, { workspaceId, id: In([...ids]) }),
    findItemsForUpdate: (ids) =>
      tx.find(MinutesItemSchema, {
        where: { id: In([...ids]), workspaceId },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      }),
    findWholeForUpdate: async (id) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const minutes = await tx.findOne(MinutesSchema, { where: { id, workspaceId }, lock });
      if (minutes === null) return null;
      const where = { minutesId: id, workspaceId };
      return { minutes, items: await tx.find(MinutesItemSchema, { where, order: { id: 'ASC' }, lock }) };
    },
    evidenceOf: (itemIds) =>
      tx.find(EvidenceSchema, { where: { itemId: In([...itemIds]) }, order: { position: 'ASC' } }),
    keywordsOf: (minutesIds) =>
      tx.find(KeywordSchema, { where: { minutesId: In([...minutesIds]) }, order: { position: 'ASC' } }),
    nextRevision: async (meetingId) => {
      await holdName(tx, `minutes of ${meetingId}`);
      return ((await tx.maximum(MinutesSchema, 'revision', { meetingId })) ?? 0) + 1;
    },
    ...changesOf(tx, workspaceId),
  };
}

type Changes =
  | 'updateItem'
  | 'delete'
  | 'deleteOfMeeting'
  | 'insertItems'
  | 'moveItems'
  | 'deleteItems'
  | 'insert';

function changesOf(tx: EntityManager, workspaceId: string): Pick<MinutesRepository, Changes> {
  const updateItem = async (item: MinutesItem): Promise<void> =>
    void (await tx.update(MinutesItemSchema, { id: item.id, workspaceId }, item));
  return {
    updateItem,
    delete: async (id) => void (await tx.delete(MinutesSchema, { id, workspaceId })),
    deleteOfMeeting: async (meetingId) => void (await tx.delete(MinutesSchema, { workspaceId, meetingId })),
    insertItems: (items, evidence) => insertItems(tx, items, evidence),
    moveItems: async (items, renewed) => {
      for (const item of items) await updateItem(item);
      await replaceEvidence(tx, renewed);
    },
    deleteItems: async (ids) => void (await tx.delete(MinutesItemSchema, { id: In([...ids]), workspaceId })),
    insert: async ({ minutes, items, evidence, keywords }) => {
      await tx.insert(MinutesSchema, minutes);
      await insertItems(tx, items, evidence);
      await insertRows(tx, KeywordSchema, keywords);
    },
  };
}

/** Minutes with all that belongs to them, as one moment had them; null when the workspace has none with this id. */
export async function findWholeMinutes(
  dataSource: DataSource,
  workspaceId: string,
  id: string,
): Promise<WholeMinutes | null> {
  return await dataSource.transaction('REPEATABLE READ', async (tx) => {
    const repository = minutesRepository(tx, workspaceId);
    const [minutes] = await repository.find([id]);
    if (minutes === undefined) return null;
    const items = await repository.itemsOf([id]);
    const evidence = await repository.evidenceOf(items.map((item) => item.id));
    return { minutes, items, evidence, keywords: await repository.keywordsOf([id]) };
  });
}

async function insertItems(
  tx: EntityManager,
  items: readonly MinutesItem[],
  evidence: readonly Evidence[],
): Promise<void> {
  await insertRows(tx, MinutesItemSchema, items);
  await insertRows(tx, EvidenceSchema, evidence);
}

async function replaceEvidence(tx: EntityManager, renewed: readonly Evidence[]): Promise<void> {
  const itemIds = [...new Set(renewed.map(({ itemId }) => itemId))];
  if (itemIds.length > 0) await tx.delete(EvidenceSchema, { itemId: In(itemIds) });
  await insertRows(tx, EvidenceSchema, renewed);
}
