import { hiddenMeetingSql } from '@hoerok/shared/access';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, type FindOptionsWhere, In, LessThan, Raw } from 'typeorm';
import type { Channel } from '../domain/preferences.ts';
import { type Delivery, DeliverySchema } from '../entities/delivery.entity.ts';

/** Which deliveries to take. */
export interface Claiming {
  readonly channel: Channel;
  readonly limit: number;
  readonly now: Date;
  /** From then on it may be taken by somebody else. */
  readonly until: Date;
  /** Names the taker. */
  readonly claim: string;
  /** Endpoints that this process is calling now. */
  readonly busyEndpoints: readonly string[];
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  readonly state?: Delivery['state'];
  readonly channel?: Channel;
  readonly endpointId?: string;
}

/** What is to be sent, in all workspaces: for the workers. */
export interface DeliveryRepository {
  /** Stores those whose event or digest was not stored before. */
  readonly insert: (deliveries: readonly Delivery[]) => Promise<void>;
  /** Takes what is due, one at most for each endpoint, and counts an attempt. */
  readonly claim: (claiming: Claiming) => Promise<Delivery[]>;
  /** Changes a delivery if it is still in the hands of who claimed it. False when it is not, or is gone. */
  readonly settle: (delivery: Delivery, changes: Partial<Delivery>) => Promise<boolean>;
  /** Changes what waits for a digest, or was told by it. */
  readonly settleHeld: (
    digestId: string,
    changes: Partial<Delivery>,
    ids?: readonly string[],
  ) => Promise<void>;
  /** What a digest has to tell, without what belongs to hidden meetings. */
  readonly heldFor: (digestId: string) => Promise<Delivery[]>;
  /** Has a digest tell once more of what it told, or could not tell. */
  readonly holdAgain: (digestId: string) => Promise<void>;
  readonly digestOf: (recipientId: string, digestDay: string) => Promise<Delivery | null>;
  readonly exists: (id: string) => Promise<boolean>;
  /** Ids among those of meetings that are hidden. */
  readonly hiddenAmong: (meetingIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Counts up to `limit` of those that wait: of an endpoint, or to people of a workspace. */
  readonly countWaiting: (
    queue: { readonly workspaceId: string; readonly endpointId: string | null },
    limit: number,
  ) => Promise<number>;
  /** Ends what waits for an endpoint. */
  readonly suppressOfEndpoint: (endpointId: string, error: string) => Promise<void>;
}

// One at a time for each endpoint: one that hangs holds up its own deliveries and nobody else's.
const CLAIM = `
  UPDATE delivery SET claim = $4, attempts = attempts + 1, next_attempt_at = $5 WHERE id IN (
    SELECT id FROM delivery WHERE id IN (
      SELECT DISTINCT ON (coalesce(endpoint_id, id)) id FROM (
        SELECT id, endpoint_id, next_attempt_at FROM delivery
        WHERE channel = $1 AND state = 'PENDING' AND next_attempt_at <= $2
          AND (endpoint_id IS NULL OR endpoint_id <> ALL($6))
        ORDER BY next_attempt_at LIMIT 200) due
      ORDER BY coalesce(endpoint_id, id), next_attempt_at)
    AND state = 'PENDING' AND next_attempt_at <= $2 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
  RETURNING id`;

/** Binds the queries to a transaction, or the manager. */
export function deliveryRepository(tx: EntityManager): DeliveryRepository {
  return {
    insert: async (deliveries) => {
      if (deliveries.length === 0) return;
      await tx
        .createQueryBuilder()
        .insert()
        .into(DeliverySchema)
        .values([...deliveries])
        .orIgnore()
        .execute();
    },
    claim: async ({ channel, limit, now, until, claim, busyEndpoints }) => {
      const parameters = [channel, now, limit, claim, until, [...busyEndpoints]];
      const [rows]: [{ id: string }[], number] = await tx.query(CLAIM, parameters);
      return rows.length === 0 ? [] : await tx.findBy(DeliverySchema, { id: In(rows.map(({ id }) => id)) });
    },
    settle: async ({ id, claim }, changes) => {
      const { affected } = await tx.update(
        DeliverySchema,
        { id, claim: claim ?? '' },
        { claim: null, ...changes },
      );
      return affected === 1;
    },
    settleHeld: async (digestId, changes, ids) => {
      const which = ids === undefined ? {} : { id: In([...ids]) };
      await tx.update(DeliverySchema, { digestId, state: 'PENDING', ...which }, changes);
    },
    holdAgain: async (digestId) => {
      await tx.update(DeliverySchema, { digestId, state: In(['FAILED', 'SPOOLED']) }, { state: 'PENDING' });
    },
    heldFor: (digestId) =>
      tx.find(DeliverySchema, {
        where: { digestId, state: 'PENDING', meetingId: SHOWN },
        order: { id: 'ASC' },
      }),
    digestOf: (recipientId, digestDay) => tx.findOneBy(DeliverySchema, { recipientId, digestDay }),
    exists: (id) => tx.existsBy(DeliverySchema, { id }),
    hiddenAmong: async (meetingIds) => {
      const sql = 'SELECT meeting_id FROM meeting_erasure WHERE meeting_id = ANY($1) AND erased_at IS NULL';
      const rows: { meeting_id: string }[] =
        meetingIds.length === 0 ? [] : await tx.query(sql, [[...meetingIds]]);
      return new Set(rows.map((row) => row.meeting_id));
    },
    countWaiting: async ({ workspaceId, endpointId }, limit) => {
      const [row]: { waiting: number }[] = await tx.query(
        `SELECT count(*)::integer AS waiting FROM (
           SELECT 1 FROM delivery WHERE workspace_id = $1 AND channel = ANY($2) AND state = 'PENDING'
             AND endpoint_id IS NOT DISTINCT FROM $3 LIMIT $4) waiting`,
        [workspaceId, endpointId === null ? ['EMAIL', 'SMS'] : ['WEBHOOK'], endpointId, limit],
      );
      return row?.waiting ?? 0;
    },
    suppressOfEndpoint: async (endpointId, lastError) => {
      const ended = { state: 'SUPPRESSED', lastError, nextAttemptAt: null, claim: null } as const;
      await tx.update(DeliverySchema, { endpointId, state: 'PENDING' }, ended);
    },
  };
}

const SHOWN = Raw((column) => `NOT ${hiddenMeetingSql(column)}`);

/** The deliveries of one workspace, for its operators, without those of hidden meetings. */
export interface DeliveryLog {
  /** Newest first; up to `page.limit + 1` rows. */
  readonly list: (filter: DeliveryFilter, page: Page) => Promise<Delivery[]>;
  readonly count: (filter: DeliveryFilter) => Promise<number>;
  readonly find: (id: string) => Promise<Delivery | null>;
  /** Those of notifications, in the same order for all of them. */
  readonly ofNotifications: (notificationIds: readonly string[]) => Promise<Delivery[]>;
  /** Has it sent again. False when it waits or was taken by its receiver. */
  readonly restart: (id: string, now: Date) => Promise<boolean>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function deliveryLogOf(tx: EntityManager, workspaceId: string): DeliveryLog {
  const where = (filter: DeliveryFilter): FindOptionsWhere<Delivery> => ({
    workspaceId,
    meetingId: SHOWN,
    ...filter,
  });
  return {
    list: (filter, { after, limit }) =>
      tx.find(DeliverySchema, {
        where: { ...where(filter), ...(after === undefined ? {} : { id: LessThan(after[0] ?? '') }) },
        order: { id: 'DESC' },
        take: limit + 1,
      }),
    count: (filter) => tx.countBy(DeliverySchema, where(filter)),
    find: (id) => tx.findOneBy(DeliverySchema, { ...where({}), id }),
    ofNotifications: (notificationIds) =>
      tx.find(DeliverySchema, {
        where: { ...where({}), notificationId: In([...notificationIds]) },
        order: { channel: 'ASC' },
      }),
    restart: async (id, now) => {
      const ended = In(['FAILED', 'SUPPRESSED', 'SPOOLED']);
      const again = { state: 'PENDING', attempts: 0, dueAt: now, nextAttemptAt: now, claim: null } as const;
      const { affected } = await tx.update(DeliverySchema, { workspaceId, id, state: ended }, again);
      return affected === 1;
    },
  };
}
