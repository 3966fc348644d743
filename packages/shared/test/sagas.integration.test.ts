import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EventContract,
  sagaStepEnded,
  sagaStepRequested,
  taskCancelRequested,
  taskRetryRequested,
} from '../src/contracts/index.ts';
import { PermanentError } from '../src/errors/index.ts';
import { streamNames } from '../src/messaging/index.ts';
import { renderMetrics } from '../src/telemetry/index.ts';
import { publishEvent, until } from '../src/testing/index.ts';
import { createSagaScene, type SagaScene } from './saga-scene.ts';
import { NORTH, SOUTH } from './saga-services.ts';
import { aborted } from './test-tasks.ts';

const FORWARD = ['north.task-0.DO', 'north.task-1.DO', 'north.go.DO', 'south.go.DO', 'south.arrive.DO'];
const refuse = async (): Promise<never> => {
  throw new PermanentError('WRONG_STATE', 'This cannot be done.');
};

describe('a saga', () => {
  let scene: SagaScene;
  beforeAll(async () => {
    scene = await createSagaScene();
    await scene.start(SOUTH);
    await scene.start(NORTH);
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const command = async (contract: typeof taskCancelRequested, taskId: string): Promise<void> =>
    publishEvent(scene.namespace, contract, {
      workspaceId: 'w-1',
      aggregateId: taskId,
      payload: { taskId, owner: NORTH },
    });
  const sorted = async (name: string): Promise<string[]> => (await scene.effects(name)).toSorted();

  it('runs its stages one after the other and shows as one task', async () => {
    const accepted = await scene.begin('happy');
    expect(accepted).toMatchObject({ kind: 'MEETING_DELETION', state: 'PROCESSING', stage: 'tasks 0/5' });
    expect((await scene.begin('happy')).id).toBe(accepted.id);
    const done = await scene.ended(accepted.id);
    expect(done).toMatchObject({ state: 'COMPLETED', progress: 1, result: { done: 5, failed: 0 } });
    const effects = await scene.effects('happy');
    expect(effects.toSorted()).toEqual(FORWARD.toSorted());
    expect(effects.at(-1)).toBe('south.arrive.DO');
    expect(effects.slice(0, 2).every((place) => place.startsWith('north.task'))).toBe(true);
  });

  it('undoes what was done in reverse when a step fails, and ends FAILED with its reason', async () => {
    scene.obstacles.set('refused', async (place) => {
      if (place === 'south.arrive.DO') await refuse();
    });
    const { id } = await scene.begin('refused');
    const ended = await scene.ended(id);
    const error = { code: 'WRONG_STATE', message: 'south-arrive: This cannot be done.', retryable: false };
    expect(ended).toMatchObject({ state: 'FAILED', error });
    const effects = await scene.effects('refused');
    expect(effects.slice(4, 6).toSorted()).toEqual(['north.go.UNDO', 'south.go.UNDO']);
    expect(effects.slice(6)).toEqual(['north.take-back.UNDO', 'north.take-back.UNDO']);
  });

  it('gives an UNDO what its DO has answered', async () => {
    const [row] = (await scene.sql(
      SOUTH,
      `SELECT result FROM task WHERE payload ->> 'action' = 'UNDO' AND payload -> 'input' ->> 'name' = 'refused'`,
    )) as { result: unknown }[];
    expect(row?.result).toEqual({ from: 'south.go.UNDO', after: { from: 'south.go.DO', after: null } });
  });

  it('runs once more from its start when it is retried after it was undone', async () => {
    const { id } = await scene.begin('refused');
    scene.obstacles.delete('refused');
    await command(taskRetryRequested, id);
    await until('it has completed', async () => (await scene.taskOf(id)).state === 'COMPLETED');
    expect((await scene.effects('refused')).slice(8).toSorted()).toEqual(FORWARD.toSorted());
  });

  it('leaves out a failed step of a stage that goes on', async () => {
    scene.obstacles.set('one-less', async (place) => {
      if (place === 'north.task-1.DO') await refuse();
    });
    const { id } = await scene.begin('one-less', { tasks: 3 });
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED', result: { done: 5, failed: 1 } });
  });

  it('repeats a compensation until it succeeds, and raises the alarm meanwhile', async () => {
    let left = 2;
    const pass = Promise.withResolvers<void>();
    scene.obstacles.set('stubborn', async (place) => {
      if (place === 'south.arrive.DO') await refuse();
      if (place !== 'south.go.UNDO') return;
      if (left === 1) await pass.promise;
      left -= 1;
      if (left >= 0) await refuse();
    });
    const { id } = await scene.begin('stubborn', { tasks: 1 });
    const alarm = await until('the alarm is raised', async () => {
      const metrics = await renderMetrics();
      return metrics.split('\n').find((line) => /^hoerok_saga_stuck\{.*\} 1$/.test(line));
    });
    expect(alarm).toContain('kind="MEETING_DELETION"');
    pass.resolve();
    expect(await scene.ended(id)).toMatchObject({ state: 'FAILED', error: { code: 'WRONG_STATE' } });
    expect(await sorted('stubborn')).toEqual([
      'north.go.DO',
      'north.go.UNDO',
      'north.take-back.UNDO',
      'north.task-0.DO',
      'south.go.DO',
      'south.go.UNDO',
    ]);
  });

  it('repeats a step after the pivot until it succeeds, and is not cancelled there', async () => {
    let left = 3;
    let id = '';
    scene.obstacles.set('beyond', async (place) => {
      if (place !== 'south.arrive.DO') return;
      if (left === 3) await command(taskCancelRequested, id);
      left -= 1;
      if (left >= 0) await refuse();
    });
    ({ id } = await scene.begin('beyond', { tasks: 0, pivot: true }));
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED' });
    expect(await sorted('beyond')).toEqual(['north.go.DO', 'south.arrive.DO', 'south.go.DO']);
  });

  it('stops what runs and undoes what was done when it is cancelled', async () => {
    const reached = Promise.withResolvers<void>();
    scene.obstacles.set('cancelled', async (place, { signal }) => {
      if (place !== 'south.go.DO') return;
      reached.resolve();
      await aborted(signal);
      signal.throwIfAborted();
    });
    const { id } = await scene.begin('cancelled', { tasks: 1 });
    await reached.promise;
    await command(taskCancelRequested, id);
    expect(await scene.ended(id)).toMatchObject({ state: 'CANCELLED', error: null });
    expect(await sorted('cancelled')).toEqual([
      'north.go.DO',
      'north.go.UNDO',
      'north.take-back.UNDO',
      'north.task-0.DO',
    ]);
    expect(await scene.steps(id)).toBe('task-0:UNDONE north-go:UNDONE south-go:FAILED south-arrive:PLANNED');
  });

  it('waits its turn while the queue of its tasks is full', async () => {
    const pass = Promise.withResolvers<void>();
    for (const name of ['busy-1', 'busy-2']) {
      scene.obstacles.set(name, async (place) => {
        if (place.startsWith('north.task')) await pass.promise;
      });
    }
    const busy = await Promise.all([scene.begin('busy-1'), scene.begin('busy-2')]);
    await until('every worker is busy', async () => {
      const running = `SELECT 1 FROM task WHERE kind = 'MINUTES' AND state = 'PROCESSING'`;
      return (await scene.sql(NORTH, running)).length === 3;
    });
    await scene.sql(
      NORTH,
      `INSERT INTO task (id, workspace_id, kind, lane, state, max_attempts, payload, next_run_at)
       SELECT 'filler-' || n, 'w-1', 'MINUTES', 'low', 'PENDING', 1, '{}', now() + interval '1 hour' FROM generate_series(1, 5) n`,
    );
    const { id } = await scene.begin('patient');
    expect(await scene.steps(id)).toContain('task-0:PLANNED task-1:PLANNED');
    await scene.sql(NORTH, `DELETE FROM task WHERE id LIKE 'filler-%'`);
    pass.resolve();
    for (const saga of [id, ...busy.map((one) => one.id)])
      expect(await scene.ended(saga)).toMatchObject({ state: 'COMPLETED' });
  });

  it('keeps to the width of a stage', async () => {
    let running = 0;
    let most = 0;
    scene.obstacles.set('wide', async (place) => {
      if (!place.startsWith('north.task')) return;
      running += 1;
      most = Math.max(most, running);
      await until('another one runs or none is left', async () => running === 2 || most === 2);
      running -= 1;
    });
    const { id } = await scene.begin('wide', { tasks: 7 });
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED', result: { done: 10, failed: 0 } });
    expect(most).toBe(2);
  });

  it('takes effect once although every one of its messages comes twice', async () => {
    const { id } = await scene.begin('happy');
    for (const [service, contract] of [
      [NORTH, sagaStepRequested(NORTH)],
      [SOUTH, sagaStepEnded(SOUTH)],
      [NORTH, sagaStepEnded(NORTH)],
    ] as const) {
      const stream = streamNames(scene.namespace, service).events;
      const { state } = await scene.messaging.manager.streams.info(stream);
      for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
        const message = await scene.messaging.manager.streams.getMessage(stream, { seq });
        if (message === null || message.header.get('ce-type') !== contract.type) continue;
        await publishEvent(scene.namespace, contract as EventContract, {
          workspaceId: 'w-1',
          aggregateId: message.header.get('ce-subject'),
          payload: message.json(),
        });
      }
    }
    // A saga that begins behind all of that has seen it pass.
    await scene.ended((await scene.begin('behind')).id);
    for (const name of ['happy', 'behind']) expect(await sorted(name)).toEqual(FORWARD.toSorted());
    expect(await scene.taskOf(id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('waits for a service that is down', async () => {
    await scene.stop(SOUTH);
    const { id } = await scene.begin('alone');
    await until('it waits for south', async () =>
      (await scene.steps(id)).endsWith('north-go:DONE south-go:DOING south-arrive:PLANNED'),
    );
    await scene.start(SOUTH);
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED' });
    expect(await sorted('alone')).toEqual(FORWARD.toSorted());
  });

  it('raises the alarm when a step that must succeed does not end', async () => {
    const pass = Promise.withResolvers<void>();
    scene.obstacles.set('silent', async (place) => {
      if (place === 'south.arrive.DO') await pass.promise;
    });
    const { id } = await scene.begin('silent', { tasks: 0, pivot: true });
    await until('it is past the pivot', async () => (await scene.steps(id)).endsWith('south-arrive:DOING'));
    const stuck = async (): Promise<boolean> => /^hoerok_saga_stuck\{.*\} 1$/m.test(await renderMetrics());
    expect(await stuck()).toBe(false);
    await scene.sql(NORTH, `UPDATE saga_step SET since = now() - interval '11 minutes' WHERE saga_id = $1`, [
      id,
    ]);
    expect(await stuck()).toBe(true);
    pass.resolve();
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED' });
    expect(await stuck()).toBe(false);
  });

  it('goes on after the streams with its requests and ends were lost', async () => {
    const lost = Promise.withResolvers<void>();
    scene.obstacles.set('wiped', async (place) => {
      if (place.endsWith('go.DO')) await lost.promise;
    });
    const { id } = await scene.begin('wiped', { tasks: 0 });
    await until('both steps are under way', async () =>
      (await scene.steps(id)).startsWith('north-go:DOING south-go:DOING'),
    );
    await scene.sql(NORTH, `UPDATE saga_step SET wake_at = now() + interval '1 hour' WHERE saga_id = $1`, [
      id,
    ]);
    // South has taken the request; the ends are lost with everything else.
    await until(
      'south works',
      async () => (await scene.sql(SOUTH, `SELECT 1 FROM task WHERE state = 'PROCESSING'`)).length === 1,
    );
    for (const service of [NORTH, SOUTH]) await scene.sql(service, LOSE_MESSAGES);
    lost.resolve();
    for (const service of [NORTH, SOUTH])
      await until('the step has ended', async () => {
        const running = `SELECT 1 FROM task WHERE kind = 'SAGA_STEP' AND finished_at IS NULL`;
        return (await scene.sql(service, running)).length === 0;
      });
    for (const service of [NORTH, SOUTH]) await scene.sql(service, 'DROP TRIGGER lose ON outbox');
    await scene.sql(NORTH, 'UPDATE saga_step SET wake_at = now() WHERE saga_id = $1', [id]);
    expect(await scene.ended(id)).toMatchObject({ state: 'COMPLETED' });
    expect(await sorted('wiped')).toEqual(['north.go.DO', 'south.arrive.DO', 'south.go.DO']);
  });

  it('does not let a person restart a single step of it', async () => {
    const [step] = (await scene.sql(NORTH, `SELECT id FROM task WHERE kind = 'SAGA_STEP' LIMIT 1`)) as {
      id: string;
    }[];
    await scene.sql(NORTH, `UPDATE task SET state = 'FAILED' WHERE id = $1`, [step?.id]);
    await command(taskRetryRequested, step?.id ?? '');
    await scene.ended((await scene.begin('after-retry', { tasks: 0 })).id);
    expect(await scene.taskOf(step?.id ?? '')).toMatchObject({ state: 'FAILED' });
  });
});

/** What is published from now on reaches nobody. */
const LOSE_MESSAGES = `
  CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.subject := regexp_replace(NEW.subject, '[.]saga-step[.]', '.lost.'); RETURN NEW; END $$;
  CREATE TRIGGER lose BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION lose()`;
