import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { onSettled } from '../database/index.ts';
import type { Lane } from './task-kind.ts';
import type { TaskRow } from './task-row.ts';

/** The workers of one kind and lane in this process, as those who accept tasks see them. */
export interface LocalLane {
  readonly leaseMs: number;
  /** Takes a free slot, if there is one and nothing in the queue would go first. */
  readonly take: () => boolean;
  readonly release: () => void;
  /** Works on a row that holds a lease with the token, in a slot that was taken; the slot is released in the end. */
  readonly start: (row: TaskRow, token: string) => void;
}

/** A slot that waits for the task which is being accepted. */
export interface EagerStart {
  readonly token: string;
  readonly leaseMs: number;
  /** The row holds the lease: it is worked on as soon as the transaction has committed. */
  readonly begin: (row: TaskRow) => void;
}

const local = new WeakMap<DataSource, Map<string, LocalLane>>();

/** Offers the workers of this process to the tasks that it accepts into `dataSource`. @returns takes the offer back. */
export function offerEagerStarts(
  dataSource: DataSource,
  address: { readonly kind: string; readonly lane: Lane },
  lane: LocalLane,
): () => void {
  const lanes = local.get(dataSource) ?? new Map<string, LocalLane>();
  local.set(dataSource, lanes);
  const key = keyOf(address.kind, address.lane);
  lanes.set(key, lane);
  return () => {
    if (lanes.get(key) === lane) lanes.delete(key);
  };
}

/**
 * A slot of this process for a task that `tx` accepts, or null: then the task goes through the queue. The slot is free
 * again when the transaction rolls back, or commits without {@link EagerStart.begin}.
 */
export function reserveEagerStart(tx: EntityManager, kind: string, lane: Lane): EagerStart | null {
  const workers = local.get(tx.dataSource)?.get(keyOf(kind, lane));
  if (workers === undefined || !workers.take()) return null;
  const token = randomUUID();
  let begun: TaskRow | undefined;
  const listens = onSettled(tx, (committed) => {
    if (committed && begun !== undefined) workers.start(begun, token);
    else workers.release();
  });
  if (!listens) {
    workers.release();
    return null;
  }
  return {
    token,
    leaseMs: workers.leaseMs,
    begin: (row) => {
      begun = row;
    },
  };
}

function keyOf(kind: string, lane: Lane): string {
  return `${kind}/${lane}`;
}
