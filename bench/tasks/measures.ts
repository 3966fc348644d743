import { setTimeout as pause } from 'node:timers/promises';
import { PRODUCERS, type Session } from './contender.ts';
import { until } from './until-done.ts';

/** How much of everything one run measures. */
export interface Load {
  /** Jobs of the measures of throughput. */
  readonly jobs: number;
  /** Jobs that are picked up one at a time. */
  readonly pickups: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** What was measured, by the name of the row in the table. */
export type Results = Record<string, number>;

const WARM_UP_JOBS = 50;
const WARM_UP_SECONDS = 2;
const POLL_MS = 5_000;

/** Enqueue and drain: jobs per second. Afterwards nothing waits. */
export async function measureThroughput(session: Session, load: Load): Promise<Results> {
  const startedAt = performance.now();
  let left = load.jobs;
  const produce = async (producer: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await session.enqueue(producer);
    }
  };
  await Promise.all(Array.from({ length: PRODUCERS }, (_, producer) => produce(producer)));
  const acceptedAt = performance.now();
  await until(async () => (await session.unpublished()) === 0);
  const publishedAt = performance.now();
  return {
    'enqueue/s': (1_000 * load.jobs) / (acceptedAt - startedAt),
    'enqueue/s, until a worker could take it': (1_000 * load.jobs) / (publishedAt - startedAt),
    'drain/s': await drain(session, load.jobs),
  };
}

/** From the first handler's start until the last job is on disk as done and everything about it is sent. */
async function drain(session: Session, jobs: number): Promise<number> {
  let startedAt = 0;
  let started = 0;
  const all = Promise.withResolvers<void>();
  const stop = await session.work({
    tellsClients: false,
    started: () => {
      if (started === 0) startedAt = performance.now();
      started += 1;
      if (started === jobs) all.resolve();
    },
  });
  await all.promise;
  await until(async () => (await session.unfinished()) === 0);
  const perSecond = (1_000 * jobs) / (performance.now() - startedAt);
  await stop();
  return perSecond;
}

/** Jobs one at a time into an idle system: milliseconds to the handler's start. */
export async function measurePickup(session: Session, load: Load): Promise<Results> {
  let picked = Promise.withResolvers<number>();
  const stop = await session.work({ tellsClients: false, started: () => picked.resolve(performance.now()) });
  const fromCall: number[] = [];
  const fromCommit: number[] = [];
  for (let job = 0; job < WARM_UP_JOBS + load.pickups; job += 1) {
    picked = Promise.withResolvers();
    const calledAt = performance.now();
    await session.enqueue(0);
    const committedAt = performance.now();
    const startedAt = await picked.promise;
    if (job >= WARM_UP_JOBS) {
      fromCall.push(startedAt - calledAt);
      // The worker may hear of the commit before the producer does.
      fromCommit.push(Math.max(0, startedAt - committedAt));
    }
    await until(async () => (await session.unfinished()) === 0, 2);
    // Every phase of whatever polls is met.
    await pause(5 + 15 * Math.random());
  }
  await stop();
  return {
    ...quantiles('pickup from the call', fromCall),
    ...quantiles('pickup from the commit', fromCommit),
  };
}

/** A steady stream of jobs: milliseconds from the commit to the client's event. */
export async function measureCommitToClient(session: Session, load: Load): Promise<Results> {
  const completedAt = new Map<string, number>();
  const unwatch = await session.watch((id) => completedAt.set(id, performance.now()));
  const stop = await session.work({ tellsClients: true, started: () => undefined });
  await pace({ ...load, seconds: WARM_UP_SECONDS }, () => session.enqueue(0));
  const acceptances = await pace(load, async () => ({
    id: await session.enqueue(0),
    committedAt: performance.now(),
  }));
  await until(() => acceptances.every(({ id }) => completedAt.has(id)));
  await stop();
  await unwatch();
  const times = acceptances.map(({ id, committedAt }) => (completedAt.get(id) ?? NaN) - committedAt);
  return { ...quantiles('commit to client', times), 'requests per task': 0 };
}

/** The same stream, each task watched by a client that asks when it has been accepted and every five seconds then. */
export async function measurePolling(session: Session, load: Load): Promise<Results> {
  const { hasCompleted } = session;
  if (hasCompleted === undefined) throw new Error('This contender answers no polls.');
  const stop = await session.work({ tellsClients: false, started: () => undefined });
  let requests = 0;
  const clients = await pace(load, async () => {
    const id = await session.enqueue(0);
    const committedAt = performance.now();
    const known = async (): Promise<number> => {
      for (;;) {
        requests += 1;
        if (await hasCompleted(id)) return performance.now() - committedAt;
        await pause(POLL_MS);
      }
    };
    // In an object: the pace of the others must not wait for it.
    return { known: known() };
  });
  const times = await Promise.all(clients.map(({ known }) => known));
  await stop();
  return { ...quantiles('commit to client', times), 'requests per task': requests / clients.length };
}

/** Calls `act` at fixed moments, whether or not the earlier calls are done. */
async function pace<T>({ perSecond, seconds }: Load, act: () => Promise<T>): Promise<T[]> {
  const startedAt = performance.now();
  const calls: Promise<T>[] = [];
  for (let call = 0; call < perSecond * seconds; call += 1) {
    await pause(Math.max(0, startedAt + (1_000 * call) / perSecond - performance.now()));
    calls.push(act());
  }
  return await Promise.all(calls);
}

function quantiles(name: string, times: readonly number[]): Results {
  return { [`${name} p50, ms`]: quantile(times, 0.5), [`${name} p99, ms`]: quantile(times, 0.99) };
}

/** The value below which the share `q` of the values lies; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}
