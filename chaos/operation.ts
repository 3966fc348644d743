/**
 * The service that the fault runner breaks: an operation is accepted together with its task and its event; the task
 * leaves one row in `effect` and tells of it; a read model is made of both events: all of them in `projection`, the newest
 * in `latest`. Neither `effect` nor `projection` has a key that would hide a duplicate.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { defineEvent } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { type EventSubscription, onEvent } from '@hoerok/shared/events';
import { addEvent } from '@hoerok/shared/outbox';
import { DEFAULT_TASK_POLICY, defineTask, type TaskDefinition } from '@hoerok/shared/tasks';
import { z } from 'zod';

export const SERVICE = 'chaos';
export const WORKSPACE = 'w-1';
/** What the ids of operations begin with that a fault makes on purpose; they count in no invariant. */
export const POISON = 'poison-';
/** Short, so that a run sees what happens after it. */
export const LEASE_MS = 2_500;
/** That of the events. */
export const ACK_WAIT_MS = 3_000;

export const TABLES = `
  CREATE TABLE operation (id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE effect (op text NOT NULL, grade text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE projection (purpose text NOT NULL, op text NOT NULL, event text NOT NULL, revision int NOT NULL);
  CREATE TABLE latest (purpose text, op text, revision int NOT NULL, PRIMARY KEY (purpose, op));
  CREATE INDEX effect_op ON effect (op);
  CREATE INDEX projection_op ON projection (op)`;

const state = z.object({
  id: z.string(),
  revision: z.number().int(),
  /** A poisoned event: what its handler does. */
  poison: z.enum(['throw', 'hang', 'exit']).optional(),
  /** A copy that is told again, as another event, after newer ones. */
  late: z.boolean().optional(),
});

/** An operation was accepted. */
export const operationAccepted = defineEvent({
  service: SERVICE,
  aggregate: 'operation',
  event: 'accepted',
  version: 1,
  schema: state,
});
/** The task of an operation has taken effect. */
export const operationDone = defineEvent({ ...operationAccepted, event: 'done' });

const payload = z.object({
  op: z.string(),
  /** What a poisoned task does. @default works */
  behavior: z
    .enum(['throw', 'permanent', 'exit', 'isolated hang', 'isolated exit', 'isolated eat'])
    .optional(),
});
export type OperationPayload = z.output<typeof payload>;

/** What only a process that works on tasks needs. */
export interface OperationDeps {
  /** A read through the cache, so that Redis is in the path. */
  readonly grade: (op: string) => Promise<string>;
  /** Risky work, outside the process. */
  readonly risk: (how: 'hang' | 'exit' | 'eat', signal: AbortSignal) => Promise<unknown>;
}

const NO_DEPS: OperationDeps = { grade: async () => '', risk: async () => undefined };

/** The kind of task: waits as for a provider, then leaves one effect and one event. */
export function operationTask(deps: OperationDeps = NO_DEPS): TaskDefinition<OperationPayload> {
  return defineTask({
    kind: 'MINUTES',
    payload,
    policy: {
      ...DEFAULT_TASK_POLICY,
      // Enough for a task that is in hand of every process that a fault kills.
      maxAttempts: 20,
      slots: { high: 2, normal: 16, low: 2 },
      backoffBaseMs: 100,
      backoffMaxMs: 1_000,
      leaseMs: LEASE_MS,
      maxWaiting: 100_000,
    },
    run: async ({ payload: { op, behavior }, signal, step }) => {
      if (behavior === 'throw') throw new Error('A poisoned task.');
      if (behavior === 'permanent') throw new PermanentError('BAD_INPUT', 'A poisoned task.');
      if (behavior === 'exit') process.exit(1);
      if (behavior?.startsWith('isolated') === true)
        await deps.risk(behavior.split(' ')[1] as 'hang' | 'exit' | 'eat', signal);
      const given = await step('grade', z.string(), () => deps.grade(op));
      // The answer of a provider takes its time: attempts overlap, and a fault meets some of them halfway.
      await delay(20 + Math.random() * 180, undefined, { signal });
      return async (tx) => {
        await tx.query('INSERT INTO effect (op, grade) VALUES ($1, $2)', [op, given]);
        await addEvent(tx, {
          contract: operationDone,
          workspaceId: WORKSPACE,
          aggregateId: op,
          payload: { id: op, revision: 2 },
          actorId: null,
        });
        return { done: true };
      };
    },
  });
}

async function beTaken(poison: 'throw' | 'hang' | 'exit'): Promise<never> {
  if (poison === 'exit') process.exit(1);
  if (poison === 'hang') await new Promise(() => undefined);
  throw new Error('A poisoned event.');
}

/** The read model; another `purpose` builds another one from the start of the stream. May run again: inbox and row commit together. */
export function readModel(purpose: string): EventSubscription {
  const handlers = [operationAccepted, operationDone].map((contract) =>
    onEvent(contract, async (event, tx) => {
      const { poison, late, revision } = event.payload;
      if (poison !== undefined) await beTaken(poison);
      const row = [purpose, event.aggregateId, revision];
      await tx.query('INSERT INTO projection (purpose, op, revision, event) VALUES ($1, $2, $3, $4)', [
        ...row,
        late === true ? 'late' : contract.event,
      ]);
      await tx.query(
        `INSERT INTO latest (purpose, op, revision) VALUES ($1, $2, $3)
         ON CONFLICT (purpose, op) DO UPDATE SET revision = excluded.revision WHERE excluded.revision > latest.revision`,
        row,
      );
    }),
  );
  return { purpose, handlers, ackWaitMs: ACK_WAIT_MS };
}
