import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/index.ts';

/** How much expensive work a workspace may ask for in a day. */
export interface Quota {
  /**
   * Takes from what the workspace has left today. It commits with the work that it pays for, so call it last in the
   * transaction: others of the workspace wait from here to the commit.
   * @throws AppError `QUOTA_EXCEEDED` with `resetsAt` and `retryAfterSeconds`; nothing is taken.
   */
  readonly take: (tx: EntityManager, workspaceId: string, amount?: number) => Promise<void>;
}

/** Options of {@link createQuota}. */
export interface QuotaOptions {
  /** Of one kind of work in the service's database, for example `imports`. */
  readonly name: string;
  /** Days are those of UTC, by the clock of the database; 0 does not limit. */
  readonly perDay: number;
}

/** A day's use stays for as long as somebody may ask about it. */
const KEPT_DAYS = 7;

const TAKE = `
  WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day),
  forgotten AS (
    DELETE FROM quota_use WHERE workspace_id = $1 AND quota = $2 AND day < (SELECT day FROM today) - $5::integer
  )
  INSERT INTO quota_use AS known (workspace_id, quota, day, used)
  SELECT $1, $2, day, $3::integer FROM today WHERE $3::integer <= $4::integer
  ON CONFLICT (workspace_id, quota, day) DO UPDATE SET used = known.used + excluded.used
    WHERE known.used + excluded.used <= $4
  RETURNING used`;

/** A quota that the service's own database counts: exact with any number of replicas, and whether Redis is up or not. */
export function createQuota({ name, perDay }: QuotaOptions): Quota {
  return {
    take: async (tx, workspaceId, amount = 1) => {
      if (perDay === 0) return;
      const taken: unknown[] = await tx.query(TAKE, [workspaceId, name, amount, perDay, KEPT_DAYS]);
      if (taken.length === 0) throw await exceeded(tx, perDay);
    },
  };
}

async function exceeded(tx: EntityManager, perDay: number): Promise<AppError> {
  const [{ resets_at: resetsAt, seconds } = { resets_at: new Date(), seconds: 1 }]: {
    resets_at: Date;
    seconds: number;
  }[] = await tx.query(`
    SELECT resets_at, ceil(extract(epoch FROM resets_at - now()))::integer AS seconds
    FROM (SELECT date_trunc('day', now(), 'UTC') + interval '1 day' AS resets_at) AS tomorrow`);
  const message = `This workspace may ask for ${perDay} of these a day; there are more tomorrow (UTC).`;
  return new AppError('QUOTA_EXCEEDED', message, {
    retryable: true,
    logLevel: 'debug',
    extensions: { resetsAt: resetsAt.toISOString(), retryAfterSeconds: seconds },
  });
}
