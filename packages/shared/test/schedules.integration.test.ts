import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  defineSchedule,
  enqueueTask,
  type Schedule,
  type Scheduler,
  type SchedulerDeps,
  startScheduler,
} from '../src/tasks/index.ts';
import { until } from '../src/testing/index.ts';
import { startCrashChild } from './start-crash-child.ts';
import { effectSchedule, testTask } from './test-tasks.ts';
import { SERVICE, startTestPlatform, type TestPlatform } from './test-platform.ts';

const QUICK_TICK = { intervalMs: 10 };
const WORKSPACES = ['w-1', 'w-2'];
/** So far from now that no test meets it by chance. */
const YEARLY = { cron: '0 3 1 1 *', timeZone: 'Asia/Seoul' };
const task = testTask();

describe('schedules', () => {
  let platform: TestPlatform;
  const running: Scheduler[] = [];
  beforeEach(async () => {
    platform = await startTestPlatform({ relay: false });
  });
  afterEach(async () => {
    await stopAll();
    await platform[Symbol.asyncDispose]();
  });

  const stopAll = async (): Promise<void> => {
    await Promise.all(running.splice(0).map(({ stop }) => stop()));
  };
  const start = async (schedule: Schedule, deps: SchedulerDeps = platform): Promise<void> => {
    running.push(await startScheduler(deps, [schedule], QUICK_TICK));
  };
  /** Hands a task to each workspace at every fire time. */
  const daily = (overrides: Partial<Schedule> = {}): Schedule =>
    defineSchedule({
      id: 'daily',
      ...YEARLY,
      run: async (tx, fireAt) => {
        for (const workspaceId of WORKSPACES)
          await enqueueTask(tx, task, {
            service: SERVICE,
            workspaceId,
            payload: { name: fireAt.toISOString() },
            requestedBy: null,
            meetingId: null,
            idempotencyKey: `daily:${fireAt.toISOString()}`,
          });
      },
      ...overrides,
    });
  const rowOf = async (): Promise<{ next_fire_at: Date; now: Date; cron: string; time_zone: string }> => {
    const [row] = await platform.sql(`SELECT *, now() AS now FROM schedule WHERE id = 'daily'`);
    return row as Awaited<ReturnType<typeof rowOf>>;
  };
  const becomesDue = async (at: string): Promise<void> =>
    void (await platform.sql(`UPDATE schedule SET next_fire_at = $1 WHERE id = 'daily'`, [at]));
  const hasMovedOn = (): Promise<boolean> =>
    until('the next time lies ahead', async () => {
      const { next_fire_at: next, now } = await rowOf();
      return next > now;
    });
  const runs = async (): Promise<string[]> => {
    const rows = await platform.sql('SELECT fire_at FROM schedule_run ORDER BY fire_at');
    return rows.map(({ fire_at: at }) => (at as Date).toISOString());
  };
  const enqueued = async (): Promise<string[]> => {
    const rows = await platform.sql(
      `SELECT workspace_id || ' ' || (payload->>'name') AS task FROM task ORDER BY payload->>'name', workspace_id`,
    );
    return rows.map((row) => row['task'] as string);
  };
  const tasksOf = (...times: string[]): string[] =>
    times.flatMap((time) => WORKSPACES.map((workspaceId) => `${workspaceId} ${time}`));

  it('fires each time once, however many replicas look after it', async () => {
    await using second = await startTestPlatform({ relay: false, reuse: platform });
    const schedule = daily();
    for (const deps of [platform, second, platform, second]) await start(schedule, deps);
    const times = [1, 2, 3, 4, 5].map((day) => `2020-01-0${day}T00:00:00.000Z`);
    for (const time of times) {
      await becomesDue(time);
      await hasMovedOn();
    }
    await stopAll();
    expect(await runs()).toEqual(times);
    expect(await enqueued()).toEqual(tasksOf(...times));
  });

  it('does not run a time twice that a restored or set back row names again', async () => {
    await start(daily());
    for (const time of ['2020-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z']) {
      await becomesDue(time);
      await hasMovedOn();
    }
    await stopAll();
    expect(await enqueued()).toEqual(tasksOf('2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'));
  });

  it('catches up once with all that was missed, and goes on from now', async () => {
    const hourly = daily({ cron: '0 * * * *' });
    await start(hourly);
    await stopAll();
    await becomesDue('2020-01-01T00:00:00.000Z');
    await start(hourly);
    await hasMovedOn();
    await stopAll();
    expect(await runs()).toEqual(['2020-01-01T00:00:00.000Z']);
    const { next_fire_at: next, now } = await rowOf();
    expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(3_600_000);
  });

  it('records nothing of a run that fails, and tries it again', async () => {
    let failures = 0;
    const { run } = daily();
    const failing = daily({
      run: async (tx, fireAt) => {
        await run(tx, fireAt);
        if ((failures += 1) === 1) throw new Error('after the tasks');
      },
    });
    await start(failing);
    await becomesDue('2020-01-01T00:00:00.000Z');
    await until('it has failed', () => failures === 1);
    expect([await runs(), await enqueued()]).toEqual([[], []]);
    await hasMovedOn();
    expect(failures).toBe(2);
    expect(await enqueued()).toEqual(tasksOf('2020-01-01T00:00:00.000Z'));
  });

  it.each([
    ['before the commit of a run', 'schedule:before-commit', 0],
    ['after it', 'schedule:after-commit', 1],
  ])('takes effect once when the process is killed %s', async (_when, crashAt, effects) => {
    await start(effectSchedule);
    await stopAll();
    await platform.sql(`UPDATE schedule SET next_fire_at = '2020-01-01T00:00:00Z'`);
    expect(await startCrashChild(platform, crashAt).died).toEqual([null, 'SIGKILL']);
    expect(await platform.effects('schedule')).toBe(effects);
    await start(effectSchedule);
    await until('the next time lies ahead', async () => {
      return (await platform.sql('SELECT 1 FROM schedule WHERE next_fire_at > now()')).length === 1;
    });
    await stopAll();
    expect(await platform.effects('schedule')).toBe(1);
    expect(await runs()).toEqual(['2020-01-01T00:00:00.000Z']);
  });

  it('does not keep other schedules waiting for one that fails', async () => {
    const broken = defineSchedule({
      id: 'broken',
      ...YEARLY,
      run: async () => {
        throw new Error('always');
      },
    });
    running.push(await startScheduler(platform, [broken, daily()], QUICK_TICK));
    await platform.sql(`UPDATE schedule SET next_fire_at = '2020-01-01T00:00:00Z'`);
    await hasMovedOn();
    expect(await runs()).toEqual(['2020-01-01T00:00:00.000Z']);
  });

  it('takes a changed expression or zone over at the start, and keeps the time otherwise', async () => {
    const restartedWith = async (schedule: Schedule): Promise<object> => {
      await start(schedule);
      await stopAll();
      const { cron, time_zone: zone, next_fire_at: next } = await rowOf();
      return { cron, zone, at: next.toISOString().slice(4) };
    };
    const first = await restartedWith(daily());
    expect(first).toEqual({ cron: '0 3 1 1 *', zone: 'Asia/Seoul', at: '-12-31T18:00:00.000Z' });
    expect(await restartedWith(daily())).toEqual(first);
    expect(await restartedWith(daily({ timeZone: 'Europe/Berlin' }))).toMatchObject({
      at: '-01-01T02:00:00.000Z',
    });
    expect(await restartedWith(daily({ cron: '0 3 2 1 *' }))).toMatchObject({ at: '-01-01T18:00:00.000Z' });
  });

  it('still catches up with what was missed before the expression changed', async () => {
    await start(daily());
    await stopAll();
    await becomesDue('2020-01-01T00:00:00.000Z');
    await start(daily({ cron: '0 3 2 1 *' }));
    await hasMovedOn();
    await stopAll();
    expect(await runs()).toEqual(['2020-01-01T00:00:00.000Z']);
    expect((await rowOf()).next_fire_at.toISOString().slice(4)).toBe('-01-01T18:00:00.000Z');
  });
});
