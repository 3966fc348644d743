import { setTimeout as pause } from 'node:timers/promises';
import type { Messaging } from '@hoerok/shared/messaging';
import { type HoerokParts, openHoerok } from './hoerok-tasks.ts';
import { type Load, quantile } from './measures.ts';
import type { BenchServers } from './servers.ts';
import { until } from './until-done.ts';

const WARM_UP_JOBS = 50;
const END = [
  'handler',
  'finish begins',
  'finish committed',
  'completion published',
  'completion stored',
  'client told',
] as const;
/** The way of one task, in this order; what happens beside it (other events) is not listed. */
const WAYS = {
  'started where it was accepted': ['accepted', ...END],
  'through JetStream': [
    'accepted',
    'wake-up published',
    'wake-up stored',
    'claim begins',
    'claim committed',
    ...END,
  ],
} as const;

type Step = (typeof WAYS)['through JetStream'][number];

/** Where the time of one task of ours goes in an idle system: milliseconds between the steps, medians and p99. */
export async function profilePath(servers: BenchServers, load: Load): Promise<string> {
  const eager = await profileWay(servers, load, 'started where it was accepted');
  return `${eager}\n\n${await profileWay(servers, load, 'through JetStream')}`;
}

async function profileWay(servers: BenchServers, load: Load, way: keyof typeof WAYS): Promise<string> {
  const steps: readonly Step[] = WAYS[way];
  const seen = new Map<Step, number>();
  const mark = (step: Step): void => void (seen.has(step) || seen.set(step, performance.now()));
  const apart = way === 'through JetStream';
  const session = await openHoerok(servers, { apart, observe: (parts) => record(parts, seen, mark) });
  const between = new Map<Step, number[]>(steps.map((step) => [step, []]));
  const unwatch = await session.watch(() => mark('client told'));
  const stop = await session.work({ tellsClients: true, started: () => mark('handler') });
  await session.fill(1_000);
  for (let job = 0; job < WARM_UP_JOBS + load.pickups; job += 1) {
    seen.clear();
    let last = performance.now();
    await session.enqueue(0);
    mark('accepted');
    await until(async () => seen.has('client told') && (await session.unfinished()) === 0, 2);
    if (job >= WARM_UP_JOBS)
      // The way ends when the client knows; the acknowledgment of the relay may come a little later.
      for (const step of steps) {
        const at = seen.get(step) ?? NaN;
        between.get(step)?.push(Math.max(0, at - last));
        last = at;
      }
    await pause(5 + 15 * Math.random());
  }
  await stop();
  await unwatch();
  await session.close();
  const lines = steps.map((step) => {
    const times = between.get(step) ?? [];
    return `${step.padEnd(22)} ${show(quantile(times, 0.5))} ${show(quantile(times, 0.99))}`;
  });
  return [`${way}: p50, p99`, ...lines].join('\n');
}

/** Puts marks around the transactions of the worker (claim, finish) and around what the relay publishes. */
function record(
  parts: HoerokParts,
  seen: ReadonlyMap<Step, number>,
  mark: (step: Step) => void,
): HoerokParts {
  const { messaging } = parts;
  const publish: Messaging['jetstream']['publish'] = async (subject, payload, options) => {
    const name = nameOf(subject, payload);
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

/** What a message is: the wake-up, the event of the completion, or another. */
function nameOf(subject: string, payload: unknown): 'wake-up' | 'completion' | undefined {
  if (subject.includes('.task.ai.')) return 'wake-up';
  return typeof payload === 'string' && payload.includes('"COMPLETED"') ? 'completion' : undefined;
}

/** One task at a time: its transactions come in this order. Those of the sweeper write nothing and are few. */
function transactionSteps(seen: ReadonlyMap<Step, number>): { begins?: Step; committed?: Step } {
  if (seen.has('handler')) return { begins: 'finish begins', committed: 'finish committed' };
  if (seen.has('wake-up published')) return { begins: 'claim begins', committed: 'claim committed' };
  return {};
}

function show(ms: number): string {
  return `${ms.toFixed(2)} ms`.padStart(10);
}
