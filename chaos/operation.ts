/**
 * The service that the fault runner breaks: an operation is accepted together with its task and its event; the task
 * leaves one row in `effect` and tells of it; a read model is made of both events. None of the tables has a key that
 * would hide a duplicate.
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
/** Short, so that a run sees what happens after it. */
export const LEASE_MS = 2_500;

export const TABLES = `
  CREATE TABLE operation (id text PRIMARY KEY);
  CREATE TABLE effect (op text NOT NULL, grade text NOT NULL);
  CREATE TABLE projection (purpose text NOT NULL, op text NOT NULL, event text NOT NULL, revision int NOT NULL);
  CREATE INDEX effect_op ON effect (op);
  CREATE INDEX projection_op ON projection (op)`;

const state = z.object({
  id: z.string(),
  revision: z.number().int(),
  /** A poisoned event: its handler throws. */
  poison: z.boolean().optional(),
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
  behavior: z.enum(['throw', 'permanent', 'exit']).optional(),
});
export type OperationPayload = z.output<typeof payload>;

/** What only a process that works on tasks needs: a read through the cache, so that Redis is in the path. */
export type Grade = (op: string) => Promise<string>;

/** The kind of task: waits as for a provider, then leaves one effect and one event. */
export function operationTask(grade: Grade = async () => ''): TaskDefinition<OperationPayload> {
  return defineTask({
    kind: 'MINUTES',
    payload,
    policy: {
      ...DEFAULT_TASK_POLICY,
      maxAttempts: 6,
      slots: { high: 2, normal: 16, low: 2 },
      backoffBaseMs: 100,
      backoffMaxMs: 1_000,
      leaseMs: LEASE_MS,
      maxWaiting: 100_000,
    },
    run: async ({ payload: { op, behavior }, signal }) => {
      if (behavior === 'throw') throw new Error('A poisoned task.');
      if (behavior === 'permanent') throw new PermanentError('BAD_INPUT', 'A poisoned task.');
      if (behavior === 'exit') process.exit(1);
      const given = await grade(op);
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

/** The read model; another `purpose` builds another one from the start of the stream. May run again: inbox and row commit together. */
export function readModel(purpose: string): EventSubscription {
  const handlers = [operationAccepted, operationDone].map((contract) =>
    onEvent(contract, async (event, tx) => {
      if (event.payload.poison === true) throw new Error('A poisoned event.');
      await tx.query('INSERT INTO projection (purpose, op, event, revision) VALUES ($1, $2, $3, $4)', [
        purpose,
        event.aggregateId,
        contract.event,
        event.payload.revision,
      ]);
    }),
  );
  return { purpose, handlers };
}
