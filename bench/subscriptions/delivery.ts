import { setTimeout as pause } from 'node:timers/promises';
import { quantile, type Results } from '../tasks/measures.ts';
import type { Shape } from './graph.ts';
import { type Audience, faultOf, type Session } from './session.ts';
import { sendInWindows, WINDOW } from './throughput.ts';
import { usageOf } from './usage.ts';

/** A steady stream of events. */
export interface Pace {
  readonly perSecond: number;
  readonly seconds: number;
}

const WARM_UP_SECONDS = 3;

/** One subscriber, events at a steady pace: publication to receipt, CPU of the gateway and fetches per event. */
export async function measureDelivery(session: Session, shape: Shape, load: Pace): Promise<Results> {
  const { gateway, stage } = session;
  const audience = await session.open({ shape });
  const publish = async (): Promise<void> => await audience.publish();
  const warmedUp = await warmUp(audience);
  const [cpuBefore, fetchesBefore] = [
    await usageOf(gateway.child),
    await stage.subgraphs.ask<number>('fetches'),
  ];
  const stored: number[] = [];
  const events = await pace(load, async () => {
    const calledAt = performance.now();
    await publish();
    stored.push(performance.now() - calledAt);
  });
  const counts = await audience.untilReceived(warmedUp + events);
  const [cpuAfter, fetchesAfter] = [
    await usageOf(gateway.child),
    await stage.subgraphs.ask<number>('fetches'),
  ];
  const times = await audience.latencies();
  await audience.leave();
  const fault = faultOf(counts, warmedUp + events);
  if (fault !== null) session.fault(`${shape}: ${fault}`);
  return {
    [`${shape}: publish to client p50, ms`]: quantile(times, 0.5),
    [`${shape}: publish to client p99, ms`]: quantile(times, 0.99),
    ...(session.contender.stored
      ? { [`${shape}: of that, until it is stored p50, ms`]: quantile(stored, 0.5) }
      : {}),
    [`${shape}: gateway CPU per event, µs`]: (cpuAfter.cpuMicros - cpuBefore.cpuMicros) / events,
    [`${shape}: fetches per event`]: (fetchesAfter - fetchesBefore) / events,
  };
}

/** Lets everything be compiled by as many events as the gateway takes in a few seconds; answers how many. */
export async function warmUp(audience: Audience): Promise<number> {
  const endsAt = performance.now() + WARM_UP_SECONDS * 1_000;
  let sent = 0;
  while (performance.now() < endsAt && (await sendInWindows(audience, sent, sent + WINDOW))) sent += WINDOW;
  await audience.latencies();
  return sent;
}

/** Calls `act` at fixed moments, whether or not the earlier calls are done; answers how often. */
export async function pace({ perSecond, seconds }: Pace, act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const calls: Promise<void>[] = [];
  for (let call = 0; call < perSecond * seconds; call += 1) {
    await pause(Math.max(0, startedAt + (1_000 * call) / perSecond - performance.now()));
    calls.push(act());
  }
  await Promise.all(calls);
  return calls.length;
}
