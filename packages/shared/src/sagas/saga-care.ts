import type { BatchObservableCallback } from '@opentelemetry/api';
import type { DataSource } from 'typeorm';
import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import type { Orchestrator } from './orchestrate.ts';

const BATCH_SAGAS = 50;

const stuck = meter.createObservableGauge('hoerok_saga_stuck', {
  description: 'Sagas with a step that must succeed and has failed, or has not ended in ten minutes, by kind',
});

/** What {@link startSagaCare} needs. */
export interface SagaCareDeps {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly transact: Transact;
  readonly logger: Logger;
}

/**
 * Tries steps again whose time has come and repairs what a lost message has left behind; events drive the rest. Any number of
 * replicas may run it. Also measures, at each scrape, how many sagas are stuck.
 */
export function startSagaCare(
  deps: SagaCareDeps,
  orchestrator: Orchestrator,
  options: { /** @default 1000 */ readonly intervalMs?: number } = {},
): { readonly stop: () => Promise<void> } {
  if (orchestrator.kinds.length === 0) return { stop: async () => undefined };
  let caring: Promise<void> | undefined;
  const timer = setInterval(() => {
    caring ??= care(deps, orchestrator).finally(() => {
      caring = undefined;
    });
  }, options.intervalMs ?? 1_000);
  const observe = observeStuck(deps, orchestrator.kinds);
  meter.addBatchObservableCallback(observe, [stuck]);
  return {
    stop: async () => {
      clearInterval(timer);
      meter.removeBatchObservableCallback(observe, [stuck]);
      await caring;
    },
  };
}

async function care(deps: SagaCareDeps, orchestrator: Orchestrator): Promise<void> {
  try {
    const due: { id: string }[] = await deps.transact((tx) => tx.query(DUE, [[...orchestrator.kinds]]));
    for (const { id } of due) await deps.transact((tx) => orchestrator.wakeSaga(tx, id));
  } catch (error) {
    deps.logger.warn({ reason: messageOf(error) }, 'sagas not looked after, trying again');
  }
}

const DUE = `SELECT DISTINCT s.id FROM saga_step p JOIN saga s ON s.id = p.saga_id
  WHERE p.wake_at <= now() AND s.kind = ANY($1) AND s.state IN ('RUNNING', 'COMPENSATING') LIMIT ${BATCH_SAGAS}`;

/** From the pivot on, and while all is undone, somebody has to look when a step does not end. */
const STUCK = `SELECT s.kind, count(DISTINCT s.id)::int AS sagas FROM saga s JOIN saga_step p ON p.saga_id = s.id
  WHERE s.state IN ('RUNNING', 'COMPENSATING') AND (p.failures > 0
    OR (p.state IN ('DOING', 'UNDOING') AND p.since < now() - interval '10 minutes' AND (s.state = 'COMPENSATING'
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(s.stages) WITH ORDINALITY AS e (rules, number)
        WHERE (e.rules ->> 'pivot')::boolean AND e.number - 1 <= p.stage))))
  GROUP BY s.kind`;

function observeStuck(deps: SagaCareDeps, kinds: readonly string[]): BatchObservableCallback {
  return async (result) => {
    try {
      const counts: { kind: string; sagas: number }[] = await deps.dataSource.query(STUCK);
      for (const kind of kinds) {
        const count = counts.find((one) => one.kind === kind)?.sagas ?? 0;
        result.observe(stuck, count, { service: deps.service, kind });
      }
    } catch (error) {
      deps.logger.debug({ reason: messageOf(error) }, 'sagas not counted');
    }
  };
}
