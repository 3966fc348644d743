import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { MEETING_DELETION, type MeetingKey } from '../access/index.ts';
import { sagaStepRequested } from '../contracts/index.ts';
import { publishEvent } from './publish-event.ts';
import { until } from './until.ts';

const STEPS = {
  hide: { participant: MEETING_DELETION.hide, action: 'DO' },
  show: { participant: MEETING_DELETION.hide, action: 'UNDO' },
  purge: { participant: MEETING_DELETION.purge, action: 'DO' },
} as const;

/** Asks a service for its part in the deletion of a meeting, as the meetings service does, and waits until it is done. */
export async function requestDeletionStep(
  service: { readonly name: string; readonly namespace: string; readonly database: DataSource },
  step: keyof typeof STEPS,
  meeting: MeetingKey,
): Promise<void> {
  const sagaId = randomUUID();
  const { kind, service: orchestrator } = MEETING_DELETION.saga;
  await publishEvent(service.namespace, sagaStepRequested(orchestrator), {
    workspaceId: meeting.workspaceId,
    aggregateId: sagaId,
    payload: {
      ...STEPS[step],
      sagaId,
      saga: kind,
      step,
      round: 1,
      target: service.name,
      input: meeting,
      result: STEPS[step].action === 'UNDO' ? {} : null,
      requestedBy: null,
    },
  });
  await until(`${service.name} has done ${step}`, async () => {
    const done: unknown[] = await service.database.query(
      `SELECT 1 FROM task WHERE kind = 'SAGA_STEP' AND state = 'COMPLETED' AND payload ->> 'sagaId' = $1`,
      [sagaId],
    );
    return done.length === 1;
  });
}
