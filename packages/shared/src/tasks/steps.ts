import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Transact } from '../database/index.ts';
import { PermanentError } from '../errors/index.ts';
import { faultPoint } from '../faults/index.ts';
import type { Job } from './task-kind.ts';
import { FencedError, type Holder } from './transitions.ts';

/** The checkpoints of one attempt. */
export interface Steps {
  readonly run: Job<unknown>['step'];
  /** Whether this attempt has taken any. */
  readonly taken: () => boolean;
  /** Drops what the steps of the task have stored, in the transaction that completes it. */
  readonly forget: (tx: EntityManager) => Promise<void>;
}

/** Binds the checkpoints of a task to the attempt that holds it: whoever has lost the lease neither works nor stores. */
export function createSteps(
  deps: { readonly transact: Transact },
  holder: Holder,
  signal: AbortSignal,
): Steps {
  let used = false;
  return {
    run: async (name, schema, work) => {
      signal.throwIfAborted();
      used = true;
      const stored = await deps.transact((tx) => findStep(tx, holder, name), { single: true });
      // What was stored for an older version of the step is made again.
      const known = stored === null ? undefined : schema.safeParse(stored.result);
      if (known?.success === true) return known.data;
      const json = JSON.stringify(await work());
      const made = readBack(name, schema, json);
      faultPoint('task:before-step');
      await deps.transact((tx) => storeStep(tx, holder, { name, json }), { single: true });
      faultPoint('task:after-step');
      return made;
    },
    taken: () => used,
    forget: async (tx) => {
      if (used) await tx.query('DELETE FROM task_step WHERE task_id = $1', [holder.taskId]);
    },
  };
}

/** The first attempt goes on with what a later one would read, so that both see the same. */
function readBack<T>(name: string, schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (error) {
    // What it made may be anybody's text: it goes to the log as the cause, not to clients.
    throw new PermanentError('INTERNAL', `Step ${name} made what does not fit its schema.`, { cause: error });
  }
}

/** @throws FencedError before anything is paid for in vain. */
async function findStep(
  tx: EntityManager,
  holder: Holder,
  name: string,
): Promise<{ readonly result: unknown } | null> {
  const [row]: { found: boolean; result: unknown }[] = await tx.query(
    `SELECT s.task_id IS NOT NULL AS found, s.result
     FROM task t LEFT JOIN task_step s ON s.task_id = t.id AND s.step = $3
     WHERE t.id = $1 AND t.lease_token = $2 AND t.state = 'PROCESSING'`,
    [holder.taskId, holder.token, name],
  );
  if (row === undefined) throw new FencedError(holder.taskId);
  return row.found ? { result: row.result } : null;
}

async function storeStep(
  tx: EntityManager,
  holder: Holder,
  step: { readonly name: string; readonly json: string },
): Promise<void> {
  // The lock keeps another worker from taking the task over until this has committed.
  const stored: unknown[] = await tx.query(
    `INSERT INTO task_step (task_id, step, result)
     SELECT id, $3, $4::jsonb FROM task WHERE id = $1 AND lease_token = $2 AND state = 'PROCESSING' FOR SHARE
     ON CONFLICT (task_id, step) DO UPDATE SET result = excluded.result
     RETURNING step`,
    [holder.taskId, holder.token, step.name, step.json],
  );
  if (stored.length === 0) throw new FencedError(holder.taskId);
}
