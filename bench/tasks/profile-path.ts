import { setTimeout as pause } from 'node:timers/promises';
import type { Messaging } from '@hoerok/shared/messaging';
import { type HoerokParts, openHoerok } from './hoerok-tasks.ts';
import { type Load, quantile } from './measures.ts';
import type { BenchServers } from './servers.ts';
import { until } from './until-done.ts';

const WARM_UP_JOBS = 50;
/** The way of one task, in this order; what happens beside it (the event of its start) is not listed. */
const STEPS = [
  'commit',
  'acceptance published',
  'acceptance stored',
  'task published',
  'task stored',
  'claim begins',
  'claim committed',
  'handler',
  'finish begins',
  'finish committed',
  'completion published',
  'completion stored',
  'client told',
] as const;

type Step = (typeof STEPS)[number];

/** Where the time of one task of ours goes in an idle system: milliseconds between the steps, medians and p99. */
export async function profilePath(servers: BenchServers, load: Load): Promise<string> {
  const seen = new Map<Step, number>();
  const mark = (step: Step): void => void (seen.has(step) || seen.set(step, performance.now()));
  const session = await openHoerok(servers, (parts) => record(parts, seen, mark));
  const between = new Map<Step, number[]>(STEPS.map((step) => [step, []]));
  const unwatch = await session.watch(() => mark('client told'));
  const stop = await session.work({ tellsClients: true, started: () => mark('handler') });
  await session.fill(1_000);
  for (let job = 0; job < WARM_UP_JOBS + load.pickups; job += 1) {
    seen.clear();
    let last = performance.now();
    await session.enqueue(0);
    await until(async () => seen.has('client told') && (await session.unfinished()) === 0, 2);
    if (job >= WARM_UP_JOBS)
      // The way ends when the client knows; the acknowledgment of the relay may come a little later.
      for (const step of STEPS) {
        const at = seen.get(step) ?? NaN;
        between.get(step)?.push(at - last);
        last = at;
      }
    await pause(5 + 15 * Math.random());
  }
  await stop();
  await unwatch();
  await session.close();
  return STEPS.map((step) => {
    const times = between.get(step) ?? [];
    return `${step.padEnd(22)} ${show(quantile(times, 0.5))} ${show(quantile(times, 0.99))}`;
  }).join('\n');
}

/** Puts marks around transactions (accept, claim, finish) and around what the relay publishes. */
function record(
  parts: HoerokParts,
  seen: ReadonlyMap<Step, number>,
  mark: (step: Step) => void,
): HoerokParts {
  const { messaging } = parts;
  const publish: Messaging['jetstream']['publish'] = async (subject, payload, options) => {
    const isTask = subject.includes('.task.ai.');
    const name = isTask ? 'task' : nameOf(payload);
    if (name !== undefined) mark(`${name} published`);
    const stored = await messaging.jetstream.publish(subject, payload, options);
    if (name !== undefined) mark(`${name} stored`);
    return stored;
  };
  const jetstream: Messaging['jetstream'] = new Proxy(messaging.jetstream, {
    get: (target, name) => (name === 'publish' ? publish : (Reflect.get(target, name, target) as unknown)),
  });
  return {
    messaging: { ...messaging, jetstream },
    transact: async (work) => {
      const steps = transactionSteps(seen);
      if (steps.begins !== undefined) mark(steps.begins);
      const result = await parts.transact(work);
      if (steps.committed !== undefined) mark(steps.committed);
      return result;
    },
  };
}

/** Which event a payload is: that of the acceptance, that of the completion, or another. */
function nameOf(payload: unknown): 'acceptance' | 'completion' | undefined {
  if (typeof payload !== 'string') return undefined;
  if (payload.includes('"status":"PENDING"')) return 'acceptance';
  return payload.includes('"status":"COMPLETED"') ? 'completion' : undefined;
}

/** One task at a time: its transactions come in this order. Those of the sweeper write nothing and are few. */
function transactionSteps(seen: ReadonlyMap<Step, number>): { begins?: Step; committed?: Step } {
  if (seen.has('handler')) return { begins: 'finish begins', committed: 'finish committed' };
  if (seen.has('task published')) return { begins: 'claim begins', committed: 'claim committed' };
  return { committed: 'commit' };
}

function show(ms: number): string {
  return `${ms.toFixed(2)} ms`.padStart(10);
}
