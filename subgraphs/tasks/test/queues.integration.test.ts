import { isDeepStrictEqual } from 'node:util';
import { taskChanged } from '@hoerok/shared/contracts';
import { publishEvent, startTestService, testViewer, until } from '@hoerok/shared/testing';
import { describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { tasksService } from '../src/service.ts';
import { snapshotOf } from './snapshot.ts';

describe('the queues', () => {
  it('count what waits, runs and failed, by kind and for one workspace', async () => {
    await using test = await startTestService(environment, tasksService);
    const admin = testViewer({ role: 'ADMIN' });
    const old = new Date(Date.now() - 3_600_000).toISOString();
    const now = new Date().toISOString();
    const tasks = [
      snapshotOf({ status: 'PENDING', createdAt: old }),
      snapshotOf({ status: 'PENDING', createdAt: now }),
      snapshotOf({ status: 'PROCESSING' }),
      snapshotOf({ status: 'FAILED', finishedAt: now }),
      snapshotOf({ status: 'FAILED', finishedAt: '2026-01-01T00:00:00.000Z' }),
      snapshotOf({ status: 'COMPLETED', finishedAt: now }),
    ];
    const ofOthers = testViewer().workspaceId;
    await publishEvent(test.namespace, taskChanged('ai'), {
      workspaceId: ofOthers,
      aggregateId: 'foreign',
      payload: snapshotOf({ id: 'foreign' }),
    });
    for (const payload of tasks)
      await publishEvent(test.namespace, taskChanged('ai'), {
        workspaceId: admin.workspaceId,
        aggregateId: payload.id,
        payload,
      });
    await until('all are known', async () => {
      const answer = await test.execute(admin, '{ tasks { totalCount } }');
      return isDeepStrictEqual(answer.data?.['tasks'], { totalCount: tasks.length });
    });
    const fields = 'name pending processing oldestPendingSeconds failuresLastHour';
    const { data } = await test.execute(admin, `{ queues { ${fields} } }`);
    const queues = data?.['queues'] as { name: string; oldestPendingSeconds: number }[];
    const minutes = queues.find(({ name }) => name === 'MINUTES');
    expect(minutes).toMatchObject({ pending: 2, processing: 1, failuresLastHour: 1 });
    expect(minutes?.oldestPendingSeconds).toBeGreaterThanOrEqual(3_600);
    expect(queues.find(({ name }) => name === 'TRANSCRIPT_IMPORT')).toEqual({
      name: 'TRANSCRIPT_IMPORT',
      pending: 0,
      processing: 0,
      oldestPendingSeconds: 0,
      failuresLastHour: 0,
    });
  });
});
